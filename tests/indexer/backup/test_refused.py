"""What cannot be done is said in one line, and leaves everything as it was: exit code 2."""

import ctypes
import os
import resource
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from filelock import FileLock

from indexer.config import DataFolder
from indexer.errors import ConfigError, YearbookError
from indexer.search.factory import open_generation
from indexer.stages.backup.making import back_up
from indexer.stages.backup.restoring import restore


def heed_permissions() -> None:
    """Give up root's right to read and write everywhere, where there is one (capabilities 1 and 2)."""
    if os.geteuid() == 0:
        for capability in (1, 2):
            assert ctypes.CDLL(None).prctl(24, capability, 0, 0, 0) == 0


@pytest.mark.parametrize(
    ("target", "said"),
    [
        ("data/b.tar", "lies in the data folder"),
        ("data/warc/../b.tar", "lies in the data folder"),
        ("link/b.tar", "lies in the data folder"),
        ("data", "cannot write"),
        ("none/b.tar", "cannot write"),
        ("/dev/full", "cannot write"),
    ],
)
def test_targets_that_will_not_do(sample: DataFolder, tmp_path: Path, target: str, said: str) -> None:
    """Within the archive, by whatever way; a folder; one that is not there; a device without room."""
    (tmp_path / "data").symlink_to(sample.root)
    (tmp_path / "link").symlink_to(sample.root / "warc")
    with pytest.raises(ConfigError, match=said):
        back_up(DataFolder(tmp_path / "data"), tmp_path / target, "0.0")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["data", "link"]


def test_no_archive_is_backed_up(tmp_path: Path) -> None:
    """Neither a folder that is not there nor an empty one; nothing is made in it."""
    for folder in (tmp_path / "none", tmp_path):
        with pytest.raises(ConfigError, match="holds no archive"):
            back_up(DataFolder(folder), tmp_path.parent / f"{tmp_path.name}.tar", "0.0")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "limit", [300_000, pytest.param(1000, marks=pytest.mark.slow), pytest.param(1_500_000, marks=pytest.mark.slow)]
)
def test_full_disk_leaves_the_backup_before(sample: DataFolder, kept: Path, tmp_path: Path, run, limit: int) -> None:  # type: ignore[no-untyped-def]
    """At its beginning, in a file, near its end; nothing lies beside it."""
    shutil.copy(kept, tmp_path / "b.tar")
    made = run(
        sample.root,
        "backup",
        str(tmp_path / "b.tar"),
        before=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit)),
    )
    assert (made.returncode, made.stderr.decode().count("\n")) == (2, 1)
    assert "cannot write" in made.stderr.decode()
    assert [path.name for path in tmp_path.iterdir()] == ["b.tar"]
    assert (tmp_path / "b.tar").read_bytes() == kept.read_bytes()


@pytest.mark.parametrize("limit", [100_000, pytest.param(1000, marks=pytest.mark.slow)])
def test_full_disk_restores_nothing(kept: Path, tmp_path: Path, run, limit: int) -> None:  # type: ignore[no-untyped-def]
    """In a small file or a large one."""
    got = run(
        tmp_path / "new",
        "restore",
        str(kept),
        before=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit)),
    )
    assert (got.returncode, got.stderr.decode().count("\n")) == (2, 1)
    assert list(tmp_path.iterdir()) == []


def test_read_only_archive_is_backed_up(sample: DataFolder, unlocked: Path, run) -> None:  # type: ignore[no-untyped-def]
    """Nothing need be written in it; a file that may not be read is named."""
    data = unlocked / "data"
    shutil.copytree(sample.root, data)
    for path in [data, *data.rglob("*")]:
        path.chmod(0o555 if path.is_dir() else 0o444)
    made = run(data, "backup", str(unlocked / "b.tar"), before=heed_permissions)
    assert (made.returncode, made.stderr) == (0, b"")
    restore(unlocked / "new", unlocked / "b.tar")
    assert open_generation(unlocked / "new").refused == ()
    (data / "entries.jsonl").chmod(0)
    made = run(data, "backup", str(unlocked / "b.tar"), before=heed_permissions)
    assert made.returncode == 2
    assert "entries.jsonl: Permission denied" in made.stderr.decode()


def test_folder_that_holds_something_is_not_restored_to(kept: Path, tmp_path: Path) -> None:
    """Not even a hidden file is touched, nor a file that is no folder; an empty folder will do, also by a link."""
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / ".hidden").write_text("x")
    with pytest.raises(ConfigError, match=r"not empty \('\.hidden', 1 in all\)"):
        restore(tmp_path / "full", kept)
    (tmp_path / "file").write_text("x")
    with pytest.raises(ConfigError, match="cannot restore to"):
        restore(tmp_path / "file", kept)
    (tmp_path / "empty").mkdir(mode=0o700)
    (tmp_path / "link").symlink_to("empty")
    restore(tmp_path / "link", kept)
    assert open_generation(tmp_path / "empty").refused == ()
    assert (tmp_path / "empty").stat().st_mode & 0o777 == 0o700
    assert sorted(path.name for path in tmp_path.iterdir()) == ["empty", "file", "full", "link"]


def test_folder_that_cannot_be_exchanged_is_filled_inside(kept: Path, unlocked: Path, run) -> None:  # type: ignore[no-untyped-def]
    """As that of a container, whose parent is not to be written to."""
    (unlocked / "parent" / "data").mkdir(parents=True)
    (unlocked / "parent").chmod(0o555)
    got = run(unlocked / "parent" / "data", "restore", str(kept), before=heed_permissions)
    assert (got.returncode, got.stderr) == (0, b"")
    assert open_generation(unlocked / "parent" / "data").refused == ()
    assert not (unlocked / "parent" / "data" / ".restoring").exists()


def test_two_calls_at_once_do_not_meet(sample: DataFolder, kept: Path, tmp_path: Path) -> None:
    """The second backup to one file, and the second restore to one folder, are refused."""
    import fcntl

    with (tmp_path / "b.tar.part").open("wb") as other:
        fcntl.flock(other, fcntl.LOCK_EX)
        with pytest.raises(YearbookError, match="another backup"):
            back_up(sample, tmp_path / "b.tar", "0.0")
    (tmp_path / "new.restoring").mkdir()
    with FileLock(tmp_path / "new.restoring" / ".lock"), pytest.raises(YearbookError, match="another call"):
        restore(tmp_path / "new", kept)


def test_what_somebody_else_has_put_in_the_way_is_left(kept: Path, tmp_path: Path) -> None:
    """A folder of that name that this program did not make, or a link to one."""
    (tmp_path / "new.restoring").mkdir()
    (tmp_path / "new.restoring" / "mine").write_text("x")
    with pytest.raises(ConfigError, match="in the way"):
        restore(tmp_path / "new", kept)
    assert (tmp_path / "new.restoring" / "mine").read_text() == "x"


def test_more_than_the_disk_holds_is_refused_before_anything_is_written(
    tmp_path: Path, forge: Callable[..., bytes]
) -> None:
    """A list that claims an exbibyte."""
    (tmp_path / "b.tar").write_bytes(forge([("entries.jsonl", b"", 1 << 60)]))
    with pytest.raises(ConfigError, match="has room for"):
        restore(tmp_path / "new", tmp_path / "b.tar")
    assert [path.name for path in tmp_path.iterdir()] == ["b.tar"]
