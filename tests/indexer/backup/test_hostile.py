"""A file that is no backup, or was made to do harm, gives one line and leaves no trace; a damaged one is never restored."""

import io
import json
import os
import random
import subprocess
import sys
import tarfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from indexer.errors import YearbookError
from indexer.stages.backup.contents import LIST
from indexer.stages.backup.restoring import restore, restore_from

Forge = Callable[..., bytes]
NAMES = [
    "../x", "/etc/x", "warc/../../x.warc.gz", "warc/a/b.warc.gz", "warc/", "warc", "", ".", "..", "x",
    "index/../CURRENT", "index/gen-1/x", "index/gen-20260101T000000000000/../x", "index/gen-20260101T000000000000/a/b",
    "warc/x.warc.gz\0", "demo/entries.jsonl", ".lock", "ledger.sqlite-wal", "entries.jsonl/", LIST, "SHA256SUMS",
    "warc/" + "x" * 300 + ".warc.gz", "./entries.jsonl", "index/CURRENT/x", "C:\\x.warc.gz", "\u202eentries.jsonl",
]  # fmt: skip
KINDS = [
    tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.CHRTYPE, tarfile.BLKTYPE, tarfile.FIFOTYPE, tarfile.DIRTYPE,
    tarfile.CONTTYPE, tarfile.GNUTYPE_SPARSE, tarfile.XHDTYPE, tarfile.XGLTYPE, tarfile.GNUTYPE_LONGLINK, b"Z",
]  # fmt: skip


@pytest.fixture
def refused(tmp_path: Path) -> Iterator[Callable[[bytes], YearbookError]]:
    """Give a function that restores what must be refused; nothing may be there afterwards, inside or outside."""

    def check(data: bytes) -> YearbookError:
        with pytest.raises(YearbookError) as error:
            restore_from(tmp_path / "in" / "new", io.BytesIO(data), "b.tar")
        assert "\n" not in str(error.value)
        assert str(error.value).isprintable()
        return error.value

    (tmp_path / "in").mkdir()
    yield check
    assert sorted(path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*")) == ["in"]


@pytest.mark.parametrize("name", NAMES, ids=ascii)
def test_names_that_no_archive_has(refused, forge: Forge, name: str) -> None:  # type: ignore[no-untyped-def]
    """They may lead outside, or name what would be taken for something else."""
    assert refused(forge([(name, b"x", 1)])).code == "backup-odd"


@pytest.mark.parametrize("kind", KINDS)
def test_members_that_are_no_plain_files(refused, forge: Forge, kind: bytes) -> None:  # type: ignore[no-untyped-def]
    """Links, devices, folders, sparse files, headers that exchange names and sizes."""
    info = tarfile.TarInfo("entries.jsonl")
    info.type, info.linkname, info.size = kind, "/etc/passwd", 2
    refused(forge([("entries.jsonl", b"{}", 2)], [(info, b"{}")]))


def test_what_is_not_as_the_list_says(refused, forge: Forge) -> None:  # type: ignore[no-untyped-def]
    """Names twice, files that are missing, more, larger, or in another order."""
    one, two = tarfile.TarInfo("ids.jsonl"), tarfile.TarInfo("entries.jsonl")
    one.size = two.size = 2
    files = [("ids.jsonl", b"{}", 2), ("entries.jsonl", b"{}", 2)]
    assert refused(forge(files + files)).code == "backup-odd"
    for members in ([], [(one, b"{}")], [(two, b"{}"), (one, b"{}")], [(one, b"{}"), (one, b"{}")]):
        assert refused(forge(files, members)).code == "backup-odd"
    assert refused(forge(files, [(one, b"{}"), (two, b"{}"), (one, b"{}")])).code == "backup-odd"
    assert refused(forge([("ids.jsonl", b"{}", 3)])).code == "backup-odd"


@pytest.mark.parametrize(
    "changed",
    [
        {"files": [["ids.jsonl", -1]]}, {"files": [["ids.jsonl", 1 << 70]]}, {"files": [["ids.jsonl", 1.5]]},
        {"files": {}}, {"files": [[]]}, {"files": [[["ids.jsonl"], 0]]}, {"format": True}, {"format": None},
        {"format": 1e300}, {"more": 1}, {"version": "\x1b[2J"}, {"made": "x" * 100}, {"generation": "\n"},
        {"lacking": [["../x", "gone"]]}, {"lacking": [["warc/a.warc.gz", "\x1b"]]},
    ],
)  # fmt: skip
def test_lists_that_are_none(refused, forge: Forge, changed: dict[str, object]) -> None:  # type: ignore[no-untyped-def]
    """Values that there cannot be, and what a terminal would obey."""
    refused(forge([], **changed))


def test_another_format_is_named(refused, forge: Forge) -> None:  # type: ignore[no-untyped-def]
    """With the version that made it."""
    assert "'9.9\\x1b'" in str(refused(forge([], format=2, version="9.9\x1b")))


SMALL = """
import resource, sys
from pathlib import Path
from indexer.errors import YearbookError
from indexer.stages.backup.restoring import restore
resource.setrlimit(resource.RLIMIT_AS, (1 << 31, 1 << 31))
for name in sys.argv[2:]:
    try:
        restore(Path(sys.argv[1]), Path(name))
    except YearbookError as error:
        print(error.code)
"""


def test_lengths_that_are_claimed_are_not_taken_into_memory(tmp_path: Path) -> None:
    """A list, a long name and a header of a tebibyte each, in files of 4 GiB; a stream that goes on for ever."""
    for name, kind in ((LIST, tarfile.REGTYPE), ("././@LongLink", tarfile.GNUTYPE_LONGNAME), ("x", tarfile.XHDTYPE)):
        info = tarfile.TarInfo(name)
        info.type, info.size = kind, 1 << 40
        path = tmp_path / f"{kind.decode()}.tar"
        path.write_bytes(info.tobuf(tarfile.GNU_FORMAT))
        os.truncate(path, 1 << 32)  # sparse: takes no room
    files = [*map(str, sorted(tmp_path.iterdir())), "/dev/zero"]
    command = [sys.executable, "-c", SMALL, str(tmp_path / "new"), *files]
    done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=60)
    assert done.stdout.split() == ["backup-odd", "backup-foreign", "backup-foreign", "backup-foreign"]
    assert len(list(tmp_path.iterdir())) == 3


