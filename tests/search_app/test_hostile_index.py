"""An index folder that somebody else made runs nothing here, whatever is asked of it."""

import json
import os
import pickle
import shutil
import socket
import struct
import subprocess
import sys
import time
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from urllib.request import urlopen

import numpy as np
import pytest
from click.testing import CliRunner, Result

from indexer.config import DataFolder
from indexer.errors import StaleIndex
from indexer.stages.deciding import forget_page
from indexer.stages.pipeline import index_entries
from search_app import create_app
from search_app.cli import cli

SHOWN = "S2001-610201-1"


class Hostile:
    """What makes a folder when it is unpickled."""

    def __init__(self, made: Path) -> None:
        self.made = made

    def __reduce__(self) -> tuple[object, tuple[str]]:
        return os.mkdir, (str(self.made),)


def in_contents(folder: Path, evil: bytes) -> None:
    """As Whoosh's table of contents: the segments in it are a pickle, and the schema is one."""
    file = folder / "_MAIN_1.toc"
    content = file.read_bytes()
    start = content.index(b"\x80\x02")
    file.write_bytes(content[: start - 2] + bytes([len(evil) & 0x7F | 0x80, len(evil) >> 7]) + evil + evil)


def in_words(folder: Path, evil: bytes) -> None:
    """As the notes at the end of Whoosh's file of words."""
    file = folder / "MAIN_1.trm"
    content = file.read_bytes()
    (size,) = struct.unpack(">i", content[-4:])
    file.write_bytes(content[: -4 - size] + evil + struct.pack(">i", len(evil)))


def in_array(folder: Path, evil: bytes) -> None:
    """As an array of Python's objects."""
    with (folder / "text.npy").open("wb") as file:
        header = {"descr": "|O", "fortran_order": False, "shape": (1,)}
        np.lib.format.write_array_header_1_0(file, header)
        file.write(evil)


WAYS = (in_contents, in_words, in_array)


@pytest.fixture
def made(tmp_path: Path) -> Path:
    """The folder that is there when something was run."""
    return tmp_path / "made"


@pytest.fixture
def hostile(tmp_path: Path, sample: DataFolder, made: Path) -> Callable[..., DataFolder]:
    """Give a function that makes a copy of the sample archive with a hostile index, whose digests are right."""

    def make(*ways: Callable[[Path, bytes], None]) -> DataFolder:
        data = DataFolder(tmp_path / "data")
        shutil.copytree(sample.root, data.root)
        (folder,) = data.index.glob("gen-*")
        manifest = json.loads((folder / "manifest.json").read_bytes())
        for way in ways:
            way(folder, pickle.dumps(Hostile(made)))
        for name in manifest["files"]:
            manifest["files"][name] = sha256((folder / name).read_bytes()).hexdigest()
        (folder / "manifest.json").write_text(json.dumps(manifest), "utf-8")
        return data

    return make


def call(data: DataFolder, *args: str) -> Result:
    """Run a command in this process, where what it runs would be seen."""
    return CliRunner().invoke(cli, ["--data", str(data.root), *args])


def test_the_pickles_are_hostile(made: Path) -> None:
    """Unpickled, they do what they are for; else nothing here would show anything."""
    pickle.loads(pickle.dumps(Hostile(made)))
    assert made.exists()


@pytest.mark.parametrize("way", [in_contents, in_words])
def test_whoosh_itself_would_run_them(
    way: Callable[[Path, bytes], None], hostile: Callable[..., DataFolder], made: Path
) -> None:
    """They stand where Whoosh reads them."""
    (folder,) = hostile(way).index.glob("gen-*")
    code = "import sys, whoosh.index; whoosh.index.open_dir(sys.argv[1]).reader().all_terms()"
    done = subprocess.run([sys.executable, "-W", "ignore", "-c", code, str(folder)], capture_output=True, check=False)
    assert (done.returncode, made.exists()) == (1, True)


@pytest.mark.slow
def test_pickles_that_whoosh_would_read_run_nothing_and_change_no_answer(
    hostile: Callable[..., DataFolder], sample: DataFolder, made: Path
) -> None:
    """At every command and page, and in the processes of a server."""
    data = hostile(in_contents, in_words)
    for args in (
        ["search", "工会", "--json"],
        ["show", SHOWN],
        ["status"],
        ["verify"],
        ["search", "工会", "--explain"],
    ):
        asked, right = call(data, *args), call(sample, *args)
        assert (asked.exit_code, asked.stdout) == (0, right.stdout.replace(str(sample.root), str(data.root))), args
    client = create_app(data.root).test_client()
    for path in ("/", "/?q=工会", f"/entry/{SHOWN}", "/healthz", "/facet/author"):
        assert client.get(path).status_code == 200, path
    assert served(data)["entries"] == 289
    assert not made.exists()


def test_array_of_objects_is_refused_by_name_and_runs_nothing(hostile: Callable[..., DataFolder], made: Path) -> None:
    """At every command and page."""
    data = hostile(in_array)
    for args in (["search", "工会"], ["show", SHOWN], ["serve"]):
        error = call(data, *args).exception
        assert isinstance(error, StaleIndex)
        assert "nianjian index" in str(error)
    assert "text" in call(data, "status").stdout
    assert call(data, "verify").exit_code == 0  # the entries, which it compares, are as they should be
    client = create_app(data.root).test_client()
    assert (client.get("/").status_code, client.get("/healthz").status_code) == (503, 503)
    assert not made.exists()


def test_hostile_index_is_built_over_and_forgotten_from_without_running_it(
    hostile: Callable[..., DataFolder], made: Path, manifest: object
) -> None:
    """What only reads entries of it runs nothing either."""
    from indexer.files.entrystore import read_entries

    data = hostile(*WAYS)
    page = next(read_entries(data.entries)).url
    forget_page(data, manifest, page, "", undo=False)  # type: ignore[arg-type]
    index_entries(data)
    assert call(data, "search", "工会").exit_code == 0
    assert not made.exists()


def served(data: DataFolder) -> dict[str, object]:
    """Serve a data folder in processes of its own, as users do; give what it says of itself."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-c", "from search_app.cli import main; main()", "--data", str(data.root)]
    server = subprocess.Popen([*command, "serve", "--port", str(port)], stdout=subprocess.DEVNULL)
    try:
        for _ in range(150):
            try:
                return dict(json.load(urlopen(f"http://127.0.0.1:{port}/healthz", timeout=5)))
            except OSError:
                time.sleep(0.2)
    finally:
        server.terminate()
        server.wait(20)
    raise AssertionError("the server did not answer")
