"""A ledger in any state is named or mended; what it says wrongly destroys nothing."""

import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from indexer.errors import StoreError
from indexer.store.held import Held
from indexer.store.pagestore import PageStore
from indexer.warc.records import Fetched

Make = Callable[..., Fetched]


@pytest.fixture
def filled(store: PageStore, fetched: Make) -> PageStore:
    """A store of five pages."""
    with store.writing() as writer:
        for number in range(5):
            writer.add(fetched(f"http://a.example/{number}", b"<p>%d" % number))
    return store


def say(store: PageStore, *statements: str) -> None:
    """Write into the ledger behind the store's back."""
    with sqlite3.connect(store.ledger_path) as db:
        for statement in statements:
            db.execute(statement)
    db.close()


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE captures SET fetched_at = 'soon'",
        "UPDATE captures SET fetched_at = '2006-05-01T00:00:00'",
        "UPDATE captures SET fetched_at = '2006-05-01T00:00:00.5+00:00'",
        "UPDATE captures SET page = x'ff00'",
        "UPDATE captures SET page = 'http://[x'",
        "UPDATE captures SET end = 9e999",
        "UPDATE captures SET offset = 'x' WHERE offset = (SELECT min(offset) FROM captures)",
        "UPDATE captures SET file = '../ledger.sqlite'",
        "UPDATE captures SET digest = 'x'",
        "UPDATE files SET length = -5",
        "UPDATE files SET length = 'long'",
        "UPDATE files SET length = 9e999",
        "UPDATE files SET length = length + 99",
        "INSERT INTO files VALUES ('../ledger.sqlite', 5)",
        "INSERT INTO writing VALUES ('nianjian-00001.warc.gz', 'x')",
        "INSERT INTO writing VALUES ('../ledger.sqlite', 0)",
        "INSERT INTO writing VALUES ('nianjian-00001.warc.gz', 0)",
        "INSERT INTO losses VALUES ('nianjian-00001.warc.gz', 0, 9, '', x'ff', 'never', '', '', '')",
        "DROP TABLE files",
        "DROP TABLE captures",
        "PRAGMA user_version = 99",
        "PRAGMA user_version = 1",
    ],
)
def test_garbage_in_the_ledger_is_named_or_harmless_and_mended(
    filled: PageStore, fetched: Make, statement: str
) -> None:
    """Reading gives every page or one clear line; after rebuilding all is there, and no file was touched."""
    (file,) = filled.files()
    before = file.read_bytes()
    say(filled, statement)
    said = []
    for read in (lambda: list(filled.pages()), filled.losses, filled.survey):
        try:
            read()
        except StoreError as error:
            said.append(str(error))
    assert [each for each in said if "rebuild-ledger" not in each] == []
    filled.rebuild()
    assert file.read_bytes() == before
    assert len([each for each in filled.pages() if isinstance(each, Held)]) == 5
    with filled.writing() as writer:
        writer.add(fetched("http://a.example/new", b"<p>new"))
    assert file.read_bytes().startswith(before)
    assert filled.survey().differences == ()


@pytest.mark.parametrize("suffix", ["", "-wal", "-shm", "-journal"])
def test_folder_in_the_ledgers_place_is_moved_aside_with_what_is_in_it(filled: PageStore, suffix: str) -> None:
    """Nothing is deleted; the ledger is there again."""
    place = Path(f"{filled.ledger_path}{suffix}")
    place.unlink(missing_ok=True)
    place.mkdir()
    (place / "precious.txt").write_text("kept")
    if not suffix:
        with pytest.raises(StoreError, match="rebuild-ledger"):
            filled.captures()
    filled.rebuild()
    assert len(filled.captures()) == 5
    (kept,) = filled.ledger_path.parent.rglob("precious.txt")
    assert kept.read_text() == "kept"


@pytest.mark.parametrize("at", [0, 100, 4096, 8192])
def test_damaged_ledger_is_moved_aside_and_made_again(filled: PageStore, at: int) -> None:
    """Garbage at its start or in the middle; the damaged one stays beside it."""
    content = filled.ledger_path.read_bytes()
    filled.ledger_path.write_bytes(content[:at] + b"garbage" * 200 + content[at + 1400 :])
    filled.rebuild()
    assert len(filled.captures()) == 5
    assert filled.losses() == []


def test_rebuilding_keeps_the_frontier_of_a_crawl(filled: PageStore) -> None:
    """What is still to be asked is known by the ledger alone."""
    say(filled, "INSERT INTO frontier (url, volume, found_on, state) VALUES ('http://a.example/x', 'v', '', 'pending')")
    filled.rebuild()
    with filled.ledger() as ledger:
        assert ledger.rows("SELECT url, state FROM frontier") == [("http://a.example/x", "pending")]


def test_ledger_of_the_second_version_has_its_redirects_asked_again(filled: PageStore) -> None:
    """It did not know which were for good; the rest of its frontier stays as it is."""
    insert = "INSERT INTO frontier (url, volume, found_on, state, reason) VALUES ('http://a.example/{}', 'v', '', {})"
    say(
        filled,
        "ALTER TABLE frontier DROP COLUMN moved_to",
        insert.format("a", "'refused', 'redirects to http://a.example/c'"),
        insert.format("b", "'refused', 'robots.txt forbids it'"),
        "PRAGMA user_version = 2",
    )
    with filled.writing(), filled.ledger() as ledger:
        assert ledger.rows("SELECT url, state, moved_to FROM frontier") == [
            ("http://a.example/a", "failed", ""),
            ("http://a.example/b", "refused", ""),
        ]
    assert len(filled.captures()) == 5


def test_link_that_leads_nowhere_is_named_and_not_read(filled: PageStore) -> None:
    """In the folder of WARC files, as a folder there is."""
    (filled.folder / "broken.warc.gz").symlink_to(filled.folder / "nothing")
    (filled.folder / "folder.warc.gz").mkdir()
    assert len(list(filled.pages())) == 5
    assert [path.name for path in filled.strangers()] == ["broken.warc.gz", "folder.warc.gz"]
    assert len(filled.survey().differences) == 2
