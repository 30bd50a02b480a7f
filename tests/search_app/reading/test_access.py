"""Every kind of page shuts no reader out, as far as axe and the browser's accessibility tree can tell."""

from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import pytest
from kinds import KINDS
from visits import Visits

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.browser
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
OF_COLOURS = ["color-contrast", "link-in-text-block"]
"""The rules that may judge otherwise in the dark; all others see each language and width once."""
LOOKS = [
    (1280, "light", "zh-CN", TAGS),
    (320, "dark", "en", TAGS),
    (1280, "dark", "zh-CN", OF_COLOURS),
    (320, "light", "en", OF_COLOURS),
]
NAMED = [f"{width}-{colours}-{locale}" for width, colours, locale, _ in LOOKS]
PANEL = """\
- group "卷年"
  - list
    - listitem
      - link "只看 2001 卷（记 2000 年），2 篇，占 12%"
    - listitem
      - link "只看 2003 卷（记 2002 年），2 篇，占 12%"
    - listitem
      - link "只看 2004 卷（记 2003 年），2 篇，占 12%"
    - listitem
      - link "只看 2005 卷（记 2004 年），5 篇，占 31%"
    - listitem
      - link "只看 2020 卷（记 2019 年），5 篇，占 31%"
- group "年鉴"
  - paragraph
    - checkbox "沧浦工会年鉴（样本） 11"
    - button "除去“沧浦工会年鉴（样本）”"
  - paragraph
    - checkbox "青湾教育年鉴（样本） 5"
    - button "除去“青湾教育年鉴（样本）”"
"""


COVERED = """() => {
    const active = document.activeElement;
    const place = active.getBoundingClientRect();
    const there = document.elementFromPoint(place.left + place.width / 2, place.top + place.height / 2);
    const seen = there && (active.contains(there) || there.contains(active));
    return seen ? [] : [active.outerHTML];
}"""
"""Says what has the focus, if something else lies over its middle, or it is out of sight."""


class Judge:
    """Collects what is wrong with pages: violations of axe's rules, and pages wider than the window."""

    def __init__(self, rules: list[str]) -> None:
        axe = pytest.importorskip(
            "axe_playwright_python.sync_playwright", reason="axe is absent: pip install -e '.[test]'"
        )
        self.axe = axe.Axe()
        self.options: dict[str, Any] = {"resultTypes": ["violations"], "runOnly": rules}
        self.found: list[tuple[object, ...]] = []

    def __call__(self, name: str, page: "Page") -> None:
        """Judge a page as it stands."""
        judged = self.axe.run(page, options=self.options).response["violations"]
        self.found += [(name, each["id"], [node["target"] for node in each["nodes"]][:5]) for each in judged]
        self.found += [(name, "wide")] * page.evaluate("document.documentElement.scrollWidth > innerWidth")


@pytest.mark.parametrize(("width", "colours", "locale", "rules"), LOOKS, ids=NAMED)
def test_pages_shut_nobody_out(visit: Visits, width: int, colours: Any, locale: str, rules: list[str]) -> None:
    """Each kind of page; the results also with filters, suggestions and list of keys open; the stored page and its frame."""
    page = visit(viewport={"width": width, "height": 800}, color_scheme=colours, locale=locale)
    judge = Judge(rules)
    for name, path in KINDS.items():
        page.goto(visit.address + path)
        judge(name, page)
    page.goto(visit.address + KINDS["results"])
    open_filters(page)
    page.set_viewport_size(
        {"width": width, "height": 5000}
    )  # else axe takes boxes below the bar of the panel for small
    judge("results, filters open", page)
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(visit.address + KINDS["results"])
    open_list(page)
    judge("results, suggestions open", page)
    page.keyboard.press("Escape")
    page.locator("#q").blur()
    page.keyboard.press("?")
    judge("list of keys", page)
    page.keyboard.press("Escape")
    page.locator("#n1 h3 a").click()
    page.wait_for_url("**/entry/**")
    judge("entry, one of the hits", page)
    page.goto(visit.address + page.locator("a[href^='/page/']").first.evaluate("link => link.pathname + link.search"))
    judge("stored page", page)
    assert judge.found == [], "\n".join(map(str, judge.found))


def open_filters(page: "Page") -> None:
    """Open the filters, and the rest of each."""
    if page.locator("#filters > summary").is_visible():
        page.locator("#filters > summary").click()
    for each in page.locator(".rest > summary").all():
        each.click()


def open_list(page: "Page") -> None:
    """Open the list of suggestions, and choose one."""
    page.locator("#q").fill("zjy")
    page.get_by_role("option").first.wait_for()
    page.keyboard.press("ArrowDown")


@pytest.mark.parametrize(("width", "colours", "locale", "rules"), LOOKS[:2], ids=NAMED[:2])
def test_large_pages_shut_nobody_out(
    visit_large: Visits, width: int, colours: Any, locale: str, rules: list[str]
) -> None:
    """A volume of 1,500 entries, folded, and one of its sections; a letter of the register; a roll of 500 names."""
    page = visit_large(viewport={"width": width, "height": 800}, color_scheme=colours, locale=locale)
    judge = Judge(rules)
    for path in (
        "/volume/2002",
        "/volume/2002/" + quote("第一编"),
        "/contributors",
        "/entry/2002-1380-1",
        "/entry/2002-7-1",
    ):
        page.goto(visit_large.address + path)
        judge(path, page)
    assert judge.found == [], "\n".join(map(str, judge.found))


@pytest.mark.parametrize("width", [1280, 320])
def test_focus_is_never_hidden(visit: Visits, width: int) -> None:
    """Below the bar that applies filters, or that of the places in an entry, by whose side focus comes with Tab."""
    page = visit(KINDS["results"], viewport={"width": width, "height": 600})
    if width == 320:
        page.locator("#filters > summary").click()
    page.locator("#narrow a").first.focus()
    hidden = []
    for _ in range(60):
        page.keyboard.press("Tab")
        hidden += page.evaluate(COVERED)
    assert hidden == []


def test_facets_are_named_as_they_are_seen(visit: Visits) -> None:
    """A group named by its facet; a box by value and count; a button by what it excludes; a year by its count and share."""
    panel = visit("/?q=" + quote("渔")).locator("#narrow")
    lines = panel.aria_snapshot().split("\n")
    found = [line.removesuffix(": −").removesuffix(":") for line in lines]
    told = [line for line in found if not line.lstrip().startswith(("- text", "- /url"))]
    assert "\n".join(told).startswith(PANEL)


def test_chosen_and_excluded_values_say_so(visit: Visits) -> None:
    """The box is ticked, the year's link says that it is taken back, and so does that of what is excluded."""
    page = visit("/?q=" + quote("工会") + "&year=2002&section=" + quote("民主管理") + "&not.author=" + quote("邵国梁"))
    panel = page.locator("#narrow")
    assert panel.get_by_role("checkbox", checked=True).count() == 1
    assert panel.get_by_role("group", name="栏目").get_by_role("checkbox", name="民主管理", checked=True).count() == 1
    assert panel.get_by_role("link", name="不再只看 2002 卷").get_attribute("aria-current") == "true"
    assert panel.get_by_role("group", name="撰稿人").get_by_role("link", name="不再除去“邵国梁”").count() == 1
    assert page.get_by_role("list", name="已选条件").get_by_role("link").count() == 4
