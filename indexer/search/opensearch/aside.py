"""Keeps the files of suggestions in the cluster, beside the generation that they are of, and brings them to a machine.

They are answered from memory-mapped arrays, as in the embedded engine: a reader who types waits for no network.
"""

import base64
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

import msgspec
import numpy as np

from indexer.errors import IndexUnavailable, StaleIndex, told
from indexer.search.arrays import npyfile
from indexer.search.arrays.mapping import map_file
from indexer.search.opensearch.connection import LONG_S, Cluster, Gone
from indexer.search.suggesting.suggestfiles import file_names
from indexer.search.suggesting.suggestindex import SuggestIndex

ASIDE = "-aside"
"""What is appended to a generation's name for the index that keeps its files."""
_VALUES, _TITLES, _STARTS = "values.json", "titles.txt", "title-starts"
"""Each facet's values, by which suggestions name authors, sections and yearbooks; the titles of all entries."""
_PART, _AT_ONCE = 2 << 20, 8
"""Bytes of a file in one document, and documents in one request: less than a cluster takes."""
_BODY = {
    "settings": {"index": {"number_of_shards": 1, "number_of_replicas": 0}},
    "mappings": {
        "dynamic": "strict",
        "properties": {
            "name": {"type": "keyword", "index": False, "doc_values": False},
            "part": {"type": "keyword", "index": False, "doc_values": False},
        },
    },
}


def store(
    cluster: Cluster, index: str, folder: Path, values: Mapping[str, Sequence[str]], titles: Sequence[str]
) -> int:
    """Store the files of suggestions that lie in a folder, beside a generation; return in how many parts.

    `values` holds each facet's values in order, `titles` the titles of all entries by number.
    """
    encoded = [title.encode() for title in titles]
    (folder / _VALUES).write_bytes(msgspec.json.encode(values))
    (folder / _TITLES).write_bytes(b"".join(encoded) + b"\n")
    npyfile.save(folder, _STARTS, np.cumsum([0, *map(len, encoded)]), "<u8")
    parts = [
        {"name": name, "part": base64.b64encode(content[start : start + _PART]).decode()}
        for name in _names()
        for content in [(folder / name).read_bytes()]
        for start in range(0, len(content), _PART)
    ]
    cluster.create(index + ASIDE, _BODY)
    for first in range(0, len(parts), _AT_ONCE):
        some = enumerate(parts[first : first + _AT_ONCE], first)
        lines = "".join(f'{{"index": {{"_id": "{at}"}}}}\n{json.dumps(part)}\n' for at, part in some)
        answer = cluster.ask("POST", f"/{index}{ASIDE}/_bulk", lines, limit_s=LONG_S)
        if answer["errors"]:
            raise IndexUnavailable("cluster-busy", address=cluster.address, reason=f"{index}{ASIDE}")
    cluster.ask("POST", f"/{index}{ASIDE}/_refresh", limit_s=LONG_S)
    return len(parts)


class Aside:
    """The files of one generation, on this machine while it is open."""

    def __init__(self, cluster: Cluster, index: str, parts: int) -> None:
        """Bring the files here.

        Raises `StaleIndex` if they are not all there, or make no sense.
        """
        with TemporaryDirectory(prefix="nianjian-") as kept:
            folder = Path(kept)
            try:
                for at in range(parts):
                    found = cluster.ask("GET", f"/{index}{ASIDE}/_doc/{at}", limit_s=LONG_S)["_source"]
                    if found["name"] not in _names():
                        raise ValueError(found["name"])
                    with (folder / found["name"]).open("ab") as file:
                        file.write(base64.b64decode(found["part"], validate=True))
                # Files that are mapped are read as long as somebody maps them, though nothing names them any more.
                self.suggestions = SuggestIndex(folder)
                values: dict[str, list[str]] = msgspec.json.decode(
                    (folder / _VALUES).read_bytes(), type=dict[str, list[str]]
                )
                self.values = values
                self._titles = map_file(folder / _TITLES)
                self._starts = npyfile.load(folder, _STARTS, "<u8")
            except (Gone, OSError, LookupError, ValueError, TypeError) as error:
                reason = f"{index}{ASIDE}: {told(error)}"[:200]
                raise StaleIndex("cluster-answer-odd", address=cluster.address, reason=reason) from error

    def title(self, number: int) -> str:
        """Return the title of the entry with a number."""
        start, end = self._starts[number : number + 2].tolist()
        return self._titles[start:end].decode()


def _names() -> tuple[str, ...]:
    return (*file_names(), _VALUES, _TITLES, f"{_STARTS}.npy")
