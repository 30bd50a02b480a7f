"""Citations by GB/T 7714—2015."""

import tomllib
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indexer.manifest import Manifest, Site
from indexer.model import Entry, Volume
from indexer.search.shown.results import VolumeCount
from search_app.shown.citing.gbt7714 import _locale, _rendered, cite
from search_app.shown.citing.reference import Reference, reference
from search_app.shown.naming import Names

BY_HAND = tomllib.loads((Path(__file__).parent / "citations.toml").read_text("utf-8"))["case"]
"""Entries, what is known of their volumes, and how somebody who had not seen the program cites them."""
TEXT = st.text(st.sampled_from("工会 王芳A.b,;:!?？。“”《》\"'<&>[]/\ue000\ue001\ue005"), max_size=8).map(
    lambda text: " ".join(text.split())
)
REFERENCES = st.builds(
    Reference,
    id=st.just("2002-1-1"),
    title=TEXT,
    authors=st.lists(TEXT.filter(bool), max_size=6).map(tuple),
    section=TEXT,
    yearbook=TEXT,
    year=st.sampled_from((0, 2002)),
    editor=TEXT,
    publisher=TEXT,
    place=TEXT,
    printed=st.sampled_from((0, 2003)),
    isbn=TEXT,
    url=TEXT,
    accessed=st.dates(date(2020, 1, 1), date(2030, 12, 31)),
)


@settings(max_examples=150, deadline=None)
@given(REFERENCES)
def test_a_line_is_what_the_processor_writes(cited: Reference) -> None:
    """However titles, names and addresses begin and end, and whatever characters are in them."""
    assert cite(cited) == _rendered(cited, _locale(cited))


def cited(case: dict[str, Any]) -> Reference:
    """Return what a citation says of a case's entry."""
    known = {name: case[name] for name in ("editor", "publisher", "place", "printed", "isbn")}
    year, yearbook = case["year"], case["yearbook"]
    volume = Volume(
        "v", f"{yearbook} {year}", year, year - 1, yearbook, licence="", layout="", seeds=(), scope=(), **known
    )
    own = {name: case[name] for name in ("id", "title", "heading", "section")}
    entry = Entry(
        **own,
        volume="v",
        year=year,
        authors=tuple(case["authors"]),
        signature="",
        body="",
        captions=(),
        url="http://site.example/1.html",
        position=1,
        yearbook=yearbook,
    )
    names = Names(
        Manifest(
            (
                Site(
                    "s",
                    yearbook,
                    (volume,),
                    live=False,
                    contact="",
                    delay=1,
                    timeout=1,
                    allow_private=False,
                    sections={},
                ),
            )
        ),
        (VolumeCount(yearbook, "v", year, 1),),
    )
    return reference(entry, names, "https://nianjian.example.org", case["accessed"])


@pytest.mark.parametrize("case", BY_HAND, ids=[case["what"] for case in BY_HAND])
def test_an_entry_is_cited_as_by_hand(case: dict[str, Any]) -> None:
    """No author or several, organisations, Latin names, chronicles, what is unknown left out, odd titles."""
    assert cite(cited(case)) == case["line"]
