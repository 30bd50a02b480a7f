"""An index tells by what it was shaped, and one that was shaped otherwise is refused by the name of what differs."""

import ast
import importlib
import json
import re
import shutil
import struct
from collections.abc import Callable, Iterator, Mapping, Sequence
from hashlib import sha256
from pathlib import Path
from types import MappingProxyType, ModuleType
from typing import Any

import numpy as np
import pytest

from indexer.config import DataFolder
from indexer.errors import StaleIndex
from indexer.files.entrystore import write_entries
from indexer.files.ids import read_meanings
from indexer.model import Entry
from indexer.search import fields
from indexer.search.factory import open_searcher, open_stored
from indexer.search.whoosh import shape
from indexer.stages.pipeline import index_entries
from indexer.text import analyzer, forms, joining, variants
from search_app import create_app

START, BESIDE = "indexer.search.whoosh.builder", "indexer.search.whoosh.openindex"
"""What builds, and what it opens what it has built with: reading has constants that shape nothing."""
IN_MEMORY = "how the work is done in memory: other values give the same bytes"
MARK = "marks something in memory that no text has"
READING = "for reading alone"
LIMIT = "a limit: what is above it is refused"
SHAPES_NOTHING = {
    "analyzer._QUESTION": "what makes a query a question; an index holds none",
    "npyfile._HEADER": READING,
    "mapping._POPULATE": READING,
    "mapping._SHARE": READING,
    "builder._CHUNK": IN_MEMORY,
    "builder._CHUNK_SIZE": IN_MEMORY,
    "builder._WAITING": IN_MEMORY,
    "builder._THREADS": IN_MEMORY,
    "builder._SPOOL": "a file that is gone when all is written",
    "room._FIXED": IN_MEMORY,
    "room._POSTINGS": IN_MEMORY,
    "room._SORTED": IN_MEMORY,
    "room._USUAL": IN_MEMORY,
    "room.MEGABYTE": IN_MEMORY,
    "spool._ORDERED_AT_ONCE": IN_MEMORY,
    "spool._YEAR": "the place of the year in what an order is made of",
    "wordwriter._MERGED_AT_ONCE": IN_MEMORY,
    "merging._ALIGNED": IN_MEMORY,
    "merging._GATHERED": IN_MEMORY,
    "merging._KEYS_AT_ONCE": IN_MEMORY,
    "indexwriter.SORTING": IN_MEMORY,
    "memory.LEAST": IN_MEMORY,
    "memory.MOST": LIMIT,
    "codec._POSTINGS_AT_ONCE": IN_MEMORY,
    "columns._ONE_BY_ONE": READING,
    "columns._READER": READING,
    "damage._NONSENSE": READING,
    "fields.ALL_TEXT": "what a query may name; an index has no name for it",
    "fields.EVERY": "how much is shown of what is counted",
    "fields.FACET_LIMIT": "how much is shown of what is counted",
    "fields.FACETS": "what is counted on a page; an index has columns for all `FILTERS`",
    "fields.FIELDS": "what a query may name",
    "fields.YEAR": "what a query may name",
    "fields.SCOPES": "what a query may name; the scopes of an index are `TEXT_FIELDS` and `APART`",
    "fold._BRIEF": IN_MEMORY,
    "fold._CELL": MARK,
    "fold._DROPPED": MARK,
    "fold._FIRST": "where any single text begins",
    "fold._JOINED": MARK,
    "fold._JOINS": MARK,
    "fold._NOTHING": MARK,
    "fold._SHORT": IN_MEMORY,
    "forms._FAR": "seen in what characters fold to, which is part of the shape",
    "forms._KANGXI": "seen in what characters fold to, which is part of the shape",
    "generation.CURRENT": "an index that names it otherwise names none",
    "generation._MOST": LIMIT,
    "generation._NAME": "a name of another form is refused as such",
    "generation._STAMP": "a name of another form is refused as such",
    "index._BODY": "the place of a field among `TEXT_FIELDS`",
    "index._OUTSIDE": "the places of fields among `TEXT_FIELDS`",
    "index.NOT_THERE": READING,
    "index.PAIR": "the characters of a bigram, which fill a number of `grams`: its type is part of the layout",
    "entries._NONE": READING,
    "entries._ENTRY": IN_MEMORY,
    "entries._LIST": IN_MEMORY,
    "entries._ONE_BY_ONE": IN_MEMORY,
    "entries._POSTING": IN_MEMORY,
    "gaplists.NOTHING": READING,
    "holders._AT_ONCE": IN_MEMORY,
    "holders._BITS": IN_MEMORY,
    "holders._DOCUMENT": IN_MEMORY,
    "holders._FACTOR": IN_MEMORY,
    "reading._AT_ONCE": IN_MEMORY,
    "sortedarrays._CLEARED": IN_MEMORY,
    "sortedarrays._LOOKED_UP": IN_MEMORY,
    "sortedarrays._MARKED": IN_MEMORY,
    "indexwriter._PACKED_AT_ONCE": IN_MEMORY,
    "indexwriter._SORTED_AT_ONCE": IN_MEMORY,
    "indexwriter._WAITING": IN_MEMORY,
    "indexwriter._MOST": LIMIT,
    "seal.NAME": "an index that names it otherwise has none",
    "seal._DIGEST": READING,
    "seal._FILE": READING,
    "seal._MOST": LIMIT,
    "lexicon.NO_POSTINGS": READING,
    "plain._READING": READING,
    "plain._NO_LINK": READING,
    "model.VALID_ID": "of ids that are written, none is changed by it",
    "order._NUMBER": "seen in how some ids are ordered, which is part of the shape",
    "recordfile._DECODER": "seen in the entry's fields",
    "recordfile._ENCODER": "seen in the entry's fields",
    "shape._PROBES": "what the rules are tried on",
    "variants._NUMERALS": "seen in `_DIGITS`, which it is made into when the module is loaded",
    "variants._RARE": "what searches take for alike: no index holds it",
    "variants._REGIONAL": "what searches take for alike: no index holds it",
    "vocabulary.NUL": MARK,
    "vocabulary._FACTOR": IN_MEMORY,
    "vocabulary._LENGTH": IN_MEMORY,
    "vocabulary._MASKS": "follows from `_LENGTH`",
    "vocabulary._NO_KEY": MARK,
    "vocabulary._SLOTS": IN_MEMORY,
    "whoosherrors.TABLE": "errors",
    "wordcounts._BATCH": IN_MEMORY,
    "wordcounts._FIELD": IN_MEMORY,
    "wordcounts._WORD": IN_MEMORY,
}
NAMED = {
    "fields.FILTERS": "facets",
    "fields.TEXT_FIELDS": "fields",
    "fields.WEIGHTS": "field boosts",
    "bm25f.LENGTH_NORM": "length norms",
    "bm25f.K1": "weights",
    "fold.CELL": "folding",
    "forms.INVISIBLE": "folding",
    "analyzer.VERSION": "words",
    "alphabet.BETWEEN": "characters",
    "gaplists._WIDE": "entries of strings",
    "gramlists.OUTSIDE": "entries of strings",
    "lexicon.ROW": "files of words",
    "recordfile.OFFSET": "records",
    "filenames.ARRAYS": "layout",
}
"""What some of them are called, where a reader of the message has to know them again."""


