"""Keeps an archive in a cluster, with one copy of everything, and serves it; its right answers are the embedded engine's."""

import json
import os
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode

from asked import Answer, ask, kept
from forked import nianjian
from kept import archives, indexes, remove_archives
from nodes import Cluster
from processes import Server, soon

from indexer.config import DataFolder
from indexer.files.entrystore import write_entries
from indexer.model import Entry
from indexer.search.factory import ENGINE, ENGINES, open_builder
from search_app import create_app

_TEXTS = (
    "工会",
    "职工代表大会",
    '"再就业"',
    "劳动 竞赛",
    "信访 -来信",
    "女职工 或 维权",
    '"职工?议"',
    "工会 NEAR/5 主席",
    "深人",
    "",
)
"""What is asked: words, strings, NOT, OR, a wildcard, NEAR, a look-alike, everything."""
_SORTS = ("year-asc", "year-desc", "book")
"""Orders that are the same in every engine."""


def questions() -> list[str]:
    """Give addresses of searches."""
    asked = [(text, _SORTS[at % len(_SORTS)]) for at, text in enumerate(_TEXTS)]
    return [
        "/api/v1/search?" + urlencode({"q": text, "sort": sort, "size": 20} | more)
        for text, sort in asked
        for more in ({}, {"year": "2002"}, {"page": 2})
    ]


def answers(entries: Sequence[Entry], folder: Path) -> dict[str, str]:
    """Give the right answers, which are the embedded engine's."""
    with open_builder(folder) as builder:
        for entry in entries:
            builder.add(entry)
    client = create_app(folder).test_client()
    found = {}
    for path in questions():
        given = client.get(path)
        found[path] = kept(Answer(given.status_code, "", given.text))
    return found


@dataclass
class Held:
    """An archive in a cluster, with a server."""

    data: DataFolder
    settings: dict[str, str]
    server: Server
    cluster: Cluster
    archive: str
    """Its name in the cluster."""
    known: dict[str, str]
    """Right answers."""

    def ready(self) -> int:
        """Give the status by which the server says whether readers may be sent."""
        return ask(self.server.port, "/readyz").status

    def wrong(self) -> list[str]:
        """Ask every question; give what is answered otherwise than it should be."""
        given = {path: ask(self.server.port, path) for path in self.known}
        return [
            f"{path}: {each.status} {each.content[:300]}"
            for path, each in given.items()
            if each.status != 200 or kept(each) != self.known[path]
        ]

    def wrong_still(self, seconds: float = 30) -> list[str]:
        """Give what is still answered otherwise when servers have had time to see what was published."""
        until = time.monotonic() + seconds
        while (found := self.wrong()) and time.monotonic() < until:
            time.sleep(0.5)
        return found

    def generation(self) -> str:
        """Give the name of the generation that answers."""
        found: str = json.loads(ask(self.server.port, "/readyz").content).get("generation", "")
        return found

    def generations(self) -> set[str]:
        """Give the generations of which anything is in the cluster."""
        found = indexes(frozenset({self.archive}), self.settings["NIANJIAN_OPENSEARCH_URL"])
        return {"-".join(each.removeprefix(f"{self.archive}-").split("-")[:2]) for each in found}


@contextmanager
def holding(cluster: Cluster, entries: Sequence[Entry], folder: Path) -> Iterator[Held]:
    """Keep entries in a cluster, and serve them, while the block runs."""
    data = DataFolder(folder / "data")
    data.root.mkdir()
    settings = {
        ENGINE: ENGINES[1],
        "NIANJIAN_OPENSEARCH_URL": " ".join(node.address for node in cluster.nodes),
        "NIANJIAN_OPENSEARCH_SHARDS": "3",
        "NIANJIAN_OPENSEARCH_REPLICAS": "1",
    }
    write_entries(data.entries, entries)
    built = nianjian("--data", data.root, "index", env=os.environ | settings)
    assert built.returncode == 0, built.stderr
    server = Server(folder, data.root, "serve", "--workers", "2", **settings)
    try:
        assert soon(server.answers, 30), server.log.read_text()
        (archive,) = archives(data.root)
        held = Held(data, settings, server, cluster, archive, answers(entries, folder / "embedded"))
        assert soon(lambda: held.ready() == 200, 30), server.log.read_text()
        yield held
    finally:
        server.process.terminate()
        server.process.wait(30)
        remove_archives(archives(data.root), settings["NIANJIAN_OPENSEARCH_URL"])
