"""The keys: each acts, all can be switched off for good, and none is taken from a field."""

from typing import TYPE_CHECKING
from urllib.parse import quote

import pytest
from visits import Visits, press

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.browser
FISHING = "/?q=" + quote("渔")
HIT = "/entry/S2005-651401-2?q=" + quote("渔") + "&at=2"


def active(page: "Page") -> str:
    """Give what has the focus: its id, or its text."""
    return str(page.evaluate("document.activeElement.id || document.activeElement.textContent.trim()"))


def test_keys_go_to_box_hits_and_filters(visit: Visits) -> None:
    """`j` and `k` from hit to hit, and no further than the last and the first."""
    page = visit(FISHING)
    titles = page.locator("#hits h3").all_inner_texts()
    found = []
    for key in ("j", "j", "k", "k"):
        press(page, key)
        found.append(active(page))
    assert found == [titles[0], titles[1], titles[0], titles[0]]
    press(page, "f")
    assert page.locator("#narrow :focus").count() == 1
    press(page, "/")
    assert (active(page), page.evaluate("getSelection().toString()")) == ("q", "渔")


def test_filters_open_by_key_on_a_narrow_window(visit: Visits) -> None:
    """And their first field has the focus."""
    page = visit(FISHING, viewport={"width": 390, "height": 800})
    press(page, "f")
    assert page.locator("#narrow :focus").is_visible()


def test_keys_walk_hits_and_places(visit: Visits) -> None:
    """`n` and `p` through the hits, `]` and `[` through the places, round at the ends."""
    page = visit(HIT)
    places = page.locator("mark[id]").count()
    found = []
    for key in ("]", "]", "[", "[", "["):
        press(page, key)
        found.append((page.evaluate("location.hash"), page.locator(".occ [aria-current]").inner_text().split()[0]))
    turns = [1, 2, 1, places, places - 1]
    assert found == [(f"#o{number}", str(number)) for number in turns]
    press(page, "n")
    page.get_by_text("第 3／16 篇").wait_for()
    press(page, "p")
    page.get_by_text("第 2／16 篇").wait_for()


def test_keys_are_listed_switched_off_and_on_again(visit: Visits) -> None:
    """Remembered on the next page; only `?` still lists them, as does the button at the foot."""
    page = visit(FISHING)
    press(page, "?")
    dialog = page.get_by_role("dialog", name="快捷键")
    assert dialog.locator("kbd").all_inner_texts() == ["/", "j", "k", "f", "n", "p", "]", "[", "?"]
    dialog.get_by_role("checkbox", name="使用快捷键").uncheck()
    dialog.get_by_role("button", name="关闭").click()
    for _ in range(2):
        press(page, "j", "f", "/")
        assert active(page) not in ("q", *page.locator("#hits h3").all_inner_texts())
        assert page.locator("#narrow :focus").count() == 0
        page.reload()
    page.get_by_role("button", name="快捷键").click()
    dialog.get_by_role("checkbox", name="使用快捷键").check()
    press(page, "Escape")
    press(page, "j")
    assert active(page) == page.locator("#hits h3").first.inner_text()


@pytest.mark.parametrize("field", ["#q", "#find-author"])
def test_keys_never_act_while_something_is_typed(visit: Visits, field: str) -> None:
    """They are written, whatever field has the focus."""
    page = visit("/?q=" + quote("工会"))
    page.locator("#rest-author > summary").click()
    box = page.locator(field)
    box.clear()
    box.press_sequentially("/jkf?np[]")
    assert (box.input_value(), box.evaluate("box => box === document.activeElement")) == ("/jkf?np[]", True)
    assert page.get_by_role("dialog").count() == 0
    assert page.url == visit.address + "/?q=" + quote("工会")


def test_keys_with_control_or_alt_are_left_to_the_browser(visit: Visits) -> None:
    """Nor does a key act in the list of keys itself."""
    page = visit(FISHING)
    press(page, "Control+j", "Alt+f", "Meta+k")
    assert active(page) not in page.locator("#hits h3").all_inner_texts()
    press(page, "?", "/", "j")
    assert page.locator("dialog :focus").count() == 1