def modules(start: str) -> Iterator[ModuleType]:
    """Give the modules of ours that a module uses, itself first, however far away."""
    seen, ahead = {BESIDE}, [start]
    while ahead:
        name = ahead.pop()
        if name not in seen:
            seen.add(name)
            module = importlib.import_module(name)
            yield module
            ahead += imported(module)


def imported(module: ModuleType) -> Iterator[str]:
    """Give the names of the modules of ours that one imports."""
    for node in ast.walk(source(module)):
        if isinstance(node, ast.ImportFrom) and str(node.module).startswith("indexer"):
            for alias in node.names:
                path = Path(*str(node.module).split("."), f"{alias.name}.py")
                inside = (Path(__file__).parents[4] / path).exists()
                yield f"{node.module}.{alias.name}" if inside else str(node.module)


def source(module: ModuleType) -> ast.Module:
    """Parse a module."""
    return ast.parse(Path(str(module.__file__)).read_text("utf-8"))


def constants() -> dict[str, tuple[ModuleType, str]]:
    """Give every constant of the modules that build: its short name, its module, its own name."""
    found = {}
    for module in modules(START):
        for node in source(module).body:
            targets = node.targets if isinstance(node, ast.Assign) else []
            targets = [node.target] if isinstance(node, ast.AnnAssign) else targets
            for target in (each for found in targets for each in getattr(found, "elts", [found])):
                if isinstance(target, ast.Name) and re.fullmatch(r"_?[A-Z][A-Z0-9_]+", target.id):
                    found[f"{module.__name__.rpartition('.')[2]}.{target.id}"] = module, target.id
    return found


