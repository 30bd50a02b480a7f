"""What comes out on paper: the text over the whole sheet, its marks, source and date; nothing to press."""

from typing import TYPE_CHECKING, Any

import pytest
from kinds import KINDS
from visits import Visits

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.browser
SHEET = {"width": 665, "height": 986}
"""A4 within its margins, in CSS pixels."""
CONTROLS = (
    "button, input, select, textarea, iframe, .skip, .menu, .tabs, .pager, .walk, .occ, .steps, .chips [aria-hidden]"
)


def printed(visit: Visits, path: str, **options: Any) -> "Page":
    """Open a page, and show it as it is printed."""
    page = visit(path, viewport=SHEET, **options)
    page.emulate_media(media="print")
    return page


@pytest.mark.parametrize("colours", ["light", "dark"])
def test_no_control_is_printed(visit: Visits, colours: str) -> None:
    """Of any kind of page; each says at its head what it is, in black on white, and is no wider than the sheet."""
    page = printed(visit, "/", color_scheme=colours)
    found = []
    for name, path in KINDS.items():
        page.goto(visit.address + path)
        seen = page.locator(CONTROLS).evaluate_all(
            "all => all.filter((each) => each.checkVisibility()).map((each) => each.outerHTML)"
        )
        found += [(name, each) for each in seen]
        found += [(name, "no head")] * (
            not page.locator(".paper-only").is_visible() and "error" not in name and "receipt" not in name
        )
        found += [(name, "wide")] * page.evaluate("document.documentElement.scrollWidth > innerWidth")
        look = page.evaluate("[getComputedStyle(document.body).color, getComputedStyle(document.body).backgroundColor]")
        found += [(name, look)] * (look != ["rgb(0, 0, 0)", "rgb(255, 255, 255)"])
    assert found == [], "\n".join(map(str, found))


def test_entry_is_printed_with_marks_and_source(visit: Visits) -> None:
    """Its text over the whole sheet; what was searched for bold and underlined; address and day of capture below."""
    page = printed(visit, KINDS["entry, marked"])
    marks = page.locator("article mark").evaluate_all(
        "all => all.map((each) => [getComputedStyle(each).fontWeight, getComputedStyle(each).textDecorationLine])"
    )
    assert marks
    assert set(map(tuple, marks)) == {("700", "underline")}
    assert page.locator(".text").evaluate("each => each.getBoundingClientRect().width / innerWidth") > 0.99
    facts = page.locator(".side .facts").inner_text()
    assert "http://nianjian.cangpu.example/" in facts
    assert page.locator(".side .facts dd", has_text="UTC").is_visible()
    assert page.locator(".side .facts code", has_text="sha256:").is_visible()
    assert "S2001-610202-1" in page.locator(".paper-only").inner_text()


def test_folded_sections_are_printed(visit_large: Visits) -> None:
    """A volume's every entry is on paper, whatever is folded on the screen."""
    page = printed(visit_large, "/volume/2002")
    for number in (0, 1002):
        place = page.get_by_text(f"第 {number} 件职工的事").first.bounding_box()
        assert place is not None
        assert place["height"] > 0
