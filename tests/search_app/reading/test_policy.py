"""Every kind of page in a browser: nothing that the policy forbids, and nothing lost without script."""

import re
from typing import TYPE_CHECKING
from urllib.parse import quote

import pytest
from kinds import KINDS
from visits import Visits, total

from search_app.web.app import HEADERS

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.browser


def open_list(page: "Page") -> None:
    """Open the list of suggestions, and choose one."""
    page.locator("#q").fill("zjy")
    page.get_by_role("option").first.wait_for()
    page.keyboard.press("ArrowDown")


def test_policy_forbids_nothing_that_pages_do(visit: Visits) -> None:
    """Nor is anything asked of another host; with the list open, too."""
    page = visit()
    found = {}
    for name, path in KINDS.items():
        answer = page.goto(visit.address + path)
        assert answer is not None
        found[name] = answer.ok, answer.headers["content-security-policy"]
        open_list(page)
    policy = HEADERS["Content-Security-Policy"]
    assert found == {name: (not name.startswith("error"), policy) for name in KINDS}
    assert len([each for each in visit.asked if each.startswith("/api/v1/suggest?")]) == len(KINDS)


def test_policy_forbids_nothing_that_a_stored_page_does(visit: Visits) -> None:
    """Come to from an entry."""
    page = visit(KINDS["entry"])
    page.get_by_role("link", name="与存档原页对照").click()
    page.frame_locator("iframe").locator("body").wait_for()
    assert any("/frame?" in each for each in visit.asked)


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
    """The same text, the same links, the same fields are sent; only a script copies, or ticks a page at once."""
    pages = visit(), visit(java_script_enabled=False)
    for path in KINDS.values():
        found = []
        for page in pages:
            page.goto(visit.address + path)
            links = page.locator("a").evaluate_all("all => all.map((each) => each.href)")
            sent = page.locator("form").evaluate_all("all => all.map((each) => [...new FormData(each)].join())")
            page.evaluate(
                "for (const each of document.querySelectorAll('[data-copy],[data-all],[data-none]')) each.remove()"
            )
            said = page.locator("main").inner_text().split()
            # A receipt says when it was opened, to the second.
            found.append(([each for each in said if not re.fullmatch(r"\d\d:\d\d:\d\d", each)], links, sent))
        assert found[0] == found[1]


def test_search_box_works_without_script(visit: Visits) -> None:
    """It is a plain one; what it finds leads on, as do the steps of the ladder."""
    page = visit(java_script_enabled=False)
    assert page.get_by_role("combobox").count() == 0
    page.get_by_role("searchbox", name="检索词").fill("缩短船抬周期")
    page.keyboard.press("Enter")
    page.locator(".ladder").get_by_role("link", name="缩短船台周期", exact=True).click()
    page.wait_for_url(lambda url: quote("缩短船台周期") in url)
    assert total(page) == 1
    page.locator("#n1 h3 a").click()
    page.wait_for_url("**/entry/**")
    assert page.get_by_role("heading", level=1).inner_text() == "远帆造船厂开展“缩短船台周期”竞赛"
