"""Which entries an engine calls similar: those that share what is rare, and none for what everybody says."""

from collections.abc import Callable, Iterable

import pytest

from indexer.model import Entry
from indexer.search.engine import Searcher
from indexer.search.shown.similar import telling_words, told, worth

Engine = Callable[[Iterable[Entry]], Searcher]
Make = Callable[..., Entry]
_SAME = "本年度工会工作扎实推进，各级组织认真落实会议精神，撰稿人整理综述。"
"""What every entry says."""
_FIRST, _SECOND = "劳务派遣工集体加入工会，缴纳会费", "劳务派遣工的会费由用工单位代缴"


@pytest.fixture
def rest(make_entry: Make) -> list[Entry]:
    """Sixty entries that say what all say, each with one name of its own."""
    names = "甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申酉戌亥天地玄黄宇宙洪荒"
    return [
        make_entry(f"2001-{at}-1", title="综述", body=f"{_SAME}{name}厂。", url=f"http://a/{at}", year=2001)
        for at, name in enumerate(names + names[::-1], 1)
    ]


def found(searcher: Searcher, entry_id: str, limit: int = 6) -> list[tuple[str, tuple[str, ...]]]:
    """Give the ids and words of similar entries."""
    return [(each.entry.id, each.words) for each in searcher.similar(entry_id, limit)]


def test_rare_words_shared_make_entries_similar_and_are_told(
    engine: Engine, make_entry: Make, rest: list[Entry]
) -> None:
    """Both ways, never the entry itself; a word inside another that is shared is not told."""
    one = make_entry("2001-90-1", title="派遣工入会", body=f"{_SAME}{_FIRST}。", year=2001)
    other = make_entry("2003-1-1", title="会费", body=f"{_SAME}{_SECOND}。", year=2003)
    searcher = engine([*rest, one, other])
    assert found(searcher, "2001-90-1") == [("2003-1-1", ("会费", "劳务派遣工"))]
    assert [name for name, _ in found(searcher, "2003-1-1")] == ["2001-90-1"]
    assert (found(searcher, "2001-90-1", 0), found(searcher, "none")) == ([], [])


def test_boilerplate_makes_nothing_similar(engine: Engine, make_entry: Make, rest: list[Entry]) -> None:
    """What all say; what a section says every year, though it is rare outside; numbers and dates."""
    roll = "领导名单：正职候补委员，届别沿革，编制员额，任免备案。"
    section = [
        make_entry(f"2002-{at}-1", title="概况", body=roll, section="组织名录", year=2002, url=f"http://b/{at}")
        for at in range(12)
    ]
    many = [
        make_entry(f"2004-{at}-1", title="综述", body=f"{_SAME}{at}", year=2004, url=f"http://c/{at}")
        for at in range(100)
    ]
    dates = [make_entry(f"2003-{at}-1", title="综述", body="3月12日 1984年 一百一十七名", year=2003) for at in (1, 2)]
    searcher = engine([*rest, *section, *many, *dates])
    assert [found(searcher, name) for name in ("2001-1-1", "2002-3-1", "2003-1-1")] == [[], [], []]


def test_too_little_that_is_shared_is_nothing(engine: Engine, make_entry: Make, rest: list[Entry]) -> None:
    """One rare word in two long texts; in two titles it is enough."""
    long = _SAME * 6
    texts = [make_entry(f"2003-{at}-1", title="综述", body=f"{long}会费{at}", year=2003) for at in (1, 2)]
    assert found(engine([*rest, *texts]), "2003-1-1") == []
    titles = [make_entry(f"2003-{at}-1", title="海燕艺术节", body=f"{_SAME}{at}", year=2003) for at in (1, 2)]
    assert [name for name, _ in found(engine([*rest, *titles]), "2003-1-1")] == ["2003-2-1"]


def test_a_text_printed_twice_is_listed_once(engine: Engine, make_entry: Make, rest: list[Entry]) -> None:
    """The earlier one, by year, then number; entries as like as one another follow in that order."""
    asked = make_entry("2001-90-1", title="派遣工入会", body=_FIRST, year=2001)
    twice = [make_entry(f"{year}-1-1", title="会费", body=_SECOND, year=year) for year in (2005, 2004)]
    alike = [
        make_entry(f"2003-{at}-1", title="会费", body=_SECOND + mark, year=2003) for at, mark in ((10, "！"), (9, "。"))
    ]
    searcher = engine([*rest, asked, *twice, *alike])
    names = [name for name, _ in found(searcher, "2001-90-1")]
    assert names == ["2004-1-1", "2003-9-1", "2003-10-1"]
    assert [name for name, _ in found(searcher, "2001-90-1", 2)] == names[:2]


def test_forgotten_pages_are_not_similar(engine: Engine, make_entry: Make, rest: list[Entry]) -> None:
    """Neither listed nor asked for."""
    one = make_entry("2001-90-1", title="派遣工入会", body=_FIRST, year=2001, url="http://x/1")
    other = make_entry("2003-1-1", title="会费", body=_SECOND, year=2003, url="http://x/2")
    searcher = engine([*rest, one, other])
    assert found(searcher, "2001-90-1")
    hidden = searcher.without(frozenset({"http://x/2"}))
    assert (found(hidden, "2001-90-1"), found(hidden, "2003-1-1")) == ([], [])


def test_a_heading_over_a_generic_title_tells_what_an_entry_is_about(
    engine: Engine, make_entry: Make, rest: list[Entry]
) -> None:
    """概况 of one organisation in two years."""
    of_years = [
        make_entry(f"{year}-1-1", title="概况", heading="望海区总工会", body=_SAME + str(year), year=year)
        for year in (2003, 2004)
    ]
    searcher = engine([*rest, *of_years, make_entry("2005-1-1", title="走访", heading="望海区总工会", body=_SAME * 2)])
    assert found(searcher, "2003-1-1")[0][0] == "2004-1-1"


def test_an_archive_of_few_entries_has_nothing_rare(engine: Engine, make_entry: Make) -> None:
    """Nor one of none or one."""
    assert found(engine([]), "a") == []
    assert found(engine([make_entry("a", body=_FIRST)]), "a") == []
    assert found(engine([make_entry(name, title="派遣", body=_FIRST) for name in "abc"]), "a") == []


def test_what_a_word_counts_for() -> None:
    """A word of every entry has no worth; one of a title three times that of a body; words inside others are not told."""
    assert (worth(1, 10, 10), worth(1, 1, 10), worth(3, 1, 10), worth(1, 10, 100)) == (0, 1000, 3000, 250)
    assert told([("派遣", 9), ("劳务派遣", 5), ("会费", 7)]) == ("会费", "劳务派遣")


def test_words_that_tell(make_entry: Make) -> None:
    """Not single characters, function words or numbers."""
    entry = make_entry(title="会费", heading="会费", body="我们的会费和1984年派遣的二百三十名职工", captions=["码头"])
    assert telling_words(entry) == {"会费": 3, "派遣": 1, "职工": 1, "码头": 1}
