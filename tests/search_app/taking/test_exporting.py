"""Exports: everything found or chosen, in every format, as others read it."""

import csv
import io
import json
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from random import Random
from typing import Any

import pytest
from asking import random_request
from flask.testing import FlaskClient

from indexer.config import DataFolder
from indexer.manifest import Manifest
from indexer.model import Entry
from indexer.search.query.tree import SORTS
from indexer.stages.provenance import PageCapture, Provenance, captured_pages, provenance
from search_app.shown.citing.bibtex import key
from search_app.shown.citing.gbt7714 import cite
from search_app.shown.exporting.columns import COLUMNS
from search_app.shown.exporting.exported import CHOSEN_MOST, Exported, Exporter, Foreign, occurrences_in
from search_app.shown.exporting.formats import FORMATS
from search_app.shown.links import SearchState
from search_app.shown.naming import Names
from search_app.shown.present import Gone
from search_app.shown.tables.csvlines import csv_lines

ReadIds = Mapping[str, Callable[[str], list[str]]]


def rows(text: str) -> list[dict[str, str]]:
    """Read a CSV file as Python's own module does."""
    return list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"), newline="")))


def unknown(_: str) -> None:
    """Say of an id that it never was an entry's."""


@pytest.mark.parametrize("sort", SORTS)
def test_random_searches_are_exported_whole(
    exporter: Exporter, expected: tuple[Entry, ...], rng: Random, read_ids: ReadIds, sort: str
) -> None:
    """Of 15: a record for each entry found, in the order of the hits, whichever format it is."""
    for _ in range(15):
        text, asked = random_request(expected, rng)
        state = SearchState(text, asked.filters, sort)
        ids = [each.id for each in exporter.searcher.entries(state.request()[0])]
        assert len(ids) == exporter.total(state)
        for name, read in read_ids.items():
            written = "".join(FORMATS[name].write(exporter.found(state)))
            assert read(written) == (list(map(key, ids)) if name == "bibtex" else ids), (name, text)
        for name in ("text", "gbt7714"):
            written = "".join(FORMATS[name].write(exporter.found(state)))
            assert written.count("[M/OL]//") == len(ids)


def test_occurrences_are_those_of_the_concordance(exporter: Exporter, expected: tuple[Entry, ...], rng: Random) -> None:
    """Of 60 random searches, in each entry found; and of an entry that is chosen, whether it is found or not."""
    for _ in range(60):
        text, asked = random_request(expected, rng)
        state = SearchState(text, asked.filters)
        lines = Counter(line.entry.id for line in exporter.searcher.occurrences(state.request()[0]))
        found = list(exporter.found(state))
        if state.request()[0].query is None:
            assert {each.occurrences for each in found} <= {None}
            continue
        assert {each.entry.id: each.occurrences for each in found if each.occurrences} == dict(lines), text
        chosen, _ = exporter.chosen([each.entry.id for each in found[:20]], state, unknown)
        assert chosen == tuple(found[:20])


def test_a_record_says_all_that_is_known(exporter: Exporter, sample: DataFolder, manifest: Manifest) -> None:
    """In JSON as it is printed; in a table each value in a cell."""
    state = SearchState("三方会议")
    entry = next(each.entry for each in exporter.found(state) if len(each.entry.authors) > 0 and each.occurrences)
    (taken,), foreign = exporter.chosen([entry.id], state, unknown)
    assert foreign == ()
    source = provenance(sample, manifest, entry.url)
    assert isinstance(source, Provenance)
    record = json.loads("".join(FORMATS["jsonl"].write([taken])))
    assert record == {
        "id": entry.id,
        "yearbook": entry.yearbook,
        "volume": entry.volume,
        "volume_title": exporter.names.title(entry.volume, entry.yearbook),
        "year": entry.year,
        "section": entry.section,
        "heading": entry.heading,
        "title": entry.title,
        "authors": list(entry.authors),
        "persons": exporter.names.persons(entry),
        "occurrences": occurrences_in(entry, state.request()[0].query),
        "address": f"https://nianjian.example.org/a/entry/{entry.id}",
        "url": entry.url,
        "captured": source.capture.fetched_at.isoformat().replace("+00:00", "Z"),
        "digest": source.capture.digest,
        "signature": entry.signature,
        "body": entry.body,
        "captions": list(entry.captions),
    }
    assert tuple(record) == COLUMNS
    (row,) = rows("".join(FORMATS["csv"].write([taken])))
    assert row == {
        name: " ".join(("; " if name != "captions" else " | ").join(value).split()) if isinstance(value, list)
        else " ".join(str(value).split())
        for name, value in record.items()
    }  # fmt: skip


