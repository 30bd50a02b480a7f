"""With script, filters apply to the page that is there: what is kept, what changes, and what the phone's panel waits for."""

import re
from typing import TYPE_CHECKING
from urllib.parse import quote

import pytest
from visits import Visits, query, settle, total

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.browser
UNION = "/?q=" + quote("工会")
PHONE = {"viewport": {"width": 390, "height": 800}, "has_touch": True, "is_mobile": True}


def mark(page: "Page") -> None:
    """Leave on the window what a new page would not have."""
    page.evaluate("window.kept = true")


def is_kept(page: "Page") -> bool:
    """Say whether the page is still the one that was marked."""
    return bool(page.evaluate("window.kept === true"))


def focused(page: "Page") -> list[str]:
    """Give name and value of the field that has the focus."""
    return list(page.evaluate("[document.activeElement.name, document.activeElement.value]"))


def test_ticking_keeps_page_focus_and_place(visit: Visits) -> None:
    """The results, the chips, the title's count and the address are those of the ticked value."""
    page = visit(UNION, viewport={"width": 1280, "height": 400})
    mark(page)
    ticked = page.get_by_role("checkbox", name="民主管理")
    ticked.focus()
    place = ticked.evaluate("box => Math.round(box.getBoundingClientRect().top)")
    expected = int(page.locator(".pick", has=ticked).locator("b").inner_text())
    page.keyboard.press("Space")
    page.wait_for_url("**section=*")
    settle(page)
    assert (is_kept(page), focused(page)) == (True, ["section", "民主管理"])
    assert ticked.evaluate("box => Math.round(box.getBoundingClientRect().top)") == place
    assert (total(page), query(page)["section"]) == (expected, ["民主管理"])
    assert page.locator(".chips li").count() == 1
    assert page.locator("#hits .from", has_text="民主管理").count() == expected
    assert page.locator("header input[name=section]").evaluate_all("all => all.map((each) => each.value)") == [
        "民主管理"
    ]


def test_excluding_and_chips_keep_the_page(visit: Visits) -> None:
    """As do the bars of the years."""
    page = visit(UNION)
    mark(page)
    every = total(page)
    page.get_by_role("button", name="除去“大事记”").click()
    page.wait_for_url("**not.section=*")
    settle(page)
    page.get_by_role("link", name="只看 2002 卷").click()
    page.wait_for_url("**year=2002*")
    settle(page)
    page.get_by_role("link", name="全部去掉").click()
    page.wait_for_url(lambda url: "year" not in url)
    settle(page)
    assert (is_kept(page), total(page), query(page)) == (True, every, {"q": ["工会"]})


def test_ticks_on_the_phone_change_the_button_alone(visit: Visits) -> None:
    """Until it is pressed: then results, chips and address are those ticked, the panel is folded, the page the same."""
    page = visit(UNION, **PHONE)
    mark(page)
    before = {each: page.locator(each).inner_text() for each in ("#summary", "#hits", "#chips", "#filters > summary")}
    page.locator("#filters > summary").tap()
    button = page.locator(".apply button")
    assert button.inner_text() == "按所选筛选"
    expected = 0
    for name in ("民主管理", "信息与信访"):
        box = page.get_by_role("checkbox", name=name)
        expected += int(page.locator(".pick", has=box).locator("b").inner_text())
        box.tap()
        settle(page)
        assert button.inner_text() == f"看 {expected} 篇"
    assert {each: page.locator(each).inner_text() for each in before} == before
    assert page.url == visit.address + UNION
    button.tap()
    page.wait_for_url("**section=*section=*")
    assert (is_kept(page), total(page), page.locator(".chips li").count()) == (True, expected, 3)
    assert not page.locator("#narrow").is_visible()
    page.go_back(wait_until="commit")
    page.locator(".chips").wait_for(state="hidden")
    assert (is_kept(page), page.locator("#summary").inner_text()) == (True, before["#summary"])


def test_back_and_forward_after_swaps_show_the_right_pages(visit: Visits) -> None:
    """Each with its hits and boxes, also after another page has been opened in between."""
    page = visit(UNION)
    seen = []

    def look() -> None:
        settle(page)
        boxes = page.locator("#narrow :checked").evaluate_all("all => all.map((each) => each.value)")
        seen.append((page.url, total(page), boxes, page.locator("#hits h3").first.inner_text()))

    look()
    for name in ("民主管理", "信息与信访"):
        page.get_by_role("checkbox", name=name).check()
        page.wait_for_url(f"**{quote(name)}*")
        look()
    page.locator("#n1 h3 a").click()
    page.wait_for_url("**/entry/**")
    for at in (2, 1, 0):
        page.go_back(wait_until="commit")
        page.wait_for_url(re.compile(re.escape(seen[at][0]) + "$"), wait_until="commit")
        page.locator("#summary b", has_text=str(seen[at][1])).wait_for()
        look()
    for at in (1, 2):
        page.go_forward(wait_until="commit")
        page.wait_for_url(re.compile(re.escape(seen[at][0]) + "$"), wait_until="commit")
        page.locator("#summary b", has_text=str(seen[at][1])).wait_for()
        look()
    assert seen[3:] == [seen[2], seen[1], seen[0], seen[1], seen[2]]
    assert len({each[1] for each in seen}) == 3


def test_values_are_searched_for_in_place(visit: Visits) -> None:
    """Among all, not those shown; focus and caret stay, address and hits too."""
    page = visit(UNION)
    mark(page)
    page.locator("#rest-author > summary").click()
    seek = page.get_by_role("searchbox", name="在撰稿人中查找")
    seek.press_sequentially("邵国")
    page.locator("#group-author .pick:not(:has-text('邵国'))").first.wait_for(state="detached")
    settle(page)
    assert page.locator("#group-author .pick .name").all_inner_texts() == ["邵国梁"]
    assert (is_kept(page), page.url, focused(page)) == (True, visit.address + UNION, ["find.author", "邵国"])
    assert page.evaluate("document.activeElement.selectionStart") == 2


def test_failing_swap_opens_the_page_instead(visit: Visits) -> None:
    """As without script."""
    page = visit(UNION)
    mark(page)
    page.route("**/?q=*", lambda route: route.continue_() if route.request.is_navigation_request() else route.abort())
    page.get_by_role("link", name="只看 2002 卷").click()
    page.wait_for_url("**year=2002*")
    page.locator(".chips li").wait_for()
    assert (is_kept(page), query(page)["year"]) == (False, ["2002"])
    assert [each for each in visit.complaints if "ERR_FAILED" not in each] == []
    visit.complaints.clear()
