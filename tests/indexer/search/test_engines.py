"""What every engine must do, as a list of behaviours."""

from collections.abc import Callable, Iterable

import pytest

from indexer.model import Entry
from indexer.search.engine import Searcher
from indexer.search.fields import filter_values
from indexer.search.order import tie_break
from indexer.search.query.grammar import parse
from indexer.search.query.notes import NoteCode
from indexer.search.query.tree import Exact, Field, Filter, Near, SearchRequest
from indexer.search.shown.nearest import nearest
from indexer.search.shown.results import Evidence, FacetValue, Form, Printed, Reason

Engine = Callable[[Iterable[Entry]], Searcher]
Make = Callable[..., Entry]


@pytest.fixture
def three(engine: Engine, make_entry: Make) -> Searcher:
    """Three entries of three years."""
    return engine(
        [
            make_entry(
                "2001-9-1",
                year=2001,
                title="厂务公开",
                body="厂务公开深入开展，工会参加。",
                authors=["王刚"],
                section="民主管理",
            ),
            make_entry(
                "2002-10-1",
                year=2002,
                title="信访",
                body="工会受理来信113 614件，ＡＰＥＣ会议期间。",
                authors=["王刚", "李明"],
            ),
            make_entry(
                "2003-2-1",
                year=2003,
                title="其他",
                body="总工会\n办公室。",
                captions=["厂务公开栏（赵六 摄）"],
                signature="（李明）",
                authors=["李明"],
            ),
        ]
    )


def ids(searcher: Searcher, text: str, **options: object) -> list[str]:
    """Give the ids found, in order."""
    return [hit.entry.id for hit in searcher.search(SearchRequest(parse(text)[0], **options)).hits]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("", ["2001-9-1", "2002-10-1", "2003-2-1"]),
        ("-工会", []),
        ("-信访", ["2001-9-1", "2003-2-1"]),
        ('"工会办公室"', ["2003-2-1"]),
        ('"113614件"', ["2002-10-1"]),
        ("apec", ["2002-10-1"]),
        ('"務"', []),
        ("工会 深入", ["2001-9-1"]),
        ("深入 或 来信", ["2001-9-1", "2002-10-1"]),
        ("title:信访", ["2002-10-1"]),
        ("author:李明 -赵六", ["2002-10-1"]),
        ("section:民主", ["2001-9-1"]),
        ("year:2002-2009", ["2002-10-1", "2003-2-1"]),
        ("year:2002 工会", ["2002-10-1"]),
        ("工会 NEAR/2 受理", ["2002-10-1"]),
        ("公开 NEAR/2 参加", []),
        ("标题", []),
        ("页题 信", ["2002-10-1"]),
    ],
)
def test_query_finds(three: Searcher, text: str, found: list[str]) -> None:
    """Each construct of the grammar, on any engine."""
    assert sorted(ids(three, text)) == sorted(found)


def test_captions_and_signature_are_searched(three: Searcher) -> None:
    """A caption's photographer and a signature are text."""
    assert ids(three, '"赵六"') == ["2003-2-1"]
    assert ids(three, '"（李明）"') == ["2003-2-1"]


def test_title_ranks_above_body(three: Searcher) -> None:
    """The same words weigh more in a title; a caption less than a body."""
    assert ids(three, "厂务公开") == ["2001-9-1", "2003-2-1"]


def test_generic_title_ranks_by_its_heading(engine: Engine, make_entry: Make) -> None:
    """概况 under a name is about that name, as if it stood in the title."""
    searcher = engine(
        [
            make_entry(id="2001-1-1", heading="纪事", title="走访", body="望海区总工会走访了三户职工。" * 2),
            make_entry(id="2001-2-1", heading="望海区总工会", title="走访", body="走访了三户职工。" * 2),
            make_entry(id="2001-3-1", heading="望海区总工会", title="概况", body="全区有三户职工。" * 2),
        ]
    )
    assert ids(searcher, "望海区总工会")[0] == "2001-3-1"