def test_plain_text_is_to_be_read(make_entry: Callable[..., Entry], exporter: Exporter) -> None:
    """Title, place, citation, body, signature and captions; entries stand apart."""
    entries = [
        make_entry(
            "A-1-1",
            volume="乙",
            title="甲",
            heading="甲",
            section="",
            body="一\n二",
            signature="（某某）",
            captions=["图一"],
        ),
        make_entry("A-1-2", volume="丙", title="", heading="", body="三"),
    ]
    first, second = (exporter.one(each, None) for each in entries)
    assert "".join(FORMATS["text"].write([first, second])) == (
        f"甲\n乙 年鉴\n{cite(first.reference)}\n\n一\n二\n\n（某某）\n\n图一\n\n{'-' * 40}\n\n"
        f"（无题）\n丙 年鉴 › 信息与信访\n{cite(second.reference)}\n\n三\n"
    )


@pytest.mark.parametrize(
    ("name", "written"),
    [
        ("csv", "\ufeff" + ",".join(COLUMNS) + "\r\n"),
        ("jsonl", ""),
        ("text", ""),
        ("ris", ""),
        ("bibtex", ""),
        ("csl-json", "[]\n"),
        ("gbt7714", ""),
    ],
)
def test_exports_of_nothing_are_whole_files(name: str, written: str) -> None:
    """With headings, or an empty list."""
    assert "".join(FORMATS[name].write([])) == written


def test_formats_are_called_as_they_are_registered() -> None:
    """Those of the design, each with a kind and an ending."""
    assert list(FORMATS) == ["csv", "jsonl", "text", "ris", "bibtex", "csl-json", "gbt7714"]
    assert all(name == each.name and "/" in each.mimetype and each.ending.isalpha() for name, each in FORMATS.items())


def test_entries_are_read_as_they_are_asked_for(exporter: Exporter) -> None:
    """The first record is there before the second entry is looked at."""

    def entries() -> Any:
        yield from exporter.found(SearchState("工会"))
        raise AssertionError("all was read")

    for each in FORMATS.values():
        pieces = each.write(entries())
        assert [next(pieces) for _ in range(3)]


def test_chosen_entries_stand_in_the_order_chosen(exporter: Exporter, expected: tuple[Entry, ...], rng: Random) -> None:
    """Each once, without occurrences where nothing is sought; the search's filters and order do not count."""
    ids = [each.id for each in rng.sample(expected, 30)]
    state = SearchState("", SearchState().adding("year", "1990").filters, "year-desc")
    found, foreign = exporter.chosen([*ids, *ids[:3]], state, unknown)
    assert [each.entry.id for each in found] == ids
    assert {each.occurrences for each in found} == {None}
    assert foreign == ()


def test_foreign_ids_are_told(exporter: Exporter, expected: tuple[Entry, ...]) -> None:
    """One that never was, one whose text is gone, one whose text has another id, and one whose new id is gone, too."""
    here, other = expected[0].id, expected[1].id
    became = {"moved": Gone(other, "题"), "gone": Gone(None, "旧题"), "far": Gone("nowhere", "远")}
    found, foreign = exporter.chosen(["moved", "never", here, "gone", "far"], SearchState(), became.get)
    assert [each.entry.id for each in found] == [other, here]
    assert foreign == (
        Foreign("moved", Gone(other, "题")),
        Foreign("never", None),
        Foreign("gone", Gone(None, "旧题")),
        Foreign("far", Gone(None, "远")),
    )