def changed(value: Any) -> Any:
    """Give another value of the same type."""
    match value:
        case bool() | int() | float():
            return value + 1
        case str():
            return value + "x"
        case bytes():
            return value + b"x"
        case np.unsignedinteger():
            return value + value.dtype.type(1)
        case range():
            return range(value.start, value.stop - 1)
        case re.Pattern():
            return re.compile(value.pattern + "x?")
        case struct.Struct():
            return struct.Struct(value.format + "B")
        case np.dtype():
            return np.dtype([("x", "<u1")])
        case Mapping():
            last = list(value)[-1]
            return MappingProxyType({**value, last: changed(value[last])})
        case Sequence():
            return value[:-1]
    raise TypeError(f"say how to change {value!r}")


SHAPING = {name: place for name, place in constants().items() if name not in SHAPES_NOTHING}


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory, expected: tuple[Entry, ...]) -> Path:
    """A data folder with an index of a few entries."""
    data = DataFolder(tmp_path_factory.mktemp("built"))
    write_entries(data.entries, sorted(expected[:4], key=lambda entry: entry.id))
    index_entries(data)
    return data.root


def test_every_constant_of_the_modules_that_build_is_accounted_for() -> None:
    """What is said to shape nothing is there, and what is called by a name too; the modules are really looked through."""
    assert SHAPES_NOTHING.keys() - constants().keys() == set()
    assert NAMED.keys() - SHAPING.keys() == set()
    assert len({module.__name__ for module, _ in SHAPING.values()}) > 10


