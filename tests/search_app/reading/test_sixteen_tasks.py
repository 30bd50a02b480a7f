"""What people come for, done as they would, with the number of steps that it takes: a text typed, a key, a click."""

import csv
from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest
from visits import Visits, box

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

pytestmark = pytest.mark.browser

BEFORE = {
    "a contributor on a subject in a year": 4,
    "who wrote most on it": 1,
    "a subject across the years": None,
    "an entry to cite": 2,
    "forty hits to a table": None,
    "something remembered vaguely": 2,
    "by pinyin": 2,
    "with a typo": 2,
    "one organisation": 2,
    "walk all hits": 32,
    "share a search": 3,
    "print an entry": 3,
    "completeness of a volume": 1,
    "follow a contributor": 3,
    "why was this found": 1,
    "prove that a string is nowhere": None,
}
"""Steps that the pages before these took; None where they could not do it."""


class Steps:
    """Does what a reader does, and counts it."""

    def __init__(self, page: "Page") -> None:
        self.page = page
        self.count = 0

    def search(self, text: str) -> None:
        """Type a text into the search box, and send it."""
        self.count += 1
        self.page.locator("#q").fill(text)
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")

    def click(self, target: "Locator") -> None:
        """Click on something."""
        self.count += 1
        target.click()

    def press(self, key: str) -> None:
        """Press a key."""
        self.count += 1
        self.page.keyboard.press(key)


@pytest.fixture
def steps(visit: Visits) -> Steps:
    """Begin at the front page."""
    return Steps(visit())


@pytest.fixture(autouse=True)
def told(request: pytest.FixtureRequest, steps: Steps) -> Callable[[str, int], None]:
    """Give a function that compares the steps taken with those of before and those promised now."""

    def compare(task: str, most: int) -> None:
        before = BEFORE[task]
        assert steps.count == most
        assert before is None or most <= before

    return compare


def link(page: "Page", name: str) -> "Locator":
    return page.get_by_role("link", name=name, exact=True)


def total(page: "Page") -> int:
    return int(page.locator("#summary b").first.inner_text().replace("\u2009", ""))


def test_a_contributor_on_a_subject_in_a_year(steps: Steps, told: Callable[[str, int], None]) -> None:
    """Ticked, and clicked on the bar: nothing is to be applied."""
    steps.search("职工")
    page = steps.page
    steps.click(page.get_by_role("checkbox", name="龚志远"))
    page.locator("#chips").get_by_text("龚志远").wait_for()
    steps.click(page.locator(".hist a").filter(has_text="2002"))
    page.locator("#chips").get_by_text("2002 卷").wait_for()
    badges = page.locator("#hits .from").all_inner_texts()
    assert badges
    assert all("2002" in each and "龚志远" in each for each in badges)
    told("a contributor on a subject in a year", 3)


def test_who_wrote_most_on_it(steps: Steps, told: Callable[[str, int], None]) -> None:
    """Is the first of the contributors beside the hits."""
    steps.search("集体合同")
    first = steps.page.locator("#group-author .pick").first
    assert first.inner_text().split()[:2] == ["龚志远", "3"]
    told("who wrote most on it", 1)


def test_a_subject_across_the_years(steps: Steps, told: Callable[[str, int], None]) -> None:
    """By the length of the volumes, with the figures beside the bars."""
    steps.search("集体合同")
    steps.click(link(steps.page, "趋势"))
    rows = steps.page.locator(".trend table").first.locator("tbody tr").all_inner_texts()
    assert [row.split()[0] for row in rows] == ["2001", "2002", "2003", "2004", "2005"]
    told("a subject across the years", 2)


def test_an_entry_to_cite(steps: Steps, told: Callable[[str, int], None]) -> None:
    """Its permanent number, its page on the site, its capture and digest stand beside it."""
    steps.search("集体合同")
    steps.click(steps.page.locator("#n1 h3 a"))
    facts = steps.page.locator(".facts").inner_text()
    assert all(each in facts for each in ("编号", "http://nianjian", "UTC", "sha256:"))
    told("an entry to cite", 2)


def test_forty_hits_to_a_table(steps: Steps, told: Callable[[str, int], None]) -> None:
    """By way of the receipt, whose list is a file for spreadsheets."""
    steps.search("劳动")
    found = total(steps.page)
    assert found >= 40
    steps.click(link(steps.page, "检索回执"))
    with steps.page.expect_download() as download:
        steps.click(link(steps.page, "下载清单（CSV）"))
    with download.value.path().open(encoding="utf-8-sig", newline="") as file:
        assert len(list(csv.reader(file))) == found + 1
    told("forty hits to a table", 3)


