"""Defines where files are in a data folder, and limits that apply everywhere."""

from dataclasses import dataclass
from pathlib import Path

MAX_PAGE_BYTES = 8 * 1024 * 1024
"""Larger pages, in bytes, are reported and not parsed: the archive's largest known page is under 100 KB, and an HTML
tree takes about 30 times the bytes in memory."""
MAX_TAGS = 100_000
"""Pages with more tags are reported and not parsed: the archive's largest has some thousand, and each takes 1 kB."""


@dataclass(frozen=True, slots=True)
class DataFolder:
    """The paths in one data folder (`--data`)."""

    root: Path

    @property
    def warc(self) -> Path:
        """Folder of WARC files, the only copy of what the site sent."""
        return self.root / "warc"

    @property
    def ledger(self) -> Path:
        """The capture ledger and the crawl's frontier (SQLite)."""
        return self.root / "ledger.sqlite"

    @property
    def entries(self) -> Path:
        """The parsed entries, one JSON object per line."""
        return self.root / "entries.jsonl"

    @property
    def problems(self) -> Path:
        """The parser's problems, one JSON object per line."""
        return self.root / "problems.jsonl"

    @property
    def pages(self) -> Path:
        """The report on each parsed page, one JSON object per line."""
        return self.root / "pages.jsonl"

    @property
    def manifest(self) -> Path:
        """The archive's own copy of its manifest, if it was made with one of its own."""
        return self.root / "manifest.toml"

    @property
    def forgotten(self) -> Path:
        """Pages that people took out of the archive, one decision per line."""
        return self.root / "forgotten.jsonl"

    @property
    def reviewed(self) -> Path:
        """Problems that people have looked at and ticked off, one TOML table each."""
        return self.root / "reviewed.toml"

    @property
    def contributors(self) -> Path:
        """Who the printed names of contributors are, as people have decided, one TOML table a person."""
        return self.root / "contributors.toml"

    @property
    def ids(self) -> Path:
        """What each entry's id has meant, and since when, one change per line."""
        return self.root / "ids.jsonl"

    @property
    def index(self) -> Path:
        """Folder of index generations."""
        return self.root / "index"
