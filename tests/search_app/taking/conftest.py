"""What the tests of all that is taken away share: a reference to vary, and readers of other people's."""

import csv
import io
import json
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import bibtexparser
import pytest
import rispy
from bibtexparser.middlewares import LatexDecodingMiddleware, SeparateCoAuthors
from citeproc.source.json import CiteProcJSON
from pylatexenc.latex2text import LatexNodes2Text, MacroTextSpec, get_default_latex_context_db

from indexer.config import DataFolder
from indexer.manifest import Manifest
from indexer.search.factory import open_searcher
from indexer.stages.provenance import captured_pages
from search_app.shown.citing.reference import Reference
from search_app.shown.exporting.exported import Exporter
from search_app.shown.naming import Names

HERE = Path(__file__).parent
_REFERENCE = Reference(
    id="2002-1268100-4",
    title="家政培训帮助下岗女工再就业",
    authors=("葛芳", "王 芳"),
    section="就业服务",
    yearbook="沧浦工会年鉴",
    year=2002,
    editor="沧浦市总工会",
    publisher="某出版社",
    place="沧浦",
    printed=2003,
    isbn="978-7-9999-0001-6",
    url="https://nianjian.example.org/entry/2002-1268100-4",
    accessed=date(2026, 11, 28),
)


@pytest.fixture(scope="session")
def referring() -> Callable[..., Reference]:
    """Give a function that makes a reference, with other values where they are given."""
    return lambda **values: replace(_REFERENCE, **values)


@pytest.fixture(scope="session")
def by_hand() -> Callable[[str, str], list[dict[str, Any]]]:
    """Give a function that reads what people wrote beforehand, by file and kind."""
    return lambda name, kind: tomllib.loads((HERE / name).read_text("utf-8"))[kind]


@pytest.fixture(scope="session")
def read_bibtex() -> Callable[[str], list[dict[str, Any]]]:
    """Give a function that reads records as TeX prints them: keys, and texts, the authors one by one."""
    known = get_default_latex_context_db()
    # What pylatexenc lacks, or prints as a letter that only looks like it.
    lacking = {"textbraceleft": "{", "textbraceright": "}", "textasciicircum": "^"}
    macros = [MacroTextSpec(name, simplify_repl=char) for name, char in lacking.items()]
    known.add_context_category("lacking", prepend=True, macros=macros)
    decode = LatexDecodingMiddleware(decoder=LatexNodes2Text(latex_context=known, math_mode="verbatim"))

    def read(text: str) -> list[dict[str, Any]]:
        library = bibtexparser.parse_string(text, append_middleware=[SeparateCoAuthors()])
        assert not library.failed_blocks
        assert len(library.blocks) == len(library.entries)
        return [
            {"type": entry.entry_type, "key": entry.key} | {each.key: _printed(decode, each) for each in entry.fields}
            for entry in library.entries
        ]

    return read


def _printed(decode: LatexDecodingMiddleware, field: bibtexparser.model.Field) -> str | list[str]:
    """Give what a field prints; an address is printed as it stands."""
    if field.key == "url":
        return field.value
    if isinstance(field.value, list):
        return [decode._transform_python_value_string(name)[0] for name in field.value]
    return decode._transform_python_value_string(field.value)[0]


@pytest.fixture(scope="session")
def exporter(sample: DataFolder, manifest: Manifest) -> Exporter:
    """What makes exports of the sample archive, as its public address and a day have it."""
    searcher = open_searcher(sample.root)
    names = Names(manifest, searcher.volumes(), searcher.persons)
    captures = captured_pages(sample, manifest)
    return Exporter(searcher, names, "https://nianjian.example.org/a", date(2026, 11, 28), captures)


@pytest.fixture(scope="session")
def read_ids(read_bibtex: Callable[[str], list[dict[str, Any]]]) -> Mapping[str, Callable[[str], list[str]]]:
    """Give readers that are not ours, by format: each gives what an export calls its entries, in its order."""
    return {
        "csv": lambda text: [row["id"] for row in csv.DictReader(io.StringIO(text.removeprefix("\ufeff"), newline=""))],
        "jsonl": lambda text: [json.loads(line)["id"] for line in text.split("\n") if line],
        "ris": lambda text: [each["id"] for each in rispy.loads(text)],
        "bibtex": lambda text: [each["key"] for each in read_bibtex(text)],
        # It writes keys in small letters, and is given them as they are.
        "csl-json": lambda text: [
            each["id"] for each in json.loads(text) if each["id"].lower() in CiteProcJSON([each])
        ],
    }
