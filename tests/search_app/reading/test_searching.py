"""What readers do with a search, with script and without: the same steps lead to the same pages."""

from functools import partial
from typing import TYPE_CHECKING
from urllib.parse import quote

import pytest
from visits import Visits, box, press, query, settle, total, type_in

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.browser
UNION = "/?q=" + quote("工会")
PHONE = {"viewport": {"width": 390, "height": 800}, "has_touch": True, "is_mobile": True}


def apply(page: "Page") -> None:
    """Apply what is ticked, as is needed without script."""
    settle(page)
    page.locator(".apply button").click()


def count(page: "Page", name: str) -> int:
    """Give the number behind a value of a facet."""
    return int(page.locator(".pick label", has_text=name).locator("b").inner_text())


def test_search_leads_to_the_first_place_of_a_hit(read: "partial[Page]") -> None:
    """Typed on the front page; the mark is in sight."""
    page = read()
    page.locator("#q").fill("船台")
    press(page, "Enter")
    page.locator("#n1 h3 a").click()
    page.wait_for_url("**/entry/**")
    mark = page.locator("mark#o1")
    assert mark.inner_text() == "船台"
    box_of_mark = mark.bounding_box()
    assert box_of_mark is not None
    assert 0 <= box_of_mark["y"] < 720


def test_several_values_of_a_facet_are_either(read: "partial[Page]") -> None:
    """Their hits are added up; each is named above the results, and can be taken away there."""
    page = read(UNION)
    expected = count(page, "民主管理") + count(page, "信息与信访")
    for name in ("民主管理", "信息与信访"):
        page.get_by_role("checkbox", name=name).check()
        settle(page)
    apply(page)
    page.locator(".chips li >> nth=2").wait_for()
    assert (total(page), set(query(page)["section"])) == (expected, {"民主管理", "信息与信访"})
    page.locator(".chips a", has_text="民主管理").click()
    page.wait_for_url(lambda url: quote("民主管理") not in url)
    settle(page)
    assert (total(page), query(page)["section"]) == (count(page, "信息与信访"), ["信息与信访"])


def test_value_is_excluded_and_taken_back(read: "partial[Page]") -> None:
    """What is left are the others."""
    page = read(UNION)
    every, its = total(page), count(page, "大事记")
    page.get_by_role("button", name="除去“大事记”").click()
    page.wait_for_url("**not.section=*")
    settle(page)
    assert total(page) == every - its
    assert page.locator(".chips .not").inner_text().split() == ["除去栏目大事记", "×", "，去掉这一条件"]
    page.get_by_role("link", name="不再除去“大事记”").click()
    page.wait_for_url(lambda url: "not.section" not in url)
    settle(page)
    assert total(page) == every


def test_back_button_shows_the_search_before(read: "partial[Page]") -> None:
    """Its number, its filters, and its boxes; forward shows the later one again."""
    page = read(UNION)
    every = total(page)
    page.get_by_role("link", name="只看 2002 卷").click()
    page.wait_for_url("**year=2002*")
    settle(page)
    fewer = total(page)
    page.go_back(wait_until="commit")
    page.locator("#summary b", has_text=str(every)).wait_for()
    settle(page)
    assert (query(page), page.locator(".chips li").count()) == ({"q": ["工会"]}, 0)
    assert page.locator(".hist [aria-current]").count() == 0
    page.go_forward(wait_until="commit")
    page.locator("#summary b", has_text=str(fewer)).wait_for()
    settle(page)
    assert (query(page), page.locator(".chips li").count()) == ({"q": ["工会"], "year": ["2002"]}, 1)
    assert page.locator(".hist [aria-current]").count() == 1


def test_filters_on_the_phone_are_above_the_results(read: "partial[Page]") -> None:
    """Folded; opened, ticked and applied they are folded again, and say how many there are."""
    page = read(UNION, **PHONE)
    summary = page.locator("#filters > summary")
    places = [page.locator(each).bounding_box() for each in ("#filters > summary", "#hits")]
    assert places[0] is not None
    assert places[1] is not None
    assert places[0]["y"] < places[1]["y"]
    assert not page.locator("#narrow").is_visible()
    summary.tap()
    expected = count(page, "民主管理")
    page.get_by_role("checkbox", name="民主管理").tap()
    apply(page)
    page.wait_for_url("**section=*")
    page.locator(".chips li").wait_for()
    assert (total(page), summary.inner_text()) == (expected, "筛选（1）")
    assert not page.locator("#narrow").is_visible()


def test_compact_view_is_remembered(read: "partial[Page]") -> None:
    """Twenty hits stand on a screen; neither the address nor a link says so; the full ones come back the same way."""
    page = read(UNION, viewport={"width": 1280, "height": 900})
    page.get_by_role("link", name="紧凑").click()
    page.locator(".hits.compact").wait_for()
    last = page.locator("#n20").bounding_box()
    assert last is not None
    assert last["y"] + last["height"] <= 900
    page.locator("#q").fill("培训")
    press(page, "Enter")
    page.wait_for_url(lambda url: quote("培训") in url)
    assert (query(page), page.locator(".hits.compact").count()) == ({"q": ["培训"]}, 1)
    page.get_by_role("link", name="摘要").click()
    page.locator(".hits:not(.compact)").wait_for()
    assert query(page) == {"q": ["培训"]}


def test_suggestion_is_taken_by_keyboard(visit: Visits) -> None:
    """From the results of another search."""
    page = visit(UNION)
    box(page).clear()
    type_in(page, "zjy")
    press(page, "ArrowDown")
    said = page.locator("[role=option][aria-selected=true]").inner_text().split()
    with page.expect_navigation():
        press(page, "Enter")
    assert said == ["词语", "再就业", "4", "篇"]
    assert (query(page), total(page)) == ({"q": ['"再就业"']}, 4)
