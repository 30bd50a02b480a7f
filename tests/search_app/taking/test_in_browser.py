"""Entries are ticked, downloaded, cited and copied in a browser, with script and without."""

import csv
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

import pytest
from visits import Visits

if TYPE_CHECKING:
    from playwright.sync_api import Download, Locator, Page

pytestmark = pytest.mark.browser
UNION = "/?q=" + quote("工会")
CONTRACT = "/?q=" + quote("集体合同")
CITED = "分行业签订集体合同情况[M/OL]//沧浦市总工会. 沧浦工会年鉴（样本）: 2001."


@pytest.fixture(params=[True, False], ids=["with script", "without script"])
def read(visit: Visits, request: pytest.FixtureRequest) -> "partial[Page]":
    """Open pages of the sample archive, with script and without."""
    return partial(visit, java_script_enabled=request.param)


@pytest.fixture
def copying(visit: Visits) -> Callable[[str], "Page"]:
    """Open a page that may write to the clipboard."""
    return lambda path: visit(path, permissions=["clipboard-read", "clipboard-write"])


def boxes(page: "Page") -> "Locator":
    """Find the boxes beside the hits."""
    return page.locator("#hits").get_by_role("checkbox")


def tray(page: "Page") -> "Locator":
    """Find what is done with what is ticked."""
    return page.get_by_role("form", name="勾选的条目")


def titles(found: "Download") -> list[str]:
    """Give the titles in a downloaded table."""
    with Path(found.path()).open(encoding="utf-8-sig", newline="") as file:
        return [row["title"] for row in csv.DictReader(file)]


def test_everything_found_is_downloaded(read: "partial[Page]") -> None:
    """By the link beside the order, a format and an order: as many rows as the page said."""
    page = read(CONTRACT + "&sort=book")
    count = int(page.locator("#summary b").first.inner_text())
    page.locator(".ways").get_by_role("link", name="下载").click()
    page.get_by_role("radio", name="电子表格（CSV）").check()
    assert page.get_by_role("combobox", name="次序").input_value() == "book"
    with page.expect_download() as file:
        page.get_by_role("main").get_by_role("button", name="下载").click()
    assert file.value.suggested_filename == "nianjian.csv"
    assert len(titles(file.value)) == count == 16
    page.get_by_role("main").get_by_role("link", name="回到结果").click()
    page.wait_for_url("**sort=book")


def test_ticked_entries_are_downloaded_and_cited(read: "partial[Page]") -> None:
    """In the format that is chosen; ticked by the number, too."""
    page = read(CONTRACT)
    wanted = page.locator("#hits h3").all_inner_texts()
    boxes(page).nth(2).check()
    page.locator("#hits label.no").nth(0).click()
    with page.expect_download() as file:
        tray(page).get_by_role("button", name="下载").click()
    assert sorted(titles(file.value)) == sorted([wanted[0], wanted[2]])
    tray(page).get_by_role("combobox", name="格式").select_option("ris")
    with page.expect_download() as file:
        tray(page).get_by_role("button", name="下载").click()
    assert Path(file.value.path()).read_text("utf-8").count("TY  - CHAP") == 2
    tray(page).get_by_role("button", name="引用").click()
    page.wait_for_url("**/cite")
    assert page.locator(".cite").count() == 2
    assert any(line.split(". ", 1)[1].startswith(CITED) for line in page.locator(".cite").all_inner_texts())
    page.get_by_role("main").get_by_role("link", name="回到结果").click()
    page.wait_for_url("**/?q=*")


def test_nothing_ticked_is_told(read: "partial[Page]", visit: Visits) -> None:
    """And nothing is downloaded."""
    page = read(CONTRACT)
    tray(page).get_by_role("button", name="下载").click()
    page.get_by_text("在条目的序号旁打勾").wait_for()
    assert all("status of 400" in each for each in visit.complaints)
    visit.complaints.clear()


def test_entry_is_cited_and_downloaded(read: "partial[Page]") -> None:
    """Where it stands."""
    page = read("/entry/S2001-611002-1")
    assert page.locator(".cite").inner_text().split(". ", 1)[1].startswith(CITED)
    with page.expect_download() as file:
        page.get_by_role("link", name="BibTeX").click()
    assert file.value.suggested_filename == "S2001-611002-1.bib"
    assert Path(file.value.path()).read_text("utf-8").startswith("@incollection{")


def test_ticks_are_kept_from_page_to_page(visit: Visits) -> None:
    """With script; also where filters change the list, and on the way back; until they are cleared."""
    page = visit(UNION)
    boxes(page).nth(1).check()
    first = boxes(page).nth(1).get_attribute("value")
    page.get_by_role("link", name="下一页").click()
    page.wait_for_url("**page=2")
    assert tray(page).get_by_role("status").inner_text() == "已选 1 条"
    boxes(page).nth(0).check()
    page.get_by_role("checkbox", name="民主管理").check()
    page.wait_for_url("**section=**")
    page.locator("#chips li").first.wait_for()
    assert tray(page).get_by_role("status").inner_text() == "已选 2 条"
    with page.expect_download() as file:
        tray(page).get_by_role("button", name="下载").click()
    assert len(titles(file.value)) == 2
    page.goto(page.url.partition("?")[0] + "?q=" + quote("工会"))
    assert page.locator(f'input[value="{first}"]').is_checked()
    tray(page).get_by_role("button", name="全不选").click()
    assert tray(page).get_by_role("status").inner_text() == ""
    assert page.locator("#hits input:checked").count() == 0