def test_rare_word_decides_over_frequent_ones_and_question_words(engine: Engine, make_entry: Make) -> None:
    """A question's 什么 and 的 weigh nothing, however often an entry has them."""
    searcher = engine(
        [
            make_entry(id="2001-1-1", title="什么", body="什么的什么，职工的什么，是什么。"),
            make_entry(id="2001-2-1", title="船台", body="船台是新的，职工看什么。"),
            *(make_entry(id=f"2001-{number}-1", title="甲", body="职工") for number in range(3, 9)),
        ]
    )
    assert ids(searcher, "什么是职工的船台")[0] == "2001-2-1"


def test_sorting_by_year_keeps_ids_in_order(three: Searcher) -> None:
    """Both ways."""
    assert ids(three, "", sort="year-asc") == ["2001-9-1", "2002-10-1", "2003-2-1"]
    assert ids(three, "", sort="year-desc") == ["2003-2-1", "2002-10-1", "2001-9-1"]


def test_sorting_as_printed_goes_by_yearbook_year_and_place(engine: Engine, make_entry: Make) -> None:
    """Pages whose place is not known stand behind the others of their volume, by URL; ids come last."""
    printed = [
        make_entry("Q2003-7-1", volume="Q2003", year=2003, order=1),
        make_entry("S2001-9-1", volume="S2001", year=2001, order=1, url="http://a.example/9"),
        make_entry("S2001-9-2", volume="S2001", year=2001, order=1, url="http://a.example/9", position=2),
        make_entry("S2001-10-1", volume="S2001", year=2001, order=2, url="http://a.example/1"),
        make_entry("S2001-3-1", volume="S2001", year=2001, order=10, url="http://a.example/3"),
        make_entry("S2001-8-1", volume="S2001", year=2001, url="http://a.example/7"),
        make_entry("S2001-1-10", volume="S2001", year=2001, url="http://a.example/8"),
        make_entry("S2001-1-9", volume="S2001", year=2001, url="http://a.example/8", position=2),
        make_entry("S2001-1-10~2", volume="S2001", year=2001, url="http://a.example/8", position=2),
        make_entry("S2002-1-1", volume="S2002", year=2002, order=1),
    ]
    searcher = engine(sorted(printed, key=lambda entry: entry.url))
    right = [entry.id for entry in printed]
    assert ids(searcher, "", sort="book") == ids(searcher, "正文", sort="book") == right
    pages = [ids(searcher, "正文", sort="book", size=3, page=page) for page in range(1, 6)]
    assert [name for page in pages for name in page] == right
    assert list(searcher.entries(SearchRequest(sort="book"))) == printed
    assert list(searcher.entries(SearchRequest())) == sorted(printed, key=lambda each: tie_break(each.year, each.id))


def test_printed_order_goes_by_year_whatever_volumes_are_called(engine: Engine, make_entry: Make) -> None:
    """Where entries say their yearbook."""
    volumes = [("Z2001", 2001), ("M", 2002), ("A2003", 2003)]
    entries = [make_entry(f"{name}-1-1", volume=name, year=year, yearbook="甲") for name, year in volumes]
    assert ids(engine(entries[::-1]), "", sort="book") == [entry.id for entry in entries]


def test_ties_are_broken_by_year_then_number(engine: Engine, make_entry: Make) -> None:
    """9 comes before 10."""
    entries = [
        make_entry(name, year=year)
        for name, year in [("a-10-1", 2002), ("a-9-2", 2002), ("a-9-10", 2002), ("b-1-1", 2001)]
    ]
    assert ids(engine(entries), "正文") == ["b-1-1", "a-9-2", "a-9-10", "a-10-1"]


def test_paging_covers_everything_once(engine: Engine, make_entry: Make) -> None:
    """A page past the end is empty and says so; the total stays."""
    searcher = engine(make_entry(f"2002-{number}-1") for number in range(1, 26))
    pages = [ids(searcher, "正文", page=page, size=10) for page in (1, 2, 3)]
    assert sorted(name for page in pages for name in page) == sorted(f"2002-{number}-1" for number in range(1, 26))
    past = searcher.search(SearchRequest(parse("正文")[0], page=4, size=10))
    assert (past.total, past.hits, len(past.notes)) == (25, (), 1)


