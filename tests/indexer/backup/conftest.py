"""A backup of the sample archive, and what is compared of two archives."""

import io
import json
import os
import random
import re
import subprocess
import sys
import tarfile
from collections.abc import Callable, Iterator
from hashlib import sha256
from pathlib import Path

import pytest

from indexer import SearchRequest, open_searcher, parse_query
from indexer.config import DataFolder
from indexer.files.entrystore import read_entries
from indexer.stages.backup.contents import LIST, SUMS, encode_sums
from indexer.stages.backup.making import back_up

COMMAND = [sys.executable, "-c", "from search_app.cli import main; main()"]
Run = Callable[..., "subprocess.CompletedProcess[bytes]"]
Answers = Callable[[Path, int], list[object]]


@pytest.fixture(scope="session")
def kept(sample: DataFolder, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A backup of the sample archive; not to be changed."""
    target = tmp_path_factory.mktemp("kept") / "kept.tar"
    back_up(sample, target, "0.0")
    return target


@pytest.fixture(scope="session")
def run() -> Run:
    """Give a function that runs `nianjian` with a data folder, in a process of its own."""

    def call(
        data: Path, *args: str, given: bytes = b"", before: Callable[[], object] | None = None
    ) -> "subprocess.CompletedProcess[bytes]":
        return subprocess.run(
            [*COMMAND, "--data", str(data), *args],
            input=given,
            capture_output=True,
            check=False,
            timeout=120,
            preexec_fn=before,
            env=os.environ | {"PYTHONDONTWRITEBYTECODE": "1"},
        )

    return call


@pytest.fixture(scope="session")
def answers(sample: DataFolder, seed: str) -> Answers:
    """Give a function that answers so many random searches from an archive, the same ones each time."""
    text = "".join(entry.body for entry in read_entries(sample.entries))
    text = re.sub(r"[^\u4e00-\u9fff]", "", text)

    def ask(folder: Path, count: int) -> list[object]:
        draws = random.Random(seed)
        found: list[object] = []
        with open_searcher(folder) as searcher:
            for _ in range(count):
                start = draws.randrange(len(text) - 9)
                query = text[start : start + draws.randint(1, 8)]
                node, _ = parse_query(query if draws.random() < 0.5 else f'"{query}"')
                found.append(searcher.search(SearchRequest(node)))
        return found

    return ask


@pytest.fixture
def listing() -> Callable[[Path], dict[str, bytes]]:
    """Give a function that reads all files of a folder but locks, by name."""

    def read(folder: Path) -> dict[str, bytes]:
        return {
            path.relative_to(folder).as_posix(): path.read_bytes()
            for path in sorted(folder.rglob("*"))
            if path.is_file() and path.name != ".lock"
        }

    return read


@pytest.fixture
def unlocked(tmp_path: Path) -> Iterator[Path]:
    """A folder whose permissions may be taken away."""
    yield tmp_path
    for path in [tmp_path, *tmp_path.rglob("*")]:
        if not path.is_symlink():
            path.chmod(0o755 if path.is_dir() else 0o644)


@pytest.fixture(scope="session")
def forge() -> Callable[..., bytes]:
    """Give a function that writes a backup as somebody who means harm does.

    Files are given as name, bytes and the size that the list claims; `members` as a header and bytes, in their place.
    """

    def make(
        files: list[tuple[str, bytes, int]],
        members: list[tuple[tarfile.TarInfo, bytes]] | None = None,
        /,
        **changed: object,
    ) -> bytes:
        listed: dict[str, object] = {"format": 1, "version": "0.0", "made": "", "generation": ""}
        listed["files"] = [(name, size) for name, _, size in files]
        contents = [(LIST, json.dumps(listed | changed).encode())]
        if members is None:
            contents += [(name, text) for name, text, _ in files]
        out = io.BytesIO()
        with tarfile.open(fileobj=out, mode="w", format=tarfile.GNU_FORMAT) as tar:
            for name, text in contents:
                info = tarfile.TarInfo(name)
                info.size = len(text)
                tar.addfile(info, io.BytesIO(text))
            for info, text in members or ():
                tar.addfile(info, io.BytesIO(text))
                contents.append((info.name, text))
            sums = encode_sums({name: sha256(text).hexdigest() for name, text in contents})
            info = tarfile.TarInfo(SUMS)
            info.size = len(sums)
            tar.addfile(info, io.BytesIO(sums))
        return out.getvalue()

    return make