def test_deep_and_large_lists_are_refused(refused) -> None:  # type: ignore[no-untyped-def]
    """Brackets within brackets, numbers of thousands of digits, bytes that are no text."""
    for text in (b"[" * 100_000, b'{"format": ' + b"9" * 10_000 + b"}", b"\xff\xfe", b"", b"null", b"[]"):
        out = io.BytesIO()
        with tarfile.open(fileobj=out, mode="w") as tar:
            info = tarfile.TarInfo(LIST)
            info.size = len(text)
            tar.addfile(info, io.BytesIO(text))
        refused(out.getvalue())


@pytest.mark.parametrize("times", [25, pytest.param(300, marks=pytest.mark.slow)])
def test_damage_is_refused_or_harms_nothing(  # type: ignore[no-untyped-def]
    kept: Path, tmp_path: Path, rng: random.Random, listing, times: int
) -> None:
    """A bit that flips, bytes that are lost or doubled, an end that is cut off, anywhere: what is restored is the same."""
    whole = kept.read_bytes()
    restore(tmp_path / "right", kept)
    right = listing(tmp_path / "right")
    restored = 0
    for number in range(times):
        data, at = bytearray(whole), rng.randrange(len(whole))
        match rng.randrange(4):
            case 0:
                data[at] ^= 1 << rng.randrange(8)
            case 1:
                del data[at : at + rng.choice((1, 511, 512, 5000))]
            case 2:
                data[at:at] = data[at : at + rng.choice((1, 512, 5000))]
            case 3:
                del data[at:]
        folder = tmp_path / str(number)
        try:
            restore_from(folder, io.BytesIO(data), "b.tar")
        except YearbookError:
            assert not folder.exists()
        else:
            restored += 1
            assert listing(folder) == right, f"damage at {at}"
    assert restored < times / 3, "only what lies between files may be damaged without harm"
    assert sorted(path.name for path in tmp_path.iterdir() if path.name.endswith(".restoring")) == []


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.binary(max_size=4096), listed=st.booleans())
def test_any_bytes_are_refused(tmp_path: Path, data: bytes, listed: bool) -> None:
    """Whether or not they begin as a backup does."""
    head = b""
    if listed:
        text = json.dumps({"format": 1, "version": "", "made": "", "generation": "", "files": [["ids.jsonl", 9]]})
        info = tarfile.TarInfo(LIST)
        info.size = len(text)
        head = info.tobuf() + text.encode().ljust(512, b"\0")
    with pytest.raises(YearbookError):
        restore_from(tmp_path / "new", io.BytesIO(head + data), "b.tar")
    assert list(tmp_path.iterdir()) == []
