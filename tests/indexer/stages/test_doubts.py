"""What stands out of its volume is reported; what is usual is not."""

from collections.abc import Callable

import pytest

from indexer.model import Entry
from indexer.stages.parsing.doubts import doubts

MakeEntry = Callable[..., Entry]
USUAL = "三十家小企业试办联合工会，职工入会率升到八成。"


@pytest.fixture
def volume(make_entry: MakeEntry) -> list[Entry]:
    """Thirty entries on four pages of a section, signed by three people."""
    names = ("贺春生", "方小满", "陆建明")
    return [
        make_entry(
            f"2002-{number // 8}-{number % 8 + 1}",
            url=f"http://a.example/{number // 8}.html",
            body=USUAL,
            section="区县工会",
            authors=(names[number % 3],),
            signature=f"({names[number % 3]})",
        )
        for number in range(32)
    ]


def found(entries: list[Entry]) -> list[tuple[str, str, str]]:
    """Give page, place and code of what is reported."""
    problems = doubts(lambda: entries)
    return [(each.url[-6:], each.where, each.code) for each in problems]


def test_usual_volume_is_not_doubted(volume: list[Entry]) -> None:
    """Nothing stands out."""
    assert found(volume) == []


def test_entry_ten_times_as_long_as_others_is_reported(volume: list[Entry], make_entry: MakeEntry) -> None:
    """It may be several; one of ten times exactly is not, nor one in a volume of a few."""
    long = {"url": "http://a.example/9.html", "section": "特载"}
    just = make_entry("2002-9-1", title="恰好", body=USUAL * 10, **long)
    much = make_entry("2002-9-2", title="过长", body=USUAL * 11, **long)
    assert found([*volume, just, much]) == [("9.html", "过长", "entry-much-longer")]
    assert found([*volume[:5], much]) == []


def test_name_one_character_off_a_known_one_is_reported(volume: list[Entry], make_entry: MakeEntry) -> None:
    """方小蒲 for 方小满; not a name of two characters, nor one that signs more than once."""
    off = [
        make_entry(
            f"2002-8-{number}",
            body=USUAL,
            url=f"http://b.example/{number}.html",
            authors=(name,),
            signature=f"({name})",
        )
        for number, name in enumerate(("方小蒲", "陆建", "贺春天", "贺春天"))
    ]
    assert found([*volume, *off]) == [("0.html", "(方小蒲)", "name-near-known")]


def test_page_with_one_entry_among_pages_of_many_is_reported(volume: list[Entry], make_entry: MakeEntry) -> None:
    """Where it has as much text as they; a short one is just short."""
    page = {"url": "http://a.example/7.html", "section": "区县工会"}
    assert found([*volume, make_entry("2002-7-1", body=USUAL * 9, **page)]) == [
        ("7.html", "page", "page-with-few-entries")
    ]
    assert found([*volume, make_entry("2002-7-1", body=USUAL, **page)]) == []