def test_something_remembered_vaguely(steps: Steps, told: Callable[[str, int], None]) -> None:
    """A question in plain words: what comes near is listed."""
    steps.search("哪家造船厂缩短了船台周期")
    steps.click(steps.page.get_by_role("link", name="缩短船台周期").first)
    steps.page.get_by_role("heading", name="缩短船台周期").first.wait_for()
    told("something remembered vaguely", 2)


def test_by_pinyin(steps: Steps, told: Callable[[str, int], None]) -> None:
    """Chosen among the suggestions."""
    page = steps.page
    box(page).press_sequentially("zaijiuye")
    steps.count += 1
    steps.click(page.get_by_role("option").filter(has_text="再就业").first)
    page.locator("#summary").wait_for()
    assert total(page) > 0
    told("by pinyin", 2)


def test_with_a_typo(steps: Steps, told: Callable[[str, int], None]) -> None:
    """What was probably meant is offered with its count."""
    steps.search("缩短船抬周期")
    steps.click(link(steps.page, "缩短船台周期"))
    assert total(steps.page) == 1
    told("with a typo", 2)


def test_one_organisation(steps: Steps, told: Callable[[str, int], None]) -> None:
    """Its name as it stands, not its words anywhere."""
    steps.search("沧浦港务局")
    steps.click(link(steps.page, "只看这 2 篇"))
    assert total(steps.page) == 2
    told("one organisation", 2)


def test_walk_all_hits(steps: Steps, told: Callable[[str, int], None]) -> None:
    """By a key."""
    steps.search("集体合同")
    steps.count = 0
    steps.click(steps.page.locator("#n1 h3 a"))
    for number in range(1, 17):
        steps.page.get_by_text(f"第 {number}／16 篇").wait_for()
        steps.page.wait_for_load_state()
        if number < 16:
            steps.press("n")
    told("walk all hits", 16)


def test_share_a_search(steps: Steps, visit: Visits, told: Callable[[str, int], None]) -> None:
    """The address is all of it, after ticks, too; whoever opens it sees the same."""
    steps.search("职工")
    steps.click(steps.page.get_by_role("checkbox", name="龚志远"))
    steps.page.wait_for_url("**author=*")
    other = visit(steps.page.url.removeprefix(visit.address))
    assert other.locator("#hits h3").all_inner_texts() == steps.page.locator("#hits h3").all_inner_texts()
    told("share a search", 2)


def test_print_an_entry(steps: Steps, told: Callable[[str, int], None]) -> None:
    """With its source and the date of its capture, without what is only for the screen."""
    steps.search("集体合同")
    steps.click(steps.page.locator("#n3 h3 a"))
    steps.page.locator("article").wait_for()
    steps.count += 1  # the browser's own command
    steps.page.emulate_media(media="print")
    seen = steps.page.locator("body").inner_text()
    assert all(each in seen for each in ("编号", "sha256:", "UTC"))
    assert "下一篇" not in seen
    told("print an entry", 3)


def test_completeness_of_a_volume(steps: Steps, told: Callable[[str, int], None]) -> None:
    """Is said where the volume is opened."""
    steps.click(steps.page.locator(".spine").filter(has_text="2002"))
    assert "目录所列 18 页" in steps.page.locator(".head").inner_text()
    told("completeness of a volume", 1)


def test_follow_a_contributor(steps: Steps, told: Callable[[str, int], None]) -> None:
    """From a hit to all that they signed, by year and section."""
    steps.search("集体合同")
    steps.click(steps.page.locator("#hits").get_by_role("link", name="龚志远").first)
    assert steps.page.get_by_role("heading", level=1).inner_text().startswith("龚志远")
    assert steps.page.locator(".signed, section").count() > 1
    told("follow a contributor", 2)


def test_why_was_this_found(steps: Steps, told: Callable[[str, int], None]) -> None:
    """Beside each hit: how often, and where."""
    steps.search("集体合同")
    assert steps.page.locator("#n2 .times").inner_text().split() == ["3", "处", "题", "1", "文", "2"]
    told("why was this found", 1)


def test_prove_that_a_string_is_nowhere(steps: Steps, told: Callable[[str, int], None]) -> None:
    """A receipt says what was compared, and what could not be."""
    steps.search('"量子计算机"')
    steps.click(link(steps.page, "检索回执"))
    seen = steps.page.locator("main").inner_text()
    assert "全部 289 篇都已比对，没有一篇符合" in seen
    told("prove that a string is nowhere", 2)
