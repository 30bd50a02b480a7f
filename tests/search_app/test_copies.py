"""Several machines answer from copies of one archive: README's lines bring a new generation to each without a wrong answer."""

import json
import re
import shutil
import subprocess
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from urllib.parse import quote
from urllib.request import urlopen

import pytest
from served import served

from indexer.config import DataFolder
from indexer.model import Entry
from indexer.search.factory import open_builder

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(shutil.which("rsync") is None, reason="rsync is absent: apt-get install rsync"),
]
PATH = "/api/v1/search?size=100&sort=book&q=" + quote("工会")


@pytest.fixture
def bring(root: Path, tmp_path: Path) -> Callable[[str], None]:
    """Give a function that copies the archive to a machine, by the lines that README gives, here to a folder."""
    readme = (root / "README.md").read_text("utf-8")
    (block,) = re.findall(r"```sh\n((?:rsync .*\n)+)```", readme)

    def copy(machine: str) -> None:
        for line in block.replace("reader1:", f"{tmp_path}/{machine}/").splitlines():
            subprocess.run(["sh", "-c", line.partition("  #")[0]], cwd=tmp_path, check=True)

    return copy


def test_copies_answer_while_new_generations_are_brought(
    tmp_path: Path,
    make_entry: Callable[..., Entry],
    serve: Callable[[DataFolder], list[str]],
    bring: Callable[[str], None],
) -> None:
    """Every answer is whole and of one generation, whichever of two machines is asked; in the end both have the last."""
    origin = tmp_path / "nianjian-data"
    origin.mkdir()
    known: dict[str, list[str]] = {}

    def build(number: int) -> None:
        ids = [f"2001-{number}-{at}" for at in range(1, 30 + number)]
        with open_builder(origin) as builder:
            for at, each in enumerate(ids, 1):
                builder.add(make_entry(each, body="工会办事。", position=at))
        known[(origin / "index" / "CURRENT").read_text().strip()] = ids

    build(0)
    wrong: list[str] = []
    over = threading.Event()

    def ask(address: str) -> None:
        while not over.is_set():
            with urlopen(address + PATH[1:], timeout=20) as answer:
                found = json.load(answer)
            ids = [hit["id"] for hit in found["hits"]]
            if ids != known[found["generation"]]:
                wrong.append(f"{found['generation']}: {len(ids)}")

    with ExitStack() as stack:
        addresses = []
        for machine in ("one", "two"):
            (tmp_path / machine).mkdir()
            bring(machine)
            data = DataFolder(tmp_path / machine / "nianjian-data")
            addresses.append(stack.enter_context(served([*serve(data), "--workers", "1"], tmp_path)))
        readers = [threading.Thread(target=ask, args=(each,)) for each in addresses * 2]
        for each in readers:
            each.start()
        for number in (1, 2, 3):
            build(number)
            for machine in ("one", "two"):
                bring(machine)
        last = list(known)[-1]
        until = _soon(lambda: all(json.load(urlopen(each + PATH[1:]))["generation"] == last for each in addresses))
        over.set()
        for each in readers:
            each.join()
    assert until, "two generations may be named within one second"
    assert wrong == []
    assert len(list((tmp_path / "one" / "nianjian-data" / "index").glob("gen-*"))) <= len(known)


def _soon(holds: Callable[[], bool]) -> bool:
    return any(holds() for _ in _pauses())


def _pauses() -> Iterator[None]:
    for _ in range(100):
        yield
        threading.Event().wait(0.1)
