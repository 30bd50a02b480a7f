"""Whole pages against their right answers: the sample archive, fresh pages, the seed where it is at hand."""

import json
import re
from datetime import UTC, datetime
from pathlib import Path

import pytest
from one_page import parse_page

from indexer.config import DataFolder
from indexer.files.entrystore import read_entries
from indexer.manifest import Manifest
from indexer.model import Entry, Page

FRESH = sorted((Path(__file__).parent / "fresh").glob("*.json"))
SEED = Path(__file__).parents[4] / "shared" / "seed"


def test_sample_archive_parses_to_its_right_answer(sample: DataFolder, expected: tuple[Entry, ...]) -> None:
    """No difference in any field of any entry."""
    assert sorted(read_entries(sample.entries), key=lambda e: e.id) == sorted(expected, key=lambda e: e.id)


def test_sample_archive_has_just_the_problems_planted(sample: DataFolder) -> None:
    """Each is one of LAYOUTS' odd pages."""
    found = [json.loads(line) for line in sample.problems.read_text("utf-8").splitlines()]
    assert [(Path(each["url"]).stem, each["code"]) for each in found] == [
        ("userobject1ai620602", "unbalanced-title-bracket"),
        ("userobject1ai621601", "text-after-signature"),
        ("userobject1ai621601", "two-signatures"),
        ("userobject1ai631401", "no-hyphen-row"),
        ("userobject1ai631501", "undecodable-byte"),
        ("userobject1ai641501", "next-page-missing"),
    ]


@pytest.mark.parametrize("answer", FRESH, ids=lambda path: path.stem)
def test_pages_written_without_knowledge_of_the_parser(answer: Path, manifest: Manifest) -> None:
    """Twelve pages by an author who had read the layouts' description alone."""
    wanted = json.loads(answer.read_text("utf-8"))
    body = answer.with_suffix(".html").read_bytes()
    page = Page(wanted["url"], datetime(2006, 1, 1, tzinfo=UTC), 200, "text/html", body)
    parsed = parse_page(page, manifest.volumes)
    fields = ("title", "heading", "year", "section", "authors", "signature", "body", "captions")
    got = [{name: bare(entry.to_record()[name]) for name in fields} for entry in parsed.entries]
    # The author wrote null for a year that nothing tells; our record says 0.
    assert got == [
        {name: bare(entry[name] or (0 if name == "year" else entry[name])) for name in fields}
        for entry in wanted["entries"]
    ]
    assert sorted({found.code for found in parsed.problems}) == sorted(wanted["problems"])


@pytest.mark.skipif(not SEED.is_dir(), reason="../shared/seed (one real page) is not beside this checkout")
def test_seed_page_gives_its_six_entries(manifest: Manifest) -> None:
    """Titles, authors, year, section, body starts, ends and lengths."""
    wanted = json.loads((SEED / "expected.json").read_text("utf-8"))
    (file,) = SEED.glob("site/**/*.html")
    page = Page(wanted["url"], datetime(2006, 1, 1, tzinfo=UTC), 200, "text/html", file.read_bytes())
    parsed = parse_page(page, manifest.volumes)
    assert parsed.problems == ()
    assert [
        {
            "title": entry.title,
            "authors": list(entry.authors),
            "body_starts": entry.body[: len(want["body_starts"])],
            "body_ends": entry.body[-len(want["body_ends"]) :],
            "chars": len(entry.body),
        }
        for entry, want in zip(parsed.entries, wanted["entries"], strict=True)
    ] == wanted["entries"]
    assert {(entry.year, entry.section) for entry in parsed.entries} == {(wanted["year"], wanted["section"])}


def bare(value: object) -> object:
    """Leave white space out of strings."""
    if isinstance(value, list):
        return [bare(each) for each in value]
    return re.sub(r"\s", "", value) if isinstance(value, str) else value