def test_occurrences_are_counted_in_all_fields(three: Searcher) -> None:
    """厂务公开 stands in title, body and caption."""
    page = three.search(SearchRequest(parse('"厂务公开"')[0]))
    assert (page.total, page.occurrences) == (2, 3)


def test_entries_that_only_come_near_are_no_hits(engine: Engine, make_entry: Make) -> None:
    """No number speaks of them; each says what it has and lacks, and a word that says nothing (上) is not marked."""
    searcher = engine([make_entry(body="上", signature="9", year=2001)])
    request = SearchRequest(parse("1上9")[0])
    page = searcher.search(request)
    assert (page.total, page.occurrences, page.hits) == (0, 0, ())
    assert (searcher.count(request), list(searcher.entries(request))) == (0, [])
    assert [facet.values for facet in page.facets] == [()] * len(page.facets)
    (near,) = nearest(searcher, request, page.total).hits
    assert (near.has, near.lacks) == (("9",), ("1",))
    assert near.reasons == (Reason("signature", Form.PRINTED, (Printed("9"),), 1),)
    elsewhere = SearchRequest(request.query, (Filter("year", ("2002",)),))
    assert nearest(searcher, elsewhere, 0).hits == ()


def test_entries_that_come_near_are_listed_by_page(engine: Engine, make_entry: Make) -> None:
    """Fifty at most, where fewer than five entries match; past the last there are none."""
    near = [make_entry(id=f"2001-{number}-1", body="再就业工程", year=2001) for number in range(1, 61)]
    searcher = engine([*near, *(make_entry(id=f"2002-{at}-1", body="再就业船厂", year=2002) for at in range(4))])
    request = SearchRequest(parse("再就业 船厂")[0], size=20)
    assert searcher.count(request) == 4
    pages = [nearest(searcher, request, 4, number) for number in (1, 2, 3, 4)]
    assert [(len(page.hits), page.more) for page in pages] == [(20, True), (20, True), (10, False), (0, False)]
    assert [note.code for page in pages for note in page.notes] == [NoteCode.PAST_NEAREST]
    ids = [hit.entry.id for page in pages for hit in page.hits]
    assert len(set(ids)) == 50
    assert {(hit.has, hit.lacks) for page in pages for hit in page.hits} == {(("再就业",), ("船厂",))}
    five = engine([*near, *(make_entry(id=f"2002-{at}-1", body="再就业船厂", year=2002) for at in range(5))])
    assert (five.search(request).total, nearest(five, request, 5).hits) == (5, ())


def test_what_comes_near_is_hidden_with_its_page(engine: Engine, make_entry: Make) -> None:
    """As evidence and as a hit; what no entry comes near, and an id of none, are refused."""
    searcher = engine(
        [make_entry("a", body="再就业", url="http://a/1"), make_entry("b", body="再就业", url="http://a/2")]
    )
    request = SearchRequest(parse("再就业 船厂")[0])
    found = searcher.evidence(request, 10)
    assert ([each.id for each in found], {each.had for each in found}) == (["a", "b"], {("再就业",)})
    shown = searcher.without(frozenset({"http://a/1"}))
    assert [each.id for each in shown.evidence(request, 10)] == ["b"]
    assert [hit.entry.id for hit in shown.near_hits(request, found[1:])] == ["b"]
    assert shown.near_hits(request, ()) == ()
    for odd in (found, [replace_id(found[0], "none")]):
        with pytest.raises(ValueError, match=r"near|entries"):
            shown.near_hits(request, odd)


def replace_id(evidence: Evidence, name: str) -> Evidence:
    """Give evidence of another id."""
    return Evidence(name, evidence.points, evidence.had)