@pytest.mark.parametrize("name", SHAPING)
def test_changed_constant_is_refused_by_name(built: Path, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    """By the command line's engine and by the web, where readers are told and the keeper gets the command."""
    before = shape.fingerprint()
    module, own = SHAPING[name]
    monkeypatch.setattr(module, own, changed(getattr(module, own)))
    (part,) = shape.differing(before, shape.fingerprint())
    assert part == NAMED.get(name, part)
    with pytest.raises(StaleIndex, match=f"built with other {part}; .*nianjian index"):
        open_searcher(built)
    client = create_app(built).test_client()
    for path in ("/", "/?q=工会", "/api/v1/search?q=工会", "/entry/x"):
        answer = client.get(path)
        assert (answer.status_code, "nianjian index" in answer.text) == (503, True)
    health = client.get("/healthz")
    assert (health.status_code, health.json) == (503, {"status": "down", "remedy": "nianjian index"})


@pytest.mark.parametrize(
    ("module", "rule", "part"),
    [
        (fields, "value_of", "facets"),
        (fields, "filter_values", "facets"),
        (fields, "field_texts", "fields"),
        (shape, "tie_break", "order of entries"),
        (shape, "printed_order", "order of entries"),
        (shape, "generic_titles", "generic titles"),
        (analyzer, "lexicon", "words"),
        (variants, "simplifications", "words"),
        (forms, "forms", "folding"),
        (joining, "joiners", "folding"),
        (joining, "pairs", "folding"),
    ],
)
def test_changed_rule_is_refused_by_name(
    built: Path, monkeypatch: pytest.MonkeyPatch, module: ModuleType, rule: str, part: str
) -> None:
    """Rules that are no constants are tried on examples; tables, Python's own among them, are looked at whole."""
    given: Callable[..., Any] = getattr(module, rule)

    def other(*arguments: Any) -> Any:
        found = given(*arguments)
        return dict(list(found.items())[1:]) if isinstance(found, Mapping) else tuple(found)[1:]

    monkeypatch.setattr(module, rule, other)
    with pytest.raises(StaleIndex, match=f"built with other {part}; .*nianjian index"):
        open_searcher(built)


@pytest.mark.parametrize("name", [name for name, why in SHAPES_NOTHING.items() if why == IN_MEMORY])
def test_constant_of_the_work_changes_no_byte(
    tmp_path: Path,
    expected: tuple[Entry, ...],
    publish: Callable[..., Path],
    name: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """What is said to be how the work is done is no more than that."""
    whole = publish(expected[:4])
    module, own = constants()[name]
    few = {
        "_LENGTH": 3,
        "_SLOTS": 4,
        "_CHUNK": range(1, 2),
        "_THREADS": 3,
        "_AT_ONCE": 7,
        "_PACKED_AT_ONCE": 5,
        "_MERGED_AT_ONCE": 5,
    }
    monkeypatch.setattr(module, own, few[own] if own in few else changed(getattr(module, own)))
    again = publish(expected[:4], tmp_path / "again")
    for file in whole.iterdir():
        if file.name != "manifest.json":
            assert (again / file.name).read_bytes() == file.read_bytes(), file.name


def test_bytes_of_an_index_are_those_of_its_layout(
    publish: Callable[..., Path], make_entry: Callable[..., Entry]
) -> None:
    """Where this fails and nothing above does, no constant says what has changed: change `layout.VERSION`, then this."""
    entries = [
        make_entry(
            "2001-10-1",
            title="概况",
            heading="上海市总工会",
            body="全市职工二〇〇一年签订集体合同。",
            year=2001,
            order=2,
        ),
        make_entry(
            "2001-9-1", title="ＡＰＥＣ会议", authors=["王刚", "李明"], captions=["图　一"], signature="（王刚）"
        ),
        make_entry("2002-1-1", section="", body="勞動競賽，𠮷祥如意；勞動競賽，劳动竞赛。"),
    ]
    folder = publish(entries)
    digest = sha256()
    for file in sorted(folder.iterdir()):
        if file.name not in ("manifest.json", "_MAIN_1.toc"):  # a date, and a pickle
            digest.update(file.name.encode() + file.read_bytes())
    assert digest.hexdigest()[:16] == "0e9cb4c233d342c1"


def test_index_of_a_former_version_is_refused_and_its_entries_are_read(
    built: Path, tmp_path: Path, expected: tuple[Entry, ...]
) -> None:
    """It had one fingerprint for all and named its segment by lot; what its ids meant is still known."""
    data = DataFolder(tmp_path / "former")
    shutil.copytree(built, data.root)
    data.ids.unlink()
    (folder,) = data.index.glob("gen-*")
    manifest = json.loads((folder / "manifest.json").read_bytes())
    for name in list(manifest["files"]):
        if name.startswith("MAIN_"):
            (folder / name).rename(folder / name.replace("_1", "_abcdefghijklmnop"))
            manifest["files"][name.replace("_1", "_abcdefghijklmnop")] = manifest["files"].pop(name)
    manifest |= {"fingerprint": "0123456789abcdef", "created": "2026-01-02T03:04:05+00:00"}
    (folder / "manifest.json").write_text(json.dumps(manifest), "utf-8")
    with pytest.raises(StaleIndex, match=r"another version.*nianjian index"):
        open_searcher(data.root)
    with pytest.raises(StaleIndex, match="another version"):
        open_stored(data.root)
    stored = open_stored(data.root, of_any_version=True)
    assert {entry.id for entry in stored} == {entry.id for entry in expected[:4]}
    index_entries(data)
    assert {each.at for each in read_meanings(data.ids)} == {"2026-01-02T03:04:05+00:00"}
