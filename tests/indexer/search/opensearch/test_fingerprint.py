"""A generation in the cluster tells what it rests on: a changed constant of what is sent is seen by name."""

import re
from collections.abc import Mapping
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from indexer.errors import StaleIndex
from indexer.search.opensearch import features, shape
from indexer.search.opensearch.building import documents
from indexer.search.opensearch.connection import Cluster
from indexer.search.opensearch.fingerprint import fingerprint
from indexer.search.opensearch.seal import read_seal
from indexer.search.opensearch.settings import ClusterSettings
from indexer.search.ranking import bm25f

SHAPES_NOTHING = {
    "shape.FILLING": "a name that an index has while it is filled",
    "shape.MOST_TERMS": "for reading alone",
    "shape.LIKENESSES": "names of fields that the layout has",
    "shape.SINGLE": "the name of a field that the layout has",
}
FINGERPRINT = fingerprint()


def constants() -> dict[str, tuple[ModuleType, str]]:
    """Give every constant that a module of what is sent defines, and not only imports."""
    found = {}
    for module in (shape, features, documents, bm25f):
        source = Path(str(module.__file__)).read_text("utf-8")
        for name in vars(module):
            if re.fullmatch(r"_?[A-Z][A-Z0-9_]+", name) and re.search(rf"^{name}\b.*[=,]", source, re.MULTILINE):
                found[f"{module.__name__.rpartition('.')[2]}.{name}"] = module, name
    return found


def changed(value: Any) -> Any:
    """Give another value of the same type."""
    match value:
        case int() | float():
            return value + 1
        case str():
            return value + "x"
        case re.Pattern():
            return re.compile(value.pattern + "x?")
        case Mapping():
            last = list(value)[-1]
            return {**value, last: changed(value[last])}
    raise TypeError(f"say how to change {value!r}")


@pytest.mark.parametrize("name", [name for name in constants() if name not in SHAPES_NOTHING])
def test_changed_constant_is_seen(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    """In exactly one of the parts."""
    module, own = constants()[name]
    monkeypatch.setattr(module, own, changed(getattr(module, own)))
    after = fingerprint()
    assert len([part for part, digest in after.items() if FINGERPRINT[part] != digest]) == 1, name


def test_constants_are_looked_for_where_they_are() -> None:
    """The names of those that shape nothing are names of constants, where they are ours."""
    assert {"shape.END", "shape.BETWEEN", "features._NUMBERS", "bm25f.K1"} <= constants().keys()
    assert {"shape.FILLING", "shape.MOST_TERMS"} <= constants().keys()


def test_generation_built_otherwise_is_refused_by_the_name_of_what_differs() -> None:
    """And one that says nothing of itself, by its own name."""
    cluster = Cluster(ClusterSettings(("http://127.0.0.1:1",)))
    meta = {"created": "2026-01-01T00:00:00+00:00", "entries": 1, "averages": {}, "aside": 1}
    own = {**meta, "fingerprint": FINGERPRINT}
    assert read_seal(own, "i", cluster).entries == 1
    other = {**meta, "fingerprint": {**FINGERPRINT, "folding": "0", "x\n": "1"}}
    with pytest.raises(StaleIndex, match=r"index i at http://127.0.0.1:1 was built with other folding, 'x\\n'"):
        read_seal(other, "i", cluster)
    assert read_seal(other, "i", cluster, of_any_version=True).entries == 1
    for odd in (None, {}, {"created": 1}, {**own, "entries": "many"}):
        with pytest.raises(StaleIndex, match="says nothing of how it was built"):
            read_seal(odd, "i", cluster)
