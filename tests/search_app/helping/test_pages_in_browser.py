"""The pages in a browser: nothing that the policy forbids, nothing lost without script, nothing that shuts readers out."""

from typing import TYPE_CHECKING
from urllib.parse import quote

import pytest
from visits import Visits

from search_app.web.app import HEADERS

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.browser
LADDER = "/?q=" + quote("缩短船抬周期")
PAGES = {
    "home": "/",
    "results": "/?q=" + quote("工会"),
    "explained": "/?q=" + quote("职工 合同") + "&year=2002&explain=1",
    "ladder": LADDER,
    "ladder under a filter": "/?q=" + quote("家政培训") + "&year=2005",
    "no ladder": "/?q=zzzzqq",
    "contributors": "/contributors",
    "contributors found": "/contributors?q=sgl",
    "contributor": "/author?name=" + quote("邵国梁"),
    "entry": "/entry/S2001-610202-1?q=" + quote("船台"),
    "facet": "/facet/section",
    "volume": "/volume/S2001",
    "holdings": "/holdings",
    "about": "/about",
}
SIZES = {1280: 900, 390: 800}
OF_COLOURS = ["color-contrast", "link-in-text-block"]
"""The rules of axe that may judge otherwise in the dark."""
WITH_LIST = ("home", "results", "ladder under a filter")
"""Pages that are judged with the list open, too."""


def open_list(page: "Page") -> None:
    """Open the list of suggestions, and choose one."""
    page.get_by_role("combobox").fill("zjy")
    page.get_by_role("option").first.wait_for()
    page.keyboard.press("ArrowDown")


def test_policy_forbids_nothing_that_pages_do(visit: Visits) -> None:
    """Nor is anything asked of another host; with the list open, too."""
    page = visit()
    found = {}
    for name, path in PAGES.items():
        answer = page.goto(visit.address + path)
        assert answer is not None
        found[name] = answer.status, answer.headers["content-security-policy"]
        open_list(page)
    assert found == dict.fromkeys(PAGES, (200, HEADERS["Content-Security-Policy"]))
    assert len([each for each in visit.asked if each.startswith("/api/v1/suggest?")]) == len(PAGES)


def test_what_the_policy_forbids_is_noticed(visit: Visits) -> None:
    """A script in the page, a style, a picture from elsewhere: else the tests above would say nothing."""
    page = visit()
    page.evaluate("""() => {
        const add = (name, text, has) => document.body.append(
            Object.assign(document.createElement(name), { textContent: text }, has));
        add("script", "document.title = 'changed'");
        add("style", "body { color: red }");
        add("img", "", { src: "http://other.example/a.png" });
    }""")
    page.wait_for_timeout(200)
    assert {each for each in visit.complaints if " forbids " in each} == {
        "/: script-src-elem forbids inline",
        "/: style-src-elem forbids inline",
        "/: img-src forbids http://other.example/a.png",
    }
    assert page.title() == "年鉴检索"
    visit.complaints.clear()


def test_pages_are_whole_without_script(visit: Visits) -> None:
    """The same text, the same links, the same fields are sent."""
    pages = visit(), visit(java_script_enabled=False)
    for path in PAGES.values():
        found = []
        for page in pages:
            page.goto(visit.address + path)
            links = page.locator("a").evaluate_all("all => all.map((each) => each.href)")
            sent = page.locator("form").evaluate_all("all => all.map((each) => [...new FormData(each)].join())")
            found.append((page.locator("main").inner_text().split(), links, sent))
        assert found[0] == found[1]


def test_search_box_works_without_script(visit: Visits) -> None:
    """It is a plain one; what it finds leads on, as do the steps of the ladder."""
    page = visit(java_script_enabled=False)
    assert page.get_by_role("combobox").count() == 0
    page.get_by_role("searchbox", name="检索词").fill("缩短船抬周期")
    page.keyboard.press("Enter")
    page.locator(".ladder").get_by_role("link", name="缩短船台周期", exact=True).click()
    page.get_by_text("找到 1 篇").wait_for()
    page.locator("article").get_by_role("link").first.click()
    assert page.get_by_role("heading", level=1).inner_text() == "远帆造船厂开展“缩短船台周期”竞赛"


@pytest.mark.parametrize("colours", ["light", "dark"])
@pytest.mark.parametrize("width", SIZES)
def test_pages_shut_nobody_out(visit: Visits, width: int, colours: str) -> None:
    """As far as axe can tell; and nothing is wider than the window."""
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe is absent: pip install -e '.[test]'")
    page = visit(viewport={"width": width, "height": SIZES[width]}, color_scheme=colours)
    judge = axe.Axe()
    options = {"resultTypes": ["violations"], **({"runOnly": OF_COLOURS} if colours == "dark" else {})}
    found = []
    for name, path in PAGES.items():
        page.goto(visit.address + path)
        if page.locator(".to-filters").is_visible():
            page.locator(".to-filters").click()
        for opened in (False, True)[: 1 + (name in WITH_LIST)]:
            if opened:
                open_list(page)
            judged = judge.run(page, options=options).response["violations"]
            found += [(name, opened, each["id"], [node["target"] for node in each["nodes"]]) for each in judged]
            found += [(name, opened, "wide")] * page.evaluate("document.documentElement.scrollWidth > innerWidth")
    assert found == []
