"""Years, dates, shares, areas and amounts in another form than they are printed in."""

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.model import Entry
from indexer.search.engine import Searcher
from indexer.search.query.grammar import parse
from indexer.search.query.otherforms import offered_forms, other_forms
from indexer.search.query.tree import SearchRequest
from indexer.text.numerals import number_of, spelt


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("2006年", "２OO６年春"),
        ("2007年", "二OO七年春"),
        ("二OO七年", "2007年春"),
        ("二oo七年", "二〇〇七年春"),
        ("二○○七年", "二ＯＯ七年春"),
        ("九月三十日", "定于9月30日召开"),
        ("9月30日", "定于九月三十日召开"),
        ("12月", "十二月的大会"),
        ("十月一日", "10月1日国庆"),
        ("11月12日大会", "十一月十二日，大会"),
        ("二十号", "二十号"),
    ],
)
def test_years_and_dates_are_found_in_other_forms(
    engine: Callable[..., Searcher], make_entry: Callable[..., Entry], typed: str, printed: str
) -> None:
    """Unquoted, marked as printed; a quoted search finds what is printed."""
    searcher = engine(
        [make_entry("a", title="题", body=printed), make_entry("b", title="题", body="别的年份，1月3日。")]
    )
    page = searcher.search(SearchRequest(parse(typed)[0]))
    assert [hit.entry.id for hit in page.hits] == ["a"]
    assert any(span.marked for span in page.hits[0].snippet)
    assert page.occurrences
    quoted = searcher.search(SearchRequest(parse(f'"{typed}"')[0]))
    assert quoted.total == (typed in printed)


@pytest.mark.parametrize("run", ["工会", "3月5日", "13月40日", "o月", "tool", "20世纪", "1.20011", "月", "99年"])
def test_what_has_no_other_form_is_left_alone(run: str) -> None:
    """Each digit below ten is like its Chinese form already; no month has forty days."""
    assert other_forms(run) == ()


@pytest.mark.parametrize(
    ("typed", "offered"),
    [
        ("提高百分之十", ["提高10%"]),
        ("百分之三十五点四", ["35.4%"]),
        ("98.7%", ["百分之九十八点七"]),
        ("3000㎡", ["3000平方米"]),
        ("3000平方米", ["3000㎡"]),
        ("1.2万人", ["12000人"]),
        ("12000人", ["1.2万人"]),
        ("12345人", []),
        ("工会", []),
    ],
)
def test_shares_areas_and_amounts_are_offered(typed: str, offered: list[str]) -> None:
    """Never taken in silence."""
    assert list(offered_forms(typed)) == offered
    assert other_forms(typed) == ()


@given(st.integers(0, 10**8 - 1))
def test_numbers_are_spelt_and_read(number: int) -> None:
    """There and back."""
    assert number == 0 or number_of(spelt(number)) == number


@given(st.text(st.sampled_from("零一二三十百千万〇1年"), max_size=8))
def test_what_spells_no_number_is_none(text: str) -> None:
    """Only one spelling of each number is read, and 一十 for 十."""
    found = number_of(text)
    assert found is None or spelt(found) == text or text.startswith("一十")
