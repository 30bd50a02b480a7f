"""The panel that narrows a search: eight values first, the rest in place, years as bars, what is sought among them."""

import html
import re
from collections.abc import Callable

from flask.testing import FlaskClient

from indexer.config import DataFolder
from indexer.model import Entry
from indexer.search.fields import EVERY
from indexer.search.shown.results import FacetValue
from search_app import create_app
from search_app.following.archive import Archive
from search_app.shown.links import SearchState
from search_app.shown.naming import Names
from search_app.shown.searching.refining import BARS, FIRST, Panel, bars, panel


def panel_of(sample: DataFolder, state: SearchState, **args: str) -> tuple[Panel, Archive]:
    archive = Archive(sample.root, None)
    searcher, names = archive.open()
    given = {name.replace("_", "."): [value] for name, value in args.items()}
    return panel(state, searcher.search(state.request()[0]), searcher, names, given), archive


def test_eight_values_come_first_and_the_rest_stand_behind_them(sample: DataFolder) -> None:
    """Those that are chosen or excluded before all others; none twice, none lost."""
    state = SearchState("职工").adding("section", "特载").excluding("section", "大事记")
    shown, archive = panel_of(sample, state)
    for group in shown.groups:
        whole = archive.searcher().facet(state.request()[0], group.field).values
        listed = [each.value for each in (*group.first, *group.rest)]
        assert sorted(listed) == sorted(each.value for each in whole)
        assert len(group.first) == min(FIRST, len(whole))
        decided = {each.value for each in whole if each.selected or each.excluded}
        assert {each.value for each in group.first[: len(decided)]} == decided
    assert [group.field for group in shown.groups] == ["yearbook", "section", "author"]


def test_values_are_found_by_a_part_of_their_name_or_its_sound(sample: DataFolder) -> None:
    """Among all, not only those listed; what is chosen stays in sight."""
    state = SearchState().adding("author", "苏雅琴")
    for typed in ("龚志", "志远", "gongzhiyuan", "gzy"):
        shown, _ = panel_of(sample, state, find_author=typed)
        (group,) = (each for each in shown.groups if each.field == "author")
        assert {"龚志远", "苏雅琴"} <= {each.label for each in group.first}
        assert (group.sought, group.rest) == (typed, ())
    shown, _ = panel_of(sample, SearchState(), find_author="没有这人")
    (group,) = (each for each in shown.groups if each.field == "author")
    assert group.first == ()


def test_bars_count_what_their_links_find(sample: DataFolder) -> None:
    """Each year by itself; shares add up to one."""
    archive = Archive(sample.root, None)
    searcher, _ = archive.open()
    shown, _ = panel_of(sample, SearchState("集体合同"))
    assert [bar.label for bar in shown.years] == ["2001", "2002", "2003", "2004", "2005"]
    assert [bar.count for bar in shown.years] == [searcher.count(bar.state.request()[0]) for bar in shown.years]
    assert abs(sum(bar.share for bar in shown.years) - 1) < 1e-9
    assert max(bar.height for bar in shown.years) == 1
    chosen, _ = panel_of(sample, SearchState("集体合同").adding("year", "2001").excluding("year", "2004"))
    by_year = {bar.label: bar for bar in chosen.years}
    assert (by_year["2001"].selected, by_year["2004"].excluded) == (True, True)
    assert by_year["2001"].state.selected("year") == ()
    assert by_year["2004"].state.excluded("year") == ()
    assert by_year["2002"].state.selected("year") == ("2001", "2002")


def test_many_years_are_shown_by_spans_of_five() -> None:
    """In their order, unknown ones last; nothing is lost, and a span's link chooses all of its years."""
    years = [FacetValue(str(year), year % 7 + 1, False) for year in (0, *range(1949, 2012))]
    shown = bars(years, SearchState("x"), Names(None, ()))
    assert sum(bar.count for bar in shown) == sum(each.count for each in years)
    assert [bar.label for bar in shown[:3]] == ["1949", "1950–1954", "1955–1959"]
    assert shown[-1].label == "年份不详"
    assert shown[1].state.selected("year") == ("1950", "1951", "1952", "1953", "1954")
    few = bars(years[1 : BARS + 1], SearchState("x"), Names(None, ()))
    assert len(few) == BARS


def test_an_archive_of_forty_years_shows_all_of_them(tmp_path, publish, make_entry: Callable[..., Entry]) -> None:  # type: ignore[no-untyped-def]
    """Not only the twenty that a facet lists."""
    publish(make_entry(f"V-{year}-1", year=year, volume=f"V{year}", body="工会") for year in range(1960, 2000))
    page = create_app(tmp_path).test_client().get("/?q=工会").text
    labels = re.findall(r'title="(\d{4}–\d{4})"', page)
    assert labels == [f"{year}–{year + 4}" for year in range(1960, 2000, 5)]
    assert Archive(tmp_path, None).searcher().facet(SearchState().request()[0], "year", limit=EVERY).more == 0


def test_the_minus_beside_a_value_excludes_it(client: FlaskClient) -> None:
    """As the form sends it, without script; what was ticked before stays."""
    page = client.get("/?q=工会&author=龚志远").text
    name, value = re.findall(r'<button class="minus" type="submit" name="(not\.section)" value="([^"]*)"', page)[0]
    passed = re.findall(r'<form action="/" method="get" id="narrow".*?</form>', page, re.DOTALL)[0]
    sent = re.findall(r'type="hidden" name="([^"]*)" value="([^"]*)"', passed)
    ticked = re.findall(r'type="checkbox" name="([^"]*)" value="([^"]*)" checked', passed)
    fields = [(each, html.unescape(text)) for each, text in (*sent, *ticked, (name, value))]
    found = client.get("/api/v1/search", query_string=fields).json
    assert {"龚志远"} <= {name for hit in found["hits"] for name in hit["persons"]}
    assert value not in {hit["section"] for hit in found["hits"]}
    page = client.get("/", query_string=fields).text
    assert f"除去栏目</i><span>{value}</span>" in page
    assert f"<h1><b>{found['total']}</b>" in page