def test_a_page_is_ticked_at_once(visit: Visits) -> None:
    """All that it shows; what is ticked stays in sight below."""
    page = visit(UNION + "&size=50", viewport={"width": 1280, "height": 600})
    tray(page).get_by_role("button", name="全选本页").click()
    assert tray(page).get_by_role("status").inner_text() == "已选 50 条"
    page.evaluate("scrollTo(0, 400)")
    place = tray(page).bounding_box()
    assert place is not None
    assert place["y"] + place["height"] <= 600
    assert not tray(page).get_by_role("button", name="全选本页").is_visible()


def test_a_single_hit_is_ticked(visit: Visits) -> None:
    """There is nothing to tick at once then; what is ticked is taken all the same."""
    page = visit("/?q=" + quote('"分行业签订集体合同情况"') + "&section=" + quote("统计资料"))
    boxes(page).check()
    assert tray(page).get_by_role("status").inner_text() == "已选 1 条"
    with page.expect_download() as file:
        tray(page).get_by_role("button", name="下载").click()
    assert titles(file.value) == ["分行业签订集体合同情况"]


def test_five_hundred_are_the_most(visit: Visits) -> None:
    """Further boxes cannot be ticked, and it is said why."""
    page = visit(UNION)
    page.evaluate("sessionStorage.setItem('taken', JSON.stringify([...Array(499).keys()].map(String)))")
    page.reload()
    boxes(page).nth(0).check()
    assert tray(page).get_by_role("status").inner_text() == "已选 500 条，不能再多"
    assert boxes(page).nth(1).is_disabled()
    boxes(page).nth(0).uncheck()
    assert boxes(page).nth(1).is_enabled()


def test_boxes_are_reached_by_keys(visit: Visits) -> None:
    """And say which hit they choose."""
    page = visit(CONTRACT)
    box = page.get_by_role("checkbox", name="选第 3")
    box.focus()
    page.keyboard.press("Space")
    assert box.is_checked()


def test_citation_is_copied(copying: Callable[[str], "Page"]) -> None:
    """As it stands, and that is said; where several are shown one of them, or all."""
    page = copying("/entry/S2001-611002-1")
    page.get_by_role("button", name="复制").click()
    page.get_by_text("已复制").wait_for()
    assert page.evaluate("navigator.clipboard.readText()") == page.locator(".cite").inner_text()
    page = copying("/cite?id=S2001-611002-1&id=S2001-610202-1")
    page.get_by_role("button", name="复制", exact=True).nth(1).click()
    page.get_by_text("已复制").wait_for()
    assert page.evaluate("navigator.clipboard.readText()") == page.locator(".cite").nth(1).inner_text()
    page.get_by_role("button", name="全部复制").click()
    page.wait_for_function("async () => (await navigator.clipboard.readText()).includes('\\n')")
    copied = page.evaluate("navigator.clipboard.readText()").split("\n")
    assert copied == page.locator(".cite").all_inner_texts()


def test_citation_is_copied_where_the_page_came_unencrypted(visit: Visits) -> None:
    """There browsers have no clipboard to write to; if they let nothing copy, the text is selected, and it is said."""
    page = visit("/entry/S2001-611002-1")
    page.evaluate("Object.defineProperty(navigator, 'clipboard', {value: undefined})")
    page.get_by_role("button", name="复制").click()
    page.get_by_text("已复制").wait_for()
    page.evaluate("document.execCommand = () => false")
    page.get_by_role("button", name="复制").click()
    page.get_by_text("文字已选中").wait_for()
    assert page.evaluate("String(getSelection())").strip() == page.locator(".cite").inner_text()


def test_without_script_there_are_no_buttons_that_need_it(visit: Visits) -> None:
    """A citation is selected by one click instead, being all of one piece."""
    page = visit("/entry/S2001-611002-1", java_script_enabled=False)
    assert not page.get_by_role("button", name="复制").is_visible()
    assert page.locator(".cite").evaluate("each => getComputedStyle(each).userSelect") == "all"


def test_below_a_public_path_everything_is_taken_away(visit_below: Visits) -> None:
    """Nothing outside it is asked for."""
    page = visit_below(CONTRACT)
    boxes(page).nth(0).check()
    with page.expect_download():
        tray(page).get_by_role("button", name="下载").click()
    tray(page).get_by_role("button", name="引用").click()
    page.wait_for_url("**/cite")
    assert "https://example.org/nianjian/a%20b/entry/" in page.locator(".cite").inner_text()
