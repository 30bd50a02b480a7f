"""What the tests of all that is taken away share: a reference to vary, and readers of other people's."""

import json
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import bibtexparser
import pytest
from bibtexparser.middlewares import LatexDecodingMiddleware, SeparateCoAuthors
from pylatexenc.latex2text import LatexNodes2Text, MacroTextSpec, get_default_latex_context_db

from search_app.shown.citing.reference import Reference

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
def lines_of() -> Callable[[str], list[Mapping[str, Any]]]:
    """Give a function that reads JSON lines."""
    return lambda text: [json.loads(line) for line in text.split("\n") if line]
