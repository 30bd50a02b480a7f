"""From the hits to the proof, with script and without: walking, places in an entry, stored page, receipt."""

from functools import partial
from hashlib import sha256
from typing import TYPE_CHECKING
from urllib.parse import quote, urljoin
from urllib.request import urlopen

import pytest
from kinds import KINDS
from visits import query

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.browser
FISHING = "/?q=" + quote("渔")


def test_sixteen_hits_are_walked_without_the_list(read: "partial[Page]") -> None:
    """In their order, forth and one back; in the end the list comes back at the hit."""
    page = read(FISHING + "&sort=year-desc")
    titles = page.locator("#hits h3").all_inner_texts()
    page.locator("#n1 h3 a").click()
    walked = []
    for number in range(1, 17):
        page.get_by_text(f"第 {number}／16 篇").wait_for()
        walked.append(page.get_by_role("heading", level=1).inner_text())
        if number < 16:
            page.get_by_role("link", name="下一篇 ›").click()
    assert walked == titles
    assert page.get_by_role("link", name="下一篇 ›").count() == 0
    page.get_by_role("link", name="‹ 上一篇").click()
    page.get_by_text("第 15／16 篇").wait_for()
    page.get_by_role("link", name="回到结果").click()
    page.wait_for_url("**#n15")
    assert query(page) == {"q": ["渔"], "sort": ["year-desc"]}
    assert page.locator("#n15 h3").inner_text() == titles[14]


@pytest.mark.parametrize("width", [1280, 320])
def test_next_place_of_an_entry_comes_into_sight(read: "partial[Page]", width: int) -> None:
    """All are numbered; the one gone to is told apart, and adds no step on the way back with script."""
    page = read(FISHING, viewport={"width": width, "height": 500})
    page.locator("#n1 h3 a").click()
    page.locator("#o1").wait_for()
    places = page.get_by_role("navigation", name="所查字句在本篇的位置")
    assert places.get_by_role("link").all_inner_texts() == ["1 题", "2", "3", "4", "去掉标记"]
    for number in (4, 2):
        places.get_by_role("link", name=f"第 {number} 处").click()
        page.wait_for_url(f"**#o{number}")
        where = page.locator(f"mark#o{number}:target").bounding_box()
        bar = places.bounding_box()
        assert where is not None
        assert bar is not None
        assert bar["y"] + bar["height"] <= where["y"] < 500
    page.get_by_role("link", name="去掉标记").click()
    page.locator("article mark").wait_for(state="detached")


def test_stored_page_shows_what_was_captured(read: "partial[Page]") -> None:
    """The page as it was, in a frame; beside it the entry, whose text is in its colour; the bytes have the sum it prints."""
    page = read("/entry/S2001-610202-1")
    title = page.get_by_role("heading", level=1).inner_text()
    said = page.locator(".facts code", has_text="sha256:").inner_text()
    page.get_by_role("link", name="与存档原页对照").click()
    page.wait_for_url("**/page/**")
    assert title in page.frame_locator("iframe").locator("body").inner_text()
    assert page.locator("iframe").get_attribute("sandbox") == ""
    assert page.locator(".facing .orig .k-title").first.inner_text() == f"［{title}］"
    assert title in page.locator(".facing .taken h3").all_inner_texts()
    raw = page.get_by_role("link", name="下载原字节").evaluate("link => link.href")
    with urlopen(raw) as answer:
        assert f"sha256:{sha256(answer.read()).hexdigest()}" == said


@pytest.mark.parametrize(("text", "number"), [("渔", 16), ('"没有这样一句"', 0)])
def test_receipt_opens_again_as_the_same(read: "partial[Page]", text: str, number: int) -> None:
    """From its own printed address; its list has the sum that it prints, for what is nowhere, too."""
    page = read("/?q=" + quote(text))
    page.get_by_role("link", name="检索回执").click()
    page.wait_for_url("**digest=*")
    printed = page.locator(".slip code", has_text="/receipt?").inner_text()
    page.goto(urljoin(page.url, printed))
    assert (
        page.locator(".slip")
        .get_by_role("status")
        .inner_text()
        .startswith(f"与回执所记一致：当时 {number} 篇，现在 {number} 篇")
    )
    assert page.locator(".listed li").count() == number
    assert page.locator(".nowhere").count() == (not number)
    listed = page.get_by_role("link", name="下载清单（CSV）").evaluate("link => link.href")
    with urlopen(listed) as answer:
        digest = sha256(answer.read()).hexdigest()
    assert page.locator(".slip code", has_text="sha256:").first.inner_text() == f"sha256:{digest}"


def test_receipt_of_an_earlier_archive_says_what_has_changed(read: "partial[Page]") -> None:
    """How many there were, how many there are, and the sums of both lists."""
    page = read(KINDS["receipt, changed"])
    said = page.locator(".slip").get_by_role("status").inner_text()
    assert said.startswith("本库此后有变动：当时 1 篇，现在 16 篇；")
    sums = page.locator(".slip code", has_text="sha256:").all_inner_texts()
    assert sums[1] == f"sha256:{'0' * 64}"
    assert sums[0] != sums[1]
