"""A small index, whole, and what may be asked of it."""

import json
from collections.abc import Callable, Iterable
from hashlib import sha256
from pathlib import Path

import pytest

from indexer.model import Entry
from indexer.search.factory import open_builder, published_generation

Publish = Callable[..., Path]


@pytest.fixture
def publish(tmp_path: Path) -> Publish:
    """Give a function that publishes a generation of entries in the test's folder, and gives its folder."""

    def build(entries: Iterable[Entry], data: Path = tmp_path) -> Path:
        with open_builder(data) as builder:
            for entry in entries:
                builder.add(entry)
        return data / "index" / published_generation(data)

    return build


@pytest.fixture
def reseal() -> Callable[[Path], None]:
    """Give a function that makes a generation's manifest say that its files are right as they are."""

    def seal(folder: Path) -> None:
        manifest = json.loads((folder / "manifest.json").read_bytes())
        for name in manifest["files"]:
            manifest["files"][name] = sha256((folder / name).read_bytes()).hexdigest()
        (folder / "manifest.json").write_text(json.dumps(manifest), "utf-8")

    return seal
