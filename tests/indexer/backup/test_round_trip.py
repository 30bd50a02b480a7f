"""What is backed up is restored, and nothing else: the same files, the same answers, by every way."""

import json
import os
import shutil
import subprocess
import tarfile
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from indexer.config import DataFolder
from indexer.files.contributors import read_contributors
from indexer.manifest import Manifest, manifest_of
from indexer.search.factory import open_generation
from indexer.stages.backup.contents import LIST, SUMS, Lacking
from indexer.stages.backup.making import back_up
from indexer.stages.backup.restoring import restore
from indexer.stages.importing import import_paths
from indexer.stages.pipeline import index_entries, parse_store
from indexer.stages.verifying import verify

Listing = Callable[[Path], dict[str, bytes]]
OWN = """\
[[site]]
id = "own"
title = "甲乙年鉴"
publisher = "甲乙出版社"
licence = "CC0-1.0"
layout = "eastday-cms"
[[site.volume]]
id = "O2002"
year = 2002
scope = ["http://nianjian.cangpu.example/node6000/node6002/"]
"""


@pytest.mark.parametrize("searches", [200])
def test_restored_archive_is_the_same(  # type: ignore[no-untyped-def]
    sample: DataFolder, kept: Path, tmp_path: Path, manifest: Manifest, answers, listing: Listing, searches: int
) -> None:
    """File by file, but for the ledger, which is as SQLite copies it; verify is clean, all searches are answered alike."""
    restore(tmp_path / "new", kept)
    before, after = listing(sample.root), listing(tmp_path / "new")
    del before["ledger.sqlite"], after["ledger.sqlite"]
    assert after == before
    assert not verify(DataFolder(tmp_path / "new"), manifest).has_losses
    assert answers(tmp_path / "new", searches) == answers(sample.root, searches)


def test_decisions_manifest_and_the_index_in_reserve_are_restored(
    tmp_path: Path, root: Path, run, listing: Listing
) -> None:  # type: ignore[no-untyped-def]
    """Of an archive of another yearbook with a manifest of its own; what is none of it is named."""
    data = DataFolder(tmp_path / "data")
    (tmp_path / "own.toml").write_text(OWN, "utf-8")
    own = manifest_of(data, tmp_path / "own.toml", may_change=True)
    import_paths(data, [root / "corpus" / "2002"], own.manifest, None)
    data.manifest.write_text(OWN, "utf-8")
    parse_store(data, own.manifest)
    index_entries(data)
    index_entries(data)
    page = own.manifest.volumes[0].scope[0] + "node6216/userobject1ai621601.html"
    data.forgotten.write_text(
        json.dumps({"url": page, "at": "2026-01-01T00:00:00.000000+00:00", "reason": "r", "undo": False, "also": []})
    )
    data.contributors.write_text('[[person]]\nname = "甲"\nforms = ["乙"]\n', "utf-8")
    data.reviewed.write_text("# none yet\n")
    (data.root / "notes.txt").write_text("mine")
    (data.warc / "other.arc").write_bytes(b"")
    found = back_up(data, tmp_path / "b.tar", "0.0")
    assert found.left_out == ("notes.txt", "warc/other.arc")
    restore(tmp_path / "new", tmp_path / "b.tar")
    new = DataFolder(tmp_path / "new")
    assert manifest_of(new, None).manifest.volumes[0].yearbook == own.manifest.volumes[0].yearbook
    assert read_contributors(new.contributors).persons == read_contributors(data.contributors).persons
    before, after = listing(data.root), listing(new.root)
    assert before.keys() - after.keys() == {"notes.txt", "warc/other.arc"}
    assert all(before[name] == text for name, text in after.items() if name != "ledger.sqlite")
    assert len([name for name in after if name.endswith("/manifest.json")]) == 2
    assert run(new.root, "rollback").returncode == 0


def test_tar_unpacks_it_and_sha256sum_checks_it(kept: Path, tmp_path: Path, manifest: Manifest) -> None:
    """Without this program; what comes out is a data folder."""
    if not shutil.which("tar") or not shutil.which("sha256sum"):
        pytest.skip("tar or sha256sum is absent")
    subprocess.run(["tar", "xf", str(kept)], cwd=tmp_path, check=True)
    checked = subprocess.run(["sha256sum", "--check", "--strict", "--quiet", SUMS], cwd=tmp_path, check=False)
    assert checked.returncode == 0
    with tarfile.open(kept) as tar:
        names = tar.getnames()
    assert (names[0], names[-1]) == (LIST, SUMS)
    assert not verify(DataFolder(tmp_path), manifest).has_losses


