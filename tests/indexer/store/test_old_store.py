"""A store made by the first version goes on working, with the same entry ids."""

import shutil
import sqlite3
from pathlib import Path

import pytest

from indexer.config import DataFolder
from indexer.files.entrystore import read_entries
from indexer.manifest import Manifest
from indexer.stages.importing import import_paths, page_store
from indexer.stages.pipeline import parse_store

FIRST = """
CREATE TABLE captures (
    url TEXT NOT NULL, fetched_at TEXT NOT NULL, status INTEGER NOT NULL, content_type TEXT NOT NULL,
    digest TEXT NOT NULL, length INTEGER NOT NULL, kind TEXT NOT NULL, source TEXT NOT NULL,
    file TEXT NOT NULL, offset INTEGER NOT NULL,
    PRIMARY KEY (file, offset)
) WITHOUT ROWID;
CREATE INDEX captures_by_url ON captures (url, digest);
CREATE TABLE files (name TEXT PRIMARY KEY, length INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE frontier (
    url TEXT PRIMARY KEY, volume TEXT NOT NULL, found_on TEXT NOT NULL, state TEXT NOT NULL,
    tries INTEGER NOT NULL DEFAULT 0, reason TEXT NOT NULL DEFAULT '', etag TEXT NOT NULL DEFAULT '',
    modified TEXT NOT NULL DEFAULT '', seen_at TEXT NOT NULL DEFAULT ''
) WITHOUT ROWID;
INSERT INTO frontier (url, volume, found_on, state) VALUES ('http://h.example/工.html', 'L1', '', 'pending');
"""


@pytest.fixture
def old(tmp_path: Path, sample: DataFolder) -> DataFolder:
    """The sample's store with a ledger of version 1."""
    data = DataFolder(tmp_path / "old")
    shutil.copytree(sample.warc, data.warc, ignore=shutil.ignore_patterns(".lock"))
    db = sqlite3.connect(data.ledger)
    db.executescript(FIRST)
    for c in page_store(sample).captures():
        row = (c.url, c.fetched_at.isoformat(), c.status, c.content_type, c.digest, c.length, c.kind, c.source)
        db.execute(f"INSERT INTO captures VALUES ({', '.join('?' * 10)})", (*row, c.file, c.offset))
    for path in data.warc.glob("*.gz"):
        db.execute("INSERT INTO files VALUES (?, ?)", (path.name, path.stat().st_size))
    db.commit()
    db.close()
    return data


def test_store_of_the_first_version_gives_the_same_entries(
    old: DataFolder, sample: DataFolder, manifest: Manifest, root: Path
) -> None:
    """Read as it is, then written to: same ids, nothing stored twice, the frontier's URLs canonical."""
    parse_store(old, manifest)
    assert [entry.id for entry in read_entries(old.entries)] == [entry.id for entry in read_entries(sample.entries)]
    assert old.entries.read_bytes() == sample.entries.read_bytes()
    assert sqlite3.connect(old.ledger).execute("PRAGMA user_version").fetchone() == (0,), "reading has written"
    assert import_paths(old, [root / "corpus"], manifest, None).added == 0
    store = page_store(old, manifest)
    with store.ledger() as ledger:
        assert ledger.rows("SELECT url FROM frontier") == [("http://h.example/%E5%B7%A5.html",)]
        assert ledger.losses() == []
    assert store.survey().lasting == ()
    assert store.rebuild().lost == ()
    assert parse_store(old, manifest).lost == ()
    assert old.entries.read_bytes() == sample.entries.read_bytes()