def test_more_than_five_hundred_are_not_chosen(exporter: Exporter) -> None:
    """That many are."""
    ids = [str(number) for number in range(CHOSEN_MOST)]
    assert len(exporter.chosen(ids, SearchState(), unknown)[1]) == CHOSEN_MOST
    with pytest.raises(ValueError, match="501 ids are more than 500"):
        exporter.chosen([*ids, "one more"], SearchState(), unknown)


def test_captures_are_those_that_entries_are_made_from(sample: DataFolder, manifest: Manifest) -> None:
    """Of every page that the sample archive holds, as each is traced alone."""
    captures = captured_pages(sample, manifest)
    assert len(captures) > 50
    for url, captured in captures.items():
        source = provenance(sample, manifest, url)
        assert isinstance(source, Provenance)
        at = source.capture.fetched_at.strftime("%Y-%m-%dT%H:%M:%SZ")
        assert captured == PageCapture(at, source.capture.digest)


def test_without_a_public_address_the_page_on_the_site_is_cited(
    make_entry: Callable[..., Entry], exporter: Exporter
) -> None:
    """No address is made up."""
    local = replace(exporter, root="", names=Names(None, ()), day=date(2026, 1, 2))
    taken = local.one(make_entry(url="http://a.example/1.html"), None)
    assert (taken.address, taken.captured, taken.reference.url) == ("", None, "http://a.example/1.html")


def test_cells_are_formulas_in_no_spreadsheet(by_hand: Callable[[str, str], list[dict[str, Any]]]) -> None:
    """Those that people named come with an apostrophe, other texts as they are; white space is one space."""
    hidden = {"\u200b=1+1", "\u00a0=1+1"}  # whoever cleans them would make formulas of them
    cells = by_hand("cells.toml", "cell")
    read = list(csv.reader(io.StringIO("".join(csv_lines(["a"], ([cell["value"]] for cell in cells))), newline="")))[1:]
    for cell, (got,) in zip(cells, read, strict=True):
        text = " ".join(cell["value"].split())
        assert got == (f"'{text}" if cell["is_formula"] or cell["value"] in hidden else text), cell["why"]


@pytest.mark.parametrize("path", ["concordance?q=标题&", "trend?q=%3D1%2B1&"])
def test_tables_of_figures_and_lines_are_harmless_too(client: FlaskClient, path: str) -> None:
    """A query that is a formula, and texts that are, are no formulas in the table."""
    answer = client.get(f"/api/v1/{path}format=csv")
    assert answer.data.startswith(b"\xef\xbb\xbf")
    for row in csv.reader(io.StringIO(answer.text.removeprefix("\ufeff"), newline="")):
        assert not any(cell[:1] in set("=+@") or (cell[:1] == "-" and not cell[1:].isdecimal()) for cell in row)


def test_every_value_comes_back_from_lines_of_json(
    by_hand: Callable[[str, str], list[dict[str, Any]]], make_entry: Callable[..., Entry], exporter: Exporter
) -> None:
    """As printed, control characters and all."""
    values = [each["value"] for each in by_hand("bibtex.toml", "value")]
    taken: list[Exported] = [exporter.one(make_entry(title=each, body=each, authors=[each]), 0) for each in values]
    records = [json.loads(line) for line in "".join(FORMATS["jsonl"].write(taken)).split("\n") if line]
    assert [(each["title"], each["body"], each["authors"]) for each in records] == [(one, one, [one]) for one in values]
    table = rows("".join(FORMATS["csv"].write(taken)))
    assert [each["body"].removeprefix("'") for each in table] == [" ".join(one.split()) for one in values]
