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


def answered(status: int) -> str:
    """Give the reason of a URL that answered with a status that brings no page."""
    return f"status {status}"


_GONE = (answered(404), answered(410))
"""Answers that the site has no such page: told, but nothing that could be held is missing."""


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


@dataclass(frozen=True, slots=True)
class Unstored:
    """A URL of which nothing is stored."""

    volume: str
    url: str
    state: str
    reason: str
    moved_to: str
    """URL to which it sends its readers, being the same page; empty for one that stands for itself."""
    found_on: str

    @property
    def is_shown(self) -> bool:
        """Whether it is no page, but a picture or style sheet that a page shows."""
        return self.found_on.startswith(SHOWN)

    @property
    def is_gone(self) -> bool:
        """Whether the site says that it has no such page."""
        return self.reason in _GONE


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

    def unstored(self, volumes: Iterable[str]) -> list[Unstored]:
        """Give every URL of some volumes that was asked for, or was not to be, and is not stored; by volume and URL."""
        marks, wanted = _marks(volumes)
        rows = self._ledger.rows(
            "SELECT volume, url, state, reason, moved_to, found_on FROM frontier "
            f"WHERE state IN ('failed', 'refused') AND volume IN ({marks}) ORDER BY volume, url",
            *wanted,
        )
        return [Unstored(*row) for row in rows]

    def found_on(self, url: str) -> str | None:
        """Give the place where a URL was found; None for one that is not known."""
        rows = self._ledger.rows("SELECT found_on FROM frontier WHERE url = ?", url)
        return str(rows[0][0]) if rows else None

    def leads(self, url: str) -> set[str]:
        """Give a URL, and those that it sends readers to in the end, as far as that is known."""
        found: set[str] = set()
        while url and url not in found:
            found.add(url)
            rows = self._ledger.rows("SELECT moved_to FROM frontier WHERE url = ?", url)
            url = str(rows[0][0]) if rows else ""
        return found

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
        "UPDATE frontier SET state = ?, reason = '', moved_to = '', tries = 0, etag = ?, modified = ?, seen_at = ? "
        "WHERE url = ?"
    )
    return statement, (DONE, etag, modified, _now(), url)


def failed(url: str, reason: str, *, again: bool = False) -> Statement:
    """Note that a URL did not answer as a page; with `again` it is asked once more in this run."""
    return _not_stored(PENDING if again else FAILED, url, reason)


def refused(url: str, reason: str) -> Statement:
    """Note that a URL must not or need not be asked."""
    return _not_stored(REFUSED, url, reason)


def moved(url: str, to: str, *, for_good: bool) -> Statement:
    """Note that a URL is another one of a page; unless `for_good`, the next crawl asks for it again."""
    return _not_stored(REFUSED if for_good else FAILED, url, f"redirects to {to}", to)


def _not_stored(state: str, url: str, reason: str, moved_to: str = "") -> Statement:
    statement = "UPDATE frontier SET state = ?, reason = ?, moved_to = ?, tries = tries + 1, seen_at = ? WHERE url = ?"
    return statement, (state, reason, moved_to, _now(), url)


def _marks(volumes: Iterable[str]) -> tuple[str, tuple[str, ...]]:
    """Give the place-holders and the values of a condition on volumes."""
    wanted = tuple(volumes)
    return ", ".join("?" * len(wanted)), wanted


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
