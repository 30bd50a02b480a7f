"""The frontier: which URLs of a crawl are waiting, done, failed or refused, and why.

It is kept in the ledger's file, so that a page and what follows from it are recorded in one transaction.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

from indexer.store.ledger import Ledger

Statement = tuple[str, tuple[object, ...]]
"""SQL with its values, to be run in the caller's transaction."""

PENDING, DONE, FAILED, REFUSED = "pending", "done", "failed", "refused"
"""Waiting; stored; did not answer with a page (the next crawl asks again); must not or need not be asked for."""


def answered(status: int) -> str:
    """Return the reason to record for a URL that answered with a status other than a page's."""
    return f"status {status}"


_GONE = (answered(404), answered(410))
"""Answers saying that the site has no such page: they are reported, but do not count as missing."""


@dataclass(frozen=True, slots=True)
class Target:
    """A URL to ask for."""

    url: str
    volume: str
    tries: int
    etag: str
    modified: str
    seen_at: str
    """Time of the last answer, ISO 8601; empty if it was never asked for."""
    found_on: str
    """URL of the page that led to it; empty for a seed."""

    @property
    def is_shown(self) -> bool:
        """Whether it is a picture or style sheet that a page shows, rather than a page."""
        return self.found_on.startswith(SHOWN)


@dataclass(frozen=True, slots=True)
class Unstored:
    """A URL for which nothing is stored."""

    volume: str
    url: str
    state: str
    reason: str
    moved_to: str
    """URL to which it redirects as the same page; empty if it does not."""
    found_on: str

    @property
    def is_shown(self) -> bool:
        """Whether it is a picture or style sheet that a page shows, rather than a page."""
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
        """Start a run: add seeds (URL, volume id), and ask again for what failed or, with `refresh`, for everything."""
        with self._ledger.transaction() as db:
            for statement, values in found(seeds, ""):
                db.execute(statement, values)
            again = (FAILED, REFUSED, DONE) if refresh else (FAILED,)
            marks = ", ".join("?" * len(again))
            db.execute(f"UPDATE frontier SET state = ?, tries = 0 WHERE state IN ({marks})", (PENDING, *again))

    def ask_again(self, urls: Iterable[str]) -> None:
        """Ask again for pages that can no longer be read, without conditions, so that the answer brings their bytes."""
        statement = "UPDATE frontier SET state = ?, tries = 0, etag = '', modified = '' WHERE url = ?"
        self.apply((statement, (PENDING, url)) for url in list(urls))

    def next(self, volumes: Iterable[str]) -> Target | None:
        """Return the next URL to ask for in these volumes, seeds and what they lead to first; None if none waits."""
        marks, wanted = _marks(volumes)
        with self._ledger.transaction() as db:
            row = db.execute(
                "SELECT url, volume, tries, etag, modified, seen_at, found_on FROM frontier "
                f"WHERE state = ? AND volume IN ({marks}) ORDER BY tries, found_on, url LIMIT 1",
                (PENDING, *wanted),
            ).fetchone()
        return Target(*row) if row else None

    def counts(self, volumes: Iterable[str]) -> dict[str, int]:
        """Return the number of URLs in each state, for some volumes."""
        marks, wanted = _marks(volumes)
        select = f"SELECT state, count(*) FROM frontier WHERE volume IN ({marks}) GROUP BY state"
        return dict(self._ledger.rows(select, *wanted))

    def unstored(self, volumes: Iterable[str]) -> list[Unstored]:
        """Return every URL of some volumes that failed or was refused, ordered by volume and URL."""
        marks, wanted = _marks(volumes)
        rows = self._ledger.rows(
            "SELECT volume, url, state, reason, moved_to, found_on FROM frontier "
            f"WHERE state IN ('failed', 'refused') AND volume IN ({marks}) ORDER BY volume, url",
            *wanted,
        )
        return [Unstored(*row) for row in rows]

    def found_on(self, url: str) -> str | None:
        """Return where a URL was found; None if it is unknown."""
        rows = self._ledger.rows("SELECT found_on FROM frontier WHERE url = ?", url)
        return str(rows[0][0]) if rows else None

    def leads(self, url: str) -> set[str]:
        """Return a URL and all those that it redirects to in turn, as far as they are known."""
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
"""How `found_on` begins for a picture or style sheet; the page's URL follows."""


def found(urls: Iterable[tuple[str, str]], on: str) -> list[Statement]:
    """Return statements that add URLs (with volume ids) found on a page; known ones stay unchanged."""
    insert = "INSERT OR IGNORE INTO frontier (url, volume, found_on, state) VALUES (?, ?, ?, ?)"
    return [(insert, (url, volume, on, PENDING)) for url, volume in urls]


def done(url: str, etag: str = "", modified: str = "") -> Statement:
    """Return a statement that marks a URL as stored."""
    statement = (
        "UPDATE frontier SET state = ?, reason = '', moved_to = '', tries = 0, etag = ?, modified = ?, seen_at = ? "
        "WHERE url = ?"
    )
    return statement, (DONE, etag, modified, _now(), url)


def failed(url: str, reason: str, *, again: bool = False) -> Statement:
    """Return a statement that marks a URL as failed; with `again` it is asked for once more in this run."""
    return _not_stored(PENDING if again else FAILED, url, reason)


def refused(url: str, reason: str) -> Statement:
    """Return a statement that marks a URL as one that must not or need not be asked for."""
    return _not_stored(REFUSED, url, reason)


def moved(url: str, to: str, *, for_good: bool) -> Statement:
    """Return a statement that marks a URL as redirected; unless `for_good`, the next crawl asks for it again."""
    return _not_stored(REFUSED if for_good else FAILED, url, f"redirects to {to}", to)


def _not_stored(state: str, url: str, reason: str, moved_to: str = "") -> Statement:
    statement = "UPDATE frontier SET state = ?, reason = ?, moved_to = ?, tries = tries + 1, seen_at = ? WHERE url = ?"
    return statement, (state, reason, moved_to, _now(), url)


def _marks(volumes: Iterable[str]) -> tuple[str, tuple[str, ...]]:
    """Return the placeholders and values of an SQL condition on volumes."""
    wanted = tuple(volumes)
    return ", ".join("?" * len(wanted)), wanted


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