@pytest.mark.slow
def test_it_goes_through_a_pipe(sample: DataFolder, tmp_path: Path, run, listing: Listing) -> None:  # type: ignore[no-untyped-def]
    """From standard output to standard input; what is said stands beside it."""
    sent = run(sample.root, "backup", "-")
    assert (sent.returncode, b"standard output" in sent.stderr) == (0, True)
    got = run(tmp_path / "new", "restore", "-", given=sent.stdout)
    assert (got.returncode, got.stderr) == (0, b"")
    before, after = listing(sample.root), listing(tmp_path / "new")
    assert before.keys() == after.keys()
    cut = run(tmp_path / "cut", "restore", "-", given=sent.stdout[:-3000])
    assert cut.returncode == 2
    assert cut.stderr.decode().startswith("nianjian: standard input breaks off in ")
    assert list(tmp_path.iterdir()) == [tmp_path / "new"]


@pytest.mark.skipif(os.name != "posix", reason="has named pipes")
def test_a_named_pipe_is_written_to_and_read_from(sample: DataFolder, tmp_path: Path) -> None:
    """It is not replaced by a file."""
    os.mkfifo(tmp_path / "pipe")
    made = []
    writing = threading.Thread(target=lambda: made.append(back_up(sample, tmp_path / "pipe", "0.0")))
    writing.start()
    restore(tmp_path / "new", tmp_path / "pipe")
    writing.join(30)
    assert [each.is_checked for each in made] == [False]
    assert (tmp_path / "pipe").is_fifo()
    assert open_generation(tmp_path / "new").refused == ()


def test_names_of_all_kinds_and_sizes_above_8_gib_are_kept(tmp_path: Path, listing: Listing) -> None:
    """Long names, names that are no text, with spaces, backslashes and line ends."""
    warc = tmp_path / "data" / "warc"
    warc.mkdir(parents=True)
    names = ["年鉴 2002.warc.gz", "a\\b\nc\r.warc.gz", "x" * 200 + ".warc.gz", os.fsdecode(b"\xff\xfe.warc.gz")]
    for name in names:
        (warc / name).write_bytes(name.encode("utf-8", "surrogateescape") * 100)
    back_up(DataFolder(tmp_path / "data"), tmp_path / "b.tar", "0.0")
    restore(tmp_path / "new", tmp_path / "b.tar")
    assert listing(tmp_path / "new") == listing(tmp_path / "data")
    if shutil.which("sha256sum") and shutil.which("tar"):
        (tmp_path / "out").mkdir()
        subprocess.run(["tar", "xf", "../b.tar"], cwd=tmp_path / "out", check=True)
        subprocess.run(["sha256sum", "--check", "--strict", "--quiet", SUMS], cwd=tmp_path / "out", check=True)


def test_what_is_not_as_it_was_written_is_named_and_goes_along(sample: DataFolder, tmp_path: Path, run) -> None:  # type: ignore[no-untyped-def]
    """A WARC file that is shorter than the ledger knows, one that is gone, an index file that is damaged: exit code 1."""
    shutil.copytree(sample.root, tmp_path / "data")
    data = DataFolder(tmp_path / "data")
    (warc,) = data.warc.glob("*.warc.gz")
    os.truncate(warc, warc.stat().st_size - 100)
    folder = next(data.index.glob("gen-*"))
    (folder / "book.npy").write_bytes(b"x")
    made = run(data.root, "backup", str(tmp_path / "b.tar"))
    assert made.returncode == 1
    assert made.stderr.decode().count(f"warc/{warc.name}") == 1
    assert made.stderr.decode().count("/book.npy") == 1
    got = run(tmp_path / "new", "restore", str(tmp_path / "b.tar"))
    assert (got.returncode, got.stderr.decode().count(f"warc/{warc.name}")) == (1, 1)
    assert (tmp_path / "new" / "warc" / warc.name).read_bytes() == warc.read_bytes()
    warc.unlink()
    found = back_up(data, tmp_path / "b.tar", "0.0")
    assert Lacking(f"warc/{warc.name}", "gone") in found.lacking
    (data.index / "CURRENT").write_text("odd")
    found = back_up(data, tmp_path / "b.tar", "0.0")
    assert Lacking("index/CURRENT", "unpublished") in found.lacking