def test_a_string_that_was_asked_for_is_taken_for_itself(engine: Engine, make_entry: Make) -> None:
    """Though it also looks like another one that was."""
    searcher = engine([make_entry("a", title="题", body="深入 基层 调研 协商 深人")])
    (hit,) = searcher.search(SearchRequest(parse('"深入" 深人')[0])).hits
    assert hit.reasons == (Reason("body", Form.PRINTED, (Printed("深入"), Printed("深人")), 2),)
    (hit,) = searcher.search(SearchRequest(parse("基层 调研 协商 深入")[0])).hits
    (reason,) = hit.reasons
    assert (reason.form, Printed("深人", Form.ALIKE, "深入") in reason.strings, len(reason.strings)) == (
        Form.ALIKE,
        True,
        3,
    )


def test_volumes_are_listed_by_yearbook_and_year(engine: Engine, make_entry: Make) -> None:
    """Whatever they are called; unknown ones first."""
    books = [("!年鉴", "V", 2001), ("", "W", 2002), ("-", "X", 2001), ("!年鉴", "", 2000)]
    searcher = engine(
        make_entry(f"a-{at}-1", yearbook=book, volume=volume, year=year)
        for at, (book, volume, year) in enumerate(books)
    )
    assert [(each.yearbook, each.volume, each.year) for each in searcher.volumes()] == [
        ("", "W", 2002),
        ("!年鉴", "", 2000),
        ("!年鉴", "V", 2001),
        ("-", "X", 2001),
    ]
    with pytest.raises(ValueError, match="no facet"):
        searcher.facet(SearchRequest(), "title")


def test_facets_ignore_their_own_selection_only(three: Searcher) -> None:
    """OR inside a facet, AND between; a selected value stays at 0."""
    request = SearchRequest(parse("工会")[0], (Filter("year", ("2001", "1999")), Filter("author", ("王刚",))))
    _, year, section, author = three.search(request).facets
    assert year.values == (FacetValue("1999", 0, True), FacetValue("2001", 1, True), FacetValue("2002", 1, False))
    assert section.values == (FacetValue("民主管理", 1, False),)
    assert author.values == (FacetValue("王刚", 1, True),)


def test_excluded_values_are_of_no_hit(three: Searcher) -> None:
    """They stay listed, with the hits that they alone would give; other counts are of what is left."""
    everything = three.search(SearchRequest()).facets
    for facet in everything:
        for value in facet.values:
            request = SearchRequest(filters=(Filter(facet.field, (value.value,), exclude=True),))
            page = three.search(request)
            held = [filter_values(hit.entry)[facet.field] for hit in page.hits]
            assert (page.total, any(value.value in each for each in held)) == (3 - value.count, False)
            assert page.total == three.count(request) == len(list(three.entries(request)))
            again = next(each for each in page.facets if each.field == facet.field)
            assert FacetValue(value.value, value.count, selected=False, excluded=True) in again.values
    odd = SearchRequest(filters=(Filter("year", ("2001",)), Filter("year", ("2001", "1888"), exclude=True)))
    assert three.search(odd).total == 0
    assert [each.excluded for each in three.facet(odd, "year").values if each.value in ("2001", "1888")] == [True] * 2


def test_strings_stand_near_one_another_in_any_of_several_captions(engine: Engine, make_entry: Make) -> None:
    """A single character and a longer string, whatever captions come before; never from one caption into the next."""
    searcher = engine(
        [
            make_entry("a", captions=["开会", "图", "工会在好"]),
            make_entry("b", captions=["一", "二", "三", "好几个工会"]),
            make_entry("c", captions=["好", "工会"]),
        ]
    )
    assert ids(searcher, "工会 NEAR/1 好") == ["a"]
    assert ids(searcher, "好 NEAR/0 工会") == []
    assert ids(searcher, "工会 NEAR/2 好") == ["a", "b"]
    assert ids(searcher, '"好*工会"') == ["b"]
    assert ids(searcher, '"工?在?好"') == ["a"]


def test_filter_without_values_passes_nothing(three: Searcher) -> None:
    """And its facet lists what others leave, as any facet does."""
    for field in ("year", "author", "yearbook", "section"):
        request = SearchRequest(filters=(Filter(field, ()),))
        page = three.search(request)
        assert (page.total, page.hits) == (0, ())
        listed = three.search(SearchRequest())
        for before, after in zip(listed.facets, page.facets, strict=True):
            assert after.values == (before.values if before.field == field else ())
        assert three.facet(request, field) == three.facet(SearchRequest(), field)


