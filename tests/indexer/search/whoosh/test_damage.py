"""However an index's files are damaged, it is refused by name or answers the same; the one before it answers instead.

`NIANJIAN_SEED=…` tries the damage of an earlier run again.
"""

import os
import random
import shutil
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from indexer.errors import IndexFailure, StaleIndex
from indexer.model import Entry
from indexer.search.engine import Searcher
from indexer.search.factory import open_generation
from indexer.search.query.grammar import parse
from indexer.search.query.tree import Filter, SearchRequest
from indexer.search.shown.nearest import nearest
from indexer.search.whoosh.files.filenames import ARRAYS

ASKED = (
    SearchRequest(),
    SearchRequest(parse("工会 职工")[0], explain=True),
    SearchRequest(parse('"工会"')[0], sort="year-desc"),
    SearchRequest(parse("职工 NEAR/20 工会")[0]),
    SearchRequest(parse('"工?" 或 标题:会议')[0], (Filter("year", ("2001", "2002")),)),
    SearchRequest(parse("的 -不")[0], (Filter("author", ("无",)),)),
    SearchRequest(parse("工会怎样帮助下岗女工重新找到工作")[0]),
)
Publish = Callable[..., Path]
Way = Callable[[random.Random, Path, Path], None]


def answers(searcher: Searcher) -> list[object]:
    """Ask everything that can be asked."""
    found: list[object] = [searcher.search(request) for request in ASKED]
    found += [list(searcher.entries(request)) for request in ASKED[:3]]
    found += [nearest(searcher, request, 0) for request in ASKED]
    found += [searcher.facet(SearchRequest(), "section", "", 50), searcher.volumes(), len(searcher)]
    return [*found, searcher.get("S2001-610201-1"), searcher.get("none")]


def flip(rng: random.Random, file: Path, _: Path) -> None:
    """Turn one bit, or some, round."""
    content = bytearray(file.read_bytes())
    for _ in range(rng.choice((1, 1, 1, 20))):
        content[rng.randrange(len(content))] ^= 1 << rng.randrange(8)
    file.write_bytes(content)


def cut(rng: random.Random, file: Path, _: Path) -> None:
    """Leave the beginning, or nothing."""
    os.truncate(file, rng.choice((0, 1, rng.randrange(file.stat().st_size))))


def zeros(rng: random.Random, file: Path, _: Path) -> None:
    """Write zeros, or ones, over a stretch, as a disk does that lost a block."""
    content = file.read_bytes()
    start = rng.randrange(len(content))
    end = min(len(content), start + rng.choice((1, 8, 512, 4096)))
    file.write_bytes(content[:start] + rng.choice((b"\0", b"\xff")) * (end - start) + content[end:])


def swap(rng: random.Random, file: Path, _: Path) -> None:
    """Exchange two stretches."""
    content = file.read_bytes()
    middle, size = len(content) // 2, rng.randrange(1, max(2, len(content) // 2))
    file.write_bytes(content[middle : middle + size] + content[size:middle] + content[:size] + content[middle + size :])


def append(rng: random.Random, file: Path, _: Path) -> None:
    """Write something behind the end."""
    with file.open("ab") as opened:
        opened.write(rng.randbytes(rng.choice((1, 8, 1000))))


def delete(_rng: random.Random, file: Path, _: Path) -> None:
    """Remove the file."""
    file.unlink()


def exchange(_rng: random.Random, file: Path, other: Path) -> None:
    """Exchange two files."""
    one, two = file.read_bytes(), other.read_bytes()
    file.write_bytes(two)
    other.write_bytes(one)


def fill(rng: random.Random, file: Path, _: Path) -> None:
    """Put noise in the place of all but the beginning, which says what the file is."""
    content = file.read_bytes()
    kept = min(len(content), rng.choice((0, 128)))
    file.write_bytes(content[:kept] + rng.randbytes(len(content) - kept))


WAYS: tuple[Way, ...] = (flip, cut, zeros, swap, append, delete, exchange, fill)


def damage_one(rng: random.Random, index: Path, generation: Path) -> str:
    """Damage a file of the published generation, or what names it; say how."""
    files = [*(file for file in sorted(generation.iterdir()) if file.stat().st_size), index / "CURRENT"]
    file, other = rng.sample(files, 2)
    way = rng.choice(WAYS)
    way(rng, file, other)
    return f"{way.__name__} {file.name} {other.name if way is exchange else ''}"


