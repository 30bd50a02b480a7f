"""Keeps the files of suggestions in the cluster, beside the generation that they are of, and brings them to a machine.

They are answered from memory-mapped arrays, as in the embedded engine: a reader who types waits for no network.
"""

import base64
from collections.abc import Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

import msgspec

from indexer.errors import StaleIndex, told
from indexer.search.opensearch.connection import LONG_S, Cluster, Gone
from indexer.search.suggesting.suggestfiles import file_names
from indexer.search.suggesting.suggestindex import SuggestIndex

ASIDE = "-aside"
"""What is appended to a generation's name for the index that keeps its files."""
_VALUES = "values.json"
"""Each facet's values, by which suggestions name authors, sections and yearbooks."""
_PART = 6 << 20
"""Bytes of a file in one document: less than a cluster takes in one request."""
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


def store(cluster: Cluster, index: str, folder: Path, values: Mapping[str, Sequence[str]]) -> int:
    """Store the files of a folder beside a generation; return in how many parts."""
    (folder / _VALUES).write_bytes(msgspec.json.encode(values))
    cluster.ask("PUT", f"/{index}{ASIDE}", _BODY, limit_s=LONG_S, again=False)
    parts = 0
    for name in (*file_names(), _VALUES):
        content = (folder / name).read_bytes()
        for start in range(0, len(content), _PART):
            part = base64.b64encode(content[start : start + _PART]).decode()
            cluster.ask("PUT", f"/{index}{ASIDE}/_doc/{parts}", {"name": name, "part": part}, limit_s=LONG_S)
            parts += 1
    cluster.ask("POST", f"/{index}{ASIDE}/_refresh", limit_s=LONG_S)
    return parts


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
                    if found["name"] not in (*file_names(), _VALUES):
                        raise ValueError(found["name"])
                    with (folder / found["name"]).open("ab") as file:
                        file.write(base64.b64decode(found["part"], validate=True))
                # Files that are mapped are read as long as somebody maps them, though nothing names them any more.
                self.suggestions = SuggestIndex(folder)
                read: dict[str, list[str]] = msgspec.json.decode(
                    (folder / _VALUES).read_bytes(), type=dict[str, list[str]]
                )
                self.values = read
            except (Gone, OSError, LookupError, ValueError, TypeError) as error:
                reason = told(error)
                raise StaleIndex(
                    "cluster-answer-odd", address=cluster.address, reason=f"{index}{ASIDE}: {reason}"
                ) from error