def test_closed_searcher_answers_nothing_more(three: Searcher) -> None:
    """Whatever it is asked, also by a stream that was begun before."""
    stream = three.entries(SearchRequest())
    entry = next(stream)
    three.close()
    three.close()
    asked: list[Callable[[], object]] = [
        lambda: three.search(SearchRequest()),
        lambda: three.count(SearchRequest()),
        lambda: three.get("2001-9-1"),
        three.volumes,
        lambda: len(three),
        lambda: three.trend(SearchRequest()),
        lambda: list(three.entries(SearchRequest())),
        lambda: three.without(frozenset({entry.url})),
    ]
    for question in asked:
        with pytest.raises(RuntimeError, match="closed"):
            question()


def test_facet_lists_by_prefix_and_limit(three: Searcher) -> None:
    """The rest is counted."""
    facet = three.facet(SearchRequest(), "author", prefix="李")
    assert (facet.values, facet.more) == ((FacetValue("李明", 2, False),), 0)
    assert three.facet(SearchRequest(), "author", limit=1).more == 1


def test_hits_say_why_and_show_where(three: Searcher) -> None:
    """Reasons name field and string; the snippet marks it."""
    (hit,) = three.search(SearchRequest(parse('"来信"')[0])).hits
    assert hit.reasons == (Reason("body", Form.PRINTED, (Printed("来信"),), 1),)
    assert [span.text for span in hit.snippet if span.marked] == ["来信"]


def test_entries_by_id_and_in_order(three: Searcher) -> None:
    """An unknown id is None."""
    assert three.get("2001-9-1") in three.entries(SearchRequest())
    assert three.get("x") is None
    assert (len(three), three.count(SearchRequest(parse("工会")[0]))) == (3, 3)


def test_same_id_twice_is_refused(engine: Engine, make_entry: Make) -> None:
    """Nothing is published then."""
    with pytest.raises(ValueError, match="stands twice"):
        engine([make_entry("a"), make_entry("a")])


def test_odd_values_of_a_script_are_answered_or_refused(three: Searcher) -> None:
    """A long id, a string longer than the archive, a scope that there is not, too many strings for NEAR."""
    assert three.get("2" * 100_000) is None
    assert three.count(SearchRequest(Exact("工" * 10_000))) == 0
    assert three.count(SearchRequest(Exact(" "))) == 3
    with pytest.raises(ValueError, match="no scope"):
        Field("abstract", Exact("工"))
    with pytest.raises(ValueError, match="NEAR"):
        Near((Exact("工"),) * 7, 3)
    for values in ("2001", ["2001"], (2001,)):
        with pytest.raises(ValueError, match="tuple of strings"):
            Filter("year", values)  # type: ignore[arg-type]


def test_letters_beyond_the_first_plane_fold_like_others(engine: Engine, make_entry: Make) -> None:
    """And are not taken for one another."""
    searcher = engine([make_entry("a", title="𐐀甲"), make_entry("b", title="𠮷甲")])
    assert ids(searcher, "𐐀") == ids(searcher, '"𐐨甲"') == ["a"]
    assert ids(searcher, "𠮷") == ["b"]


def test_author_named_twice_is_counted_once(engine: Engine, make_entry: Make) -> None:
    """A count is the number of hits after the click."""
    searcher = engine([make_entry("a", authors=["王刚", "王刚", "李明"])])
    assert [value.count for value in searcher.facet(SearchRequest(), "author").values] == [1, 1]


def test_string_asked_for_in_two_scopes_is_counted_once(three: Searcher) -> None:
    """In total and in the reasons."""
    page = three.search(SearchRequest(parse('"厂务公开" 标题:"厂务公开"')[0]))
    assert (page.total, page.occurrences) == (1, 2)
    assert [(reason.field, reason.count) for reason in page.hits[0].reasons] == [("title", 1), ("body", 1)]
