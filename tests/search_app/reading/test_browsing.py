"""Browsing without a search, with script and without: a large volume, contributors, trend, another language."""

from functools import partial
from typing import TYPE_CHECKING
from urllib.parse import quote

import pytest
from visits import Visits, query, total

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("scripted", [True, False], ids=["with script", "without script"])
def test_volume_of_1500_entries_is_a_page_that_can_be_overseen(visit_large: Visits, scripted: bool) -> None:
    """Its sections are folded; one opens where it stands, or from the list beside, which stays in sight."""
    page = visit_large("/volume/2002", java_script_enabled=scripted, viewport={"width": 1280, "height": 900})
    assert page.evaluate("document.documentElement.scrollHeight") < 2 * 900
    assert page.locator(".fold").count() == page.locator(".sections a").count() == 12
    page.locator(".fold summary", has_text="第三编").click()
    assert page.locator(".fold[open]").count() == 1
    page.locator(".sections").get_by_role("link", name="第九编").click()
    page.wait_for_url("**#s9")
    page.get_by_role("link", name="第 1002 件职工的事").wait_for()
    assert page.locator(".fold[open]").count() == 2
    assert page.locator(".sections").evaluate("each => each.getBoundingClientRect().top") >= 0
    page.get_by_role("link", name="全部展开").click()
    page.wait_for_url("**open=all*")
    assert page.locator(".fold[open]").count() == 12


@pytest.mark.parametrize("scripted", [True, False], ids=["with script", "without script"])
def test_contributors_stand_from_a_to_z(visit_large: Visits, scripted: bool) -> None:
    """Where there are many, a letter at a time; one of them leads to what he signed."""
    page = visit_large("/contributors", java_script_enabled=scripted)
    letters = page.get_by_role("navigation", name="按拼音首字母")
    letters.get_by_role("link", name="Z", exact=True).click()
    page.wait_for_url("**letter=Z")
    assert page.locator(".names h2").all_inner_texts() == ["Z"]
    assert {each[0] for each in page.locator(".names a").all_inner_texts()} == {"赵", "周", "郑", "朱", "张"}
    page.get_by_role("link", name="赵建华", exact=True).click()
    page.wait_for_url("**/author**")
    assert page.get_by_role("heading", level=1).inner_text().split()[0] == "赵建华"
    page.get_by_role("link", name="第 0 件职工的事").wait_for()


def test_letters_of_a_short_register_are_places_on_its_page(read: "partial[Page]") -> None:
    """Nothing is loaded for them."""
    page = read("/contributors")
    page.get_by_role("navigation", name="按拼音首字母").get_by_role("link", name="S", exact=True).click()
    page.wait_for_url("**#letter-S")
    assert page.locator("#letter-S").is_visible()


def test_every_point_of_the_trend_leads_to_its_hits(read: "partial[Page]") -> None:
    """And the table beside says the same numbers; a second search is drawn beside the first."""
    page = read("/trend?q=" + quote("工会"))
    bars = page.locator("svg.chart").first.get_by_role("link")
    names = bars.evaluate_all("all => all.map((each) => each.getAttribute('aria-label'))")
    cells = page.locator("tbody").first.locator("tr")
    assert len(names) == cells.count() == 5
    assert cells.locator("th").all_inner_texts() == ["2001", "2002", "2003", "2004", "2005"]
    per = cells.locator("td:nth-child(4)").all_inner_texts()
    assert [name.split()[-1] for name in names] == per
    found = int(cells.nth(1).locator("td").first.inner_text())
    bars.nth(1).focus()
    page.keyboard.press("Enter")
    page.wait_for_url(lambda url: "/trend" not in url)
    assert (query(page)["volume"], total(page)) == (["S2002"], found)
    page.go_back(wait_until="commit")
    page.locator("#q2").fill("培训")
    page.keyboard.press("Enter")
    page.wait_for_url("**q=*q=*")
    assert page.locator("svg.chart").first.get_by_role("link").count() == 10
    assert page.locator(".legend").first.inner_text().split() == ["●", "工会", "■", "培训"]


def test_language_is_switched_and_remembered(read: "partial[Page]") -> None:
    """On the page that is read, and on the next ones; no address says which; what the archive says stays Chinese."""
    page = read("/?q=" + quote("渔") + "&year=2005")
    page.get_by_role("contentinfo").get_by_role("link", name="English").click()
    page.locator("html[lang=en]").wait_for()
    assert query(page) == {"q": ["渔"], "year": ["2005"]}
    page.locator("#n1 h3 a").click()
    page.wait_for_url("**/entry/**")
    assert page.locator("html").get_attribute("lang") == "en"
    assert page.locator("h1").get_attribute("lang") == page.locator(".text").get_attribute("lang") == "zh-Hans"
    assert "lang=" not in page.url
    page.get_by_role("contentinfo").get_by_role("link", name="中文（简体）").click()
    page.locator("html[lang=zh-Hans]").wait_for()
    assert page.locator("h1").get_attribute("lang") is None
