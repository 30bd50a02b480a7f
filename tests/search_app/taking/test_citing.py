"""Citations and records for reference managers: equal to lines written by hand, and whole when others read them."""

import warnings
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
import rispy
from citeproc import Citation, CitationItem, CitationStylesBibliography, CitationStylesStyle, formatter
from citeproc.source.json import CiteProcJSON
from hypothesis import given, settings
from hypothesis import strategies as st

from indexer.manifest import Manifest
from indexer.model import Entry
from search_app.shown.citing.bibtex import bibtex, key
from search_app.shown.citing.csljson import csl_item
from search_app.shown.citing.gbt7714 import cite
from search_app.shown.citing.reference import Reference, reference
from search_app.shown.citing.ris import ris
from search_app.shown.naming import Names

ROOT = "https://nianjian.example.org"
Refer = Callable[..., Reference]
ByHand = Callable[[str, str], list[dict[str, Any]]]
ReadBibtex = Callable[[str], list[dict[str, Any]]]
texts = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=60).map(
    lambda text: " ".join(text.split())
)
"""Any text on one line."""
marked = st.lists(st.sampled_from([*"\\{}%#$&_~^\"'`-,;=@<>!?. a工", "ER  - ", "@book{", " and "]), max_size=12).map(
    lambda parts: " ".join("".join(parts).split())
)
"""Texts of what means something to TeX, BibTeX and RIS."""
lines = (texts | marked).filter(bool)


@pytest.fixture(scope="module")
def style() -> CitationStylesStyle:
    """A style that is not ours."""
    return CitationStylesStyle("apa", validate=False)


def described(case: dict[str, Any], manifest: Manifest) -> Names:
    """Give the names of an archive whose one volume is as a case describes it."""
    printed = {name: case[name] for name in ("year", "yearbook", "editor", "publisher", "place", "printed", "isbn")}
    volume = replace(manifest.volumes[0], id="v", **printed)
    return Names(Manifest((replace(manifest.sites[0], volumes=(volume,)),)), ())


def test_thirty_entries_are_cited_as_by_hand(
    by_hand: ByHand, make_entry: Callable[..., Entry], manifest: Manifest
) -> None:
    """Lines that a person wrote by the standard before any program did."""
    cases = by_hand("citations.toml", "case")
    assert len(cases) == 30
    for case in cases:
        names = ("year", "section", "heading", "title", "yearbook")
        entry = make_entry(case["id"], **{name: case[name] for name in names}, volume="v", authors=case["authors"])
        assert cite(reference(entry, described(case, manifest), ROOT, case["accessed"])) == case["line"], case["what"]


@given(title=lines, authors=st.lists(lines, max_size=4))
def test_any_title_and_names_stand_in_the_citation(referring: Refer, title: str, authors: list[str]) -> None:
    """As they are printed, up to the third author."""
    line = cite(referring(title=title, authors=tuple(authors)))
    assert line.startswith("".join(f"{name}, " for name in authors[:3])[:-2])
    assert title in line


@given(title=lines, authors=st.lists(lines, max_size=4), section=lines, place=lines)
def test_bibtex_comes_back_whole(
    referring: Refer, read_bibtex: ReadBibtex, title: str, authors: list[str], section: str, place: str
) -> None:
    """Any title, names, section and place, read by bibtexparser as TeX prints them; names are not parted."""
    cited = referring(title=title, authors=tuple(authors), section=section, place=place)
    (record,) = read_bibtex(bibtex(cited))
    assert (record["title"], record["keywords"], record["address"]) == (title, section, place)
    assert record.get("author", []) == authors


@given(title=lines, authors=st.lists(lines, max_size=4), section=lines, place=lines)
def test_ris_comes_back_whole(referring: Refer, title: str, authors: list[str], section: str, place: str) -> None:
    """Any title, names, section and place, read by rispy; a record is one record."""
    (record,) = rispy.loads(ris(referring(title=title, authors=tuple(authors), section=section, place=place)))
    assert (record["title"], record["keywords"], record["place_published"]) == (title, [section], place)
    assert record.get("authors", []) == authors


