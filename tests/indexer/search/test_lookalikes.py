"""Errors of bad OCR planted into the sample archive: what a search finds of them, and what it says."""

import random
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from judge import asked

from indexer.model import Entry
from indexer.search.engine import Searcher
from indexer.search.factory import open_builder, open_searcher
from indexer.search.fields import TEXT_FIELDS, field_texts
from indexer.search.query.grammar import parse
from indexer.search.query.notes import NoteCode, note
from indexer.search.query.tree import Match, SearchRequest
from indexer.search.shown.nearest import nearest
from indexer.search.shown.results import Form, PartCode, Printed, Reason
from indexer.text.fold import fold
from indexer.text.segment import cut
from indexer.text.variants import Likeness, likened
from indexer.text.wordlists import lookalikes

SHARE = 0.1
"""Of the characters that have look-alikes."""


def damaged(text: str, rng: random.Random) -> str:
    """Put look-alikes in the place of some characters."""
    others = {char: [each for each in group if each != char] for group, *_ in lookalikes() for char in group}
    return "".join(rng.choice(others[char]) if char in others and rng.random() < SHARE else char for char in text)


@pytest.fixture(scope="module")
def damaged_archive(
    every_engine: str, expected: tuple[Entry, ...], tmp_path_factory: pytest.TempPathFactory, seed: str
) -> Searcher:
    """The sample with planted errors, others each run."""
    rng = random.Random(seed)
    folder: Path = tmp_path_factory.mktemp("damaged")
    with open_builder(folder) as builder:
        for entry in expected:
            builder.add(
                replace(
                    entry,
                    title=damaged(entry.title, rng),
                    heading=damaged(entry.heading, rng),
                    body=damaged(entry.body, rng),
                    captions=tuple(damaged(caption, rng) for caption in entry.captions),
                )
            )
    return open_searcher(folder)


def runs(entries: tuple[Entry, ...], rng: random.Random, count: int) -> Iterator[str]:
    """Give what readers type: one to three words that stand together somewhere in the undamaged text."""
    while count:
        pieces = cut(rng.choice(entries).body)
        start = rng.randrange(len(pieces))
        run = "".join(pieces[start : start + rng.choice((1, 1, 2, 3))])
        if len(run) > 1 and run.isalnum():
            count -= 1
            yield run


def test_planted_errors_are_found(
    damaged_archive: Searcher, expected: tuple[Entry, ...], rng: random.Random, times: Callable[[int], int]
) -> None:
    """Of 2,000 searches without quotes: nearly all that the undamaged text has, hardly anything else."""
    texts = {
        entry.id: [likened(fold(text), Likeness.VARIANT) for name in TEXT_FIELDS for text in field_texts(entry)[name]]
        for entry in expected
    }
    wanted = found = common = 0
    for run in runs(expected, rng, times(2000)):
        meant = [likened(word.text, Likeness.VARIANT) for word in asked(Match(run))]
        judged = {name for name, all_ in texts.items() if all(any(each in text for text in all_) for each in meant)}
        request = SearchRequest(Match(run), size=0)
        given = {entry.id for entry in damaged_archive.entries(request)}
        wanted, found, common = wanted + len(judged), found + len(given), common + len(judged & given)
    print(f"recall {common / wanted:.5f}, precision {common / found:.5f}")
    assert common / wanted >= 0.999
    assert common / found >= 0.99


def test_hits_name_the_look_alike_and_stand_behind_the_others(engine, make_entry) -> None:  # type: ignore[no-untyped-def]
    """However often the look-alike stands there, in the title too."""
    searcher = engine(
        [
            make_entry(id="2001-1-1", title="深人", body="深人基层，深人一线，深人车间。"),
            make_entry(id="2001-2-1", title="基层", body="多年以来，" * 40 + "深入基层。"),
        ]
    )
    assert searcher.count(SearchRequest(parse("基层 -深入")[0])) == 1
    page = searcher.search(SearchRequest(parse("深入 基层")[0], explain=True))
    assert [hit.entry.id for hit in page.hits] == ["2001-2-1", "2001-1-1"]
    alike = Printed("深人", Form.ALIKE, "深入")
    assert page.hits[1].reasons == (
        Reason("title", Form.ALIKE, (alike,), 1),
        Reason("body", Form.ALIKE, (alike, Printed("基层")), 4),
    )
    assert {reason.form for reason in page.hits[0].reasons} == {Form.PRINTED}
    assert page.notes == (note(NoteCode.ALIKE_BEHIND, entries=1),)
    assert page.hits[0].parts[-1].code == PartCode.AS_MEANT


@pytest.mark.parametrize(
    ("query", "printed"),
    [
        ("深入", "跨人深人"),
        ("勞動", "劳动竞赛"),
        ("劳动", "勞動競賽"),
        ("山峯", "高峰山峰"),
        ("乾部", "干部"),
        ("二〇〇一年", "2001年"),
        ("二○○一年", "2001年"),
        ("2001年", "二00一年"),
        ("15000平方米", "占地15 000平方米"),
        ("113614", "共113 614人"),
        ("29498", "29\n498人"),
        ("王吉祥", "王𠮷祥"),
        ("工", "职工"),
        ("的", "我的"),
        ("㐱", "㐱䶮"),
        ("䶮", "㐱䶮"),
        ("apec", "ＡＰＥＣ会议"),
        ("9.11", "９．１１事件"),
        ("沪工总[2001]45号", "沪工总［2001］45号"),
    ],
)
def test_other_forms_are_found_unquoted(engine, make_entry, query: str, printed: str) -> None:  # type: ignore[no-untyped-def]
    """Marked as they are printed; not by quoted strings, unless width and white space are all that differs."""
    searcher = engine([make_entry(id="2001-1-1", title="甲", body=printed), make_entry(id="2001-2-1", body="无")])
    page = searcher.search(SearchRequest(parse(query)[0]))
    assert [hit.entry.id for hit in page.hits] == ["2001-1-1"]
    assert any(span.marked for span in page.hits[0].snippet)
    quoted = searcher.search(SearchRequest(parse(f'"{query}"')[0]))
    assert bool(quoted.total) == (fold(query) in fold(printed))


def test_one_character_alone_has_no_look_alikes(engine, make_entry) -> None:  # type: ignore[no-untyped-def]
    """A search for 入 would give every 人 there is."""
    searcher = engine([make_entry(id="2001-1-1", title="甲", body="人")])
    assert searcher.search(SearchRequest(parse("入")[0])).total == 0
    (near,) = nearest(searcher, SearchRequest(parse("入 甲")[0]), total=0).hits
    assert (near.has, near.lacks) == (("甲",), ("入",))


def test_classes_of_look_alikes_lie_apart() -> None:
    """Each with its source and reason; no character in two, none that is a variant of another in its class."""
    rows = lookalikes()
    chars = [char for group, *_ in rows for char in group]
    assert len(chars) == len(set(chars)) > 250
    assert all(source in ("seen", "P C") and reason for _, source, reason in rows)
    assert all(len({likened(char, Likeness.VARIANT) for char in group}) == len(group) for group, *_ in rows)
