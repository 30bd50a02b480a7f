"""The frontier: which URLs of a crawl are asked for, done or refused, and why; knows no network.

It lives in the ledger's file, so that a page and what follows from it are entered in one transaction.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

from indexer.store.ledger import Ledger

Statement = tuple[str, tuple[object, ...]]
"""SQL with its values, to be run in a transaction of the caller's."""

PENDING, DONE, FAILED, REFUSED = "pending", "done", "failed", "refused"
"""To be asked; stored; did not answer as a page (asked again by the next crawl); must not or need not be asked."""


@dataclass(frozen=True, slots=True)
class Target:
    """A URL to ask for."""

    url: str
    volume: str
    tries: int
    etag: str
    modified: str
    seen_at: str
    """Time of the last answer, ISO 8601; empty when it was never asked."""
    found_on: str
    """URL of the page that led to it; empty for a seed."""

    @property
    def is_shown(self) -> bool:
        """Whether it is no page, but a picture or style sheet that a page shows."""
        return self.found_on.startswith(SHOWN)


class Frontier:
    """The URLs of all crawls of one data folder."""

    def __init__(self, ledger: Ledger) -> None:
        """Use an open ledger."""
        self._ledger = ledger

    def begin(self, seeds: Iterable[tuple[str, str]], *, refresh: bool) -> None:
        """Start a run: enter seeds (URL, volume), and ask again for what failed, or for everything."""
        with self._ledger.transaction() as db:
            for statement, values in found(seeds, ""):
                db.execute(statement, values)
            again = (FAILED, REFUSED, DONE) if refresh else (FAILED,)
            marks = ", ".join("?" * len(again))
            db.execute(f"UPDATE frontier SET state = ?, tries = 0 WHERE state IN ({marks})", (PENDING, *again))

    def ask_again(self, urls: Iterable[str]) -> None:
        """Ask again for pages that can no longer be read, without conditions: an answer must bring their bytes."""
        statement = "UPDATE frontier SET state = ?, tries = 0, etag = '', modified = '' WHERE url = ?"
        self.apply((statement, (PENDING, url)) for url in list(urls))

    def next(self, volumes: Iterable[str]) -> Target | None:
        """Give the next URL to ask for, index pages (seeds and what they lead to) in the order they were found."""
        marks, wanted = _marks(volumes)
        with self._ledger.transaction() as db:
            row = db.execute(
                "SELECT url, volume, tries, etag, modified, seen_at, found_on FROM frontier "
                f"WHERE state = ? AND volume IN ({marks}) ORDER BY tries, found_on, url LIMIT 1",
                (PENDING, *wanted),
            ).fetchone()
        return Target(*row) if row else None

    def counts(self, volumes: Iterable[str]) -> dict[str, int]:
        """Give the number of URLs of some volumes by state."""
        marks, wanted = _marks(volumes)
        select = f"SELECT state, count(*) FROM frontier WHERE volume IN ({marks}) GROUP BY state"
        return dict(self._ledger.rows(select, *wanted))

    def problems(self, volumes: Iterable[str]) -> list[tuple[str, str, str, str]]:
        """Give volume, URL, state and reason of every URL of some volumes that is not stored, by volume and URL."""
        marks, wanted = _marks(volumes)
        return self._ledger.rows(
            "SELECT volume, url, state, reason FROM frontier "
            f"WHERE state IN ('failed', 'refused') AND volume IN ({marks}) ORDER BY volume, url",
            *wanted,
        )

    def apply(self, statements: Iterable[Statement]) -> None:
        """Run statements in one transaction."""
        with self._ledger.transaction() as db:
            for statement, values in statements:
                db.execute(statement, values)


SHOWN = "shown on "
"""How the place begins on which a picture or style sheet was found."""


def found(urls: Iterable[tuple[str, str]], on: str) -> list[Statement]:
    """Enter URLs (with their volume) found on a page; those known already stay as they are."""
    insert = "INSERT OR IGNORE INTO frontier (url, volume, found_on, state) VALUES (?, ?, ?, ?)"
    return [(insert, (url, volume, on, PENDING)) for url, volume in urls]


def done(url: str, etag: str = "", modified: str = "") -> Statement:
    """Note that a URL is stored."""
    statement = (
        "UPDATE frontier SET state = ?, reason = '', tries = 0, etag = ?, modified = ?, seen_at = ? WHERE url = ?"
    )
    return statement, (DONE, etag, modified, _now(), url)


def failed(url: str, reason: str, *, again: bool) -> Statement:
    """Note that a URL did not answer as a page; with `again` it is asked once more in this run."""
    statement = "UPDATE frontier SET state = ?, reason = ?, tries = tries + 1, seen_at = ? WHERE url = ?"
    return statement, (PENDING if again else FAILED, reason, _now(), url)


def refused(url: str, reason: str) -> Statement:
    """Note that a URL must not or need not be asked."""
    return "UPDATE frontier SET state = ?, reason = ?, seen_at = ? WHERE url = ?", (REFUSED, reason, _now(), url)


def _marks(volumes: Iterable[str]) -> tuple[str, tuple[str, ...]]:
    """Give the place-holders and the values of a condition on volumes."""
    wanted = tuple(volumes)
    return ", ".join("?" * len(wanted)), wanted


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