def test_values_that_break_careless_writers_come_back_whole(
    by_hand: ByHand, read_bibtex: ReadBibtex, make_entry: Callable[..., Entry]
) -> None:
    """Each in one record, in one field; white space as one space."""
    for value in by_hand("bibtex.toml", "value"):
        text = " ".join(value["value"].split())
        entry = make_entry(title=value["value"], authors=[value["value"]])
        cited = reference(entry, Names(None, ()), ROOT, date(2026, 11, 28))
        (read,) = read_bibtex(bibtex(cited))
        assert (read["title"], read["author"]) == (text, [text])
        (read,) = rispy.loads(ris(cited))
        assert (read["title"], read["authors"]) == (text, [text])
        assert csl_item(cited)["title"] == text


def test_records_say_all_that_is_known(referring: Refer, read_bibtex: ReadBibtex) -> None:
    """Of a chapter in a book, with editor, place, publisher, printed year, ISBN, day, language and section."""
    (read,) = read_bibtex(bibtex(referring()))
    common = {"title": "家政培训帮助下岗女工再就业", "publisher": "某出版社", "year": "2003"}
    assert read == common | {
        "type": "incollection",
        "key": "2002-1268100-4",
        "author": ["葛芳", "王 芳"],
        "booktitle": "沧浦工会年鉴: 2002",
        "editor": ["沧浦市总工会"],
        "address": "沧浦",
        "isbn": "978-7-9999-0001-6",
        "url": "https://nianjian.example.org/entry/2002-1268100-4",
        "urldate": "2026-11-28",
        "language": "chinese",
        "keywords": "就业服务",
    }
    (record,) = rispy.loads(ris(referring()))
    assert record == common | {
        "type_of_reference": "CHAP",
        "id": "2002-1268100-4",
        "authors": ["葛芳", "王 芳"],
        "secondary_title": "沧浦工会年鉴: 2002",
        "secondary_authors": ["沧浦市总工会"],
        "place_published": "沧浦",
        "issn": "978-7-9999-0001-6",
        "urls": ["https://nianjian.example.org/entry/2002-1268100-4"],
        "access_date": "2026/11/28/",
        "language": "zh-CN",
        "keywords": ["就业服务"],
    }


def test_what_is_unknown_is_left_out(referring: Refer, read_bibtex: ReadBibtex) -> None:
    """No empty field, and no year 0."""
    cited = referring(authors=(), section="", editor="", publisher="", place="", printed=0, isbn="")
    (record,) = read_bibtex(bibtex(cited))
    assert set(record) == {"type", "key", "title", "booktitle", "url", "urldate", "language"}
    (record,) = rispy.loads(ris(cited))
    assert set(record) == {
        "type_of_reference", "id", "title", "secondary_title", "urls", "access_date", "language"
    }  # fmt: skip


def test_addresses_are_one_line(make_entry: Callable[..., Entry]) -> None:
    """Whatever an archive of somebody's own has for one: a line of a citation would end there."""
    cited = reference(make_entry(url="http://a.example/x\r\ny"), Names(None, ()), "", date(2026, 11, 28))
    assert cited.url == "http://a.example/x y"
    assert rispy.loads(ris(cited))[0]["urls"] == [cited.url]


def test_addresses_with_marks_are_one_address(referring: Refer, read_bibtex: ReadBibtex) -> None:
    """A semicolon parts addresses in RIS, a brace ends a field in BibTeX."""
    cited = referring(url="http://a.example/x;y?b={%E5}")
    assert rispy.loads(ris(cited))[0]["urls"] == ["http://a.example/x%3By?b={%E5}"]
    assert read_bibtex(bibtex(cited))[0]["url"] == "http://a.example/x;y?b=%7B%E5%7D"


@given(st.lists(st.from_regex(r"[\w.~@-]{1,20}", fullmatch=True), unique=True, max_size=30))
def test_keys_are_as_different_as_ids(ids: list[str]) -> None:
    """Made of what may stand in a citation of TeX's."""
    assert len(set(map(key, ids))) == len(ids)
    assert all(each.isascii() and not set(each) & set("{}\\%#~, ") for each in map(key, ids))


@settings(max_examples=20)
@given(title=lines, authors=st.lists(lines, max_size=4))
def test_csl_json_is_read_by_a_citation_processor(
    style: CitationStylesStyle, referring: Refer, title: str, authors: list[str]
) -> None:
    """Without a warning of a key or a kind that it does not know."""
    item = csl_item(replace(referring(), title=title, authors=tuple(authors)))
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        source = CiteProcJSON([item])
    bibliography = CitationStylesBibliography(style, source, formatter.plain)
    bibliography.register(Citation([CitationItem(item["id"])]))
    assert len(bibliography.bibliography()) == 1