@pytest.mark.parametrize("count", [80, pytest.param(2000, marks=pytest.mark.slow)])
def test_damaged_index_is_refused_by_name_or_answers_the_same(
    tmp_path: Path,
    publish: Publish,
    expected: tuple[Entry, ...],
    reseal: Callable[[Path], None],
    count: int,
    rng: random.Random,
) -> None:
    """With the generation before it there is always an answer.

    In a quarter of the cases the digests are made to fit the damage, which only somebody does who means harm: then
    nothing is promised but an answer, right or wrong, or one error that says what to do.
    """
    old, new = (answers(open_generation(publish(expected[:size]).parents[1]).whole) for size in (8, 12))
    whole, index = tmp_path / "whole", tmp_path / "index"
    index.rename(whole)
    seen: Counter[str] = Counter()
    for number in range(count):
        shutil.rmtree(index, ignore_errors=True)
        shutil.copytree(whole, index)
        before, published = sorted(index.glob("gen-*"))
        if is_alone := rng.random() < 0.25:
            shutil.rmtree(before)
        how = damage_one(rng, index, published)
        if rng.random() < 0.25 and "manifest" not in how and "delete" not in how:
            reseal(published)
            how = f"resealed {how}"
        what = outcome(tmp_path, {before.name: old, published.name: new})
        promised = {"refused by name"} if is_alone else set()
        promised |= {"the same", "answered by another"} | ({"refused by name", "wrong"} if "resealed" in how else set())
        assert what in promised, f"number {number}: {how}{' alone' * is_alone}: {what}"
        seen[what] += 1
    print(seen)
    assert seen["answered by another"] > count // 4
    assert seen["refused by name"] > count // 20
    assert seen["the same"] < count // 4


def outcome(data: Path, right: dict[str, list[object]]) -> str:
    """Open and ask an index; say what came of it, `right` being what each generation answers."""
    try:
        opened = open_generation(data)
        found = answers(opened.whole)
    except IndexFailure as error:
        return (
            "refused by name" if str(data / "index") in str(error) and "`nianjian index`" in str(error) else str(error)
        )
    if found != right[opened.whole.generation]:
        return "wrong"
    if not opened.refused:
        return "the same"
    return "answered by another" if str(data / "index") in str(opened.refused[0]) else str(opened.refused[0])


def test_weights_that_are_no_numbers_are_nonsense(
    tmp_path: Path, publish: Publish, expected: tuple[Entry, ...], reseal: Callable[[Path], None]
) -> None:
    """NumPy would go on with them, and only warn."""
    published = publish(expected[:8])
    (file,) = published.glob("factors*")
    content = file.read_bytes()
    file.write_bytes(content[:-32] + b"\xff" * 32)
    reseal(published)
    with pytest.raises(StaleIndex, match="FloatingPointError"):
        answers(open_generation(tmp_path).whole)


ENDS = ("bodies-ends", "outside-ends")
"""Where the lists of an array end."""
COUNTED = ("text", "grams", "holders", "bodies", "outside", *ENDS, "bounds", "factors", "ids", "id-numbers", "book")
"""Arrays whose length others say, too."""


@pytest.mark.parametrize("name", ARRAYS)
def test_array_that_is_cut_is_refused(
    tmp_path: Path, publish: Publish, expected: tuple[Entry, ...], reseal: Callable[[Path], None], name: str
) -> None:
    """Even by somebody who makes the digest fit: at its end, or in the middle."""
    published = publish(expected[:8])
    file = published / f"{name}.npy"
    content = file.read_bytes()
    for kept in (len(content) // 2, len(content) - 1, 0):
        file.write_bytes(content[:kept])
        reseal(published)
        with pytest.raises(StaleIndex, match="nianjian index"):
            open_generation(tmp_path)
        file.write_bytes(content)


@pytest.mark.parametrize("name", COUNTED)
@pytest.mark.parametrize("way", ["one fewer", "one more"])
def test_array_of_another_length_is_refused(
    tmp_path: Path, publish: Publish, expected: tuple[Entry, ...], reseal: Callable[[Path], None], name: str, way: str
) -> None:
    """What stands in it may be as right as anything."""
    published = publish(expected[:8])
    file = published / f"{name}.npy"
    array = np.load(file)
    np.save(file, array[:-1] if way == "one fewer" else np.concatenate((array, array[-1:])))
    reseal(published)
    with pytest.raises(StaleIndex, match="does not fit"):
        open_generation(tmp_path)


@pytest.mark.parametrize("name", [*ENDS, "grams", "bounds", "gaps"])
def test_array_that_does_not_ascend_is_refused(
    tmp_path: Path, publish: Publish, expected: tuple[Entry, ...], reseal: Callable[[Path], None], name: str
) -> None:
    """Two neighbours in the other order are enough."""
    published = publish(expected[:8])
    file = published / f"{name}.npy"
    array = np.load(file)
    at = int(np.flatnonzero(np.diff(array.astype(np.int64) >> (name in ENDS)) > 0)[3])
    array[[at, at + 1]] = array[[at + 1, at]]
    np.save(file, array)
    reseal(published)
    with pytest.raises(StaleIndex, match="does not fit"):
        open_generation(tmp_path)


@pytest.mark.parametrize("name", ENDS)
def test_lists_that_end_beyond_their_array_are_refused(
    tmp_path: Path, publish: Publish, expected: tuple[Entry, ...], reseal: Callable[[Path], None], name: str
) -> None:
    """And so are lists that end before it."""
    published = publish(expected[:8])
    file = published / f"{name}.npy"
    array = np.load(file)
    for other in (array[-1] + 2, array[-1] - 2):
        np.save(file, np.concatenate((array[:-1], np.array([other], array.dtype))))
        reseal(published)
        with pytest.raises(StaleIndex, match="does not fit"):
            open_generation(tmp_path)
