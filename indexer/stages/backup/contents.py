"""Says what a backup holds: the names that may stand in it, its list, its digests; it opens no file."""

import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Literal

import msgspec

from indexer.config import DataFolder

LIST = "nianjian-backup.json"
"""The first member: what the backup is, and which files follow, in their order."""
SUMS = "SHA256SUMS"
"""The last member: the SHA-256 of all before it, as `sha256sum --check` reads them."""
FORMAT = 1
LONGEST = 16 << 20
"""Most bytes of list and digests that are read; a file of an archive takes some hundred."""
_AT = DataFolder(Path())
PLAIN = tuple(
    path.name
    for path in (_AT.manifest, _AT.forgotten, _AT.reviewed, _AT.contributors, _AT.ids, _AT.entries, _AT.problems,
                 _AT.pages, _AT.ledger)
)  # fmt: skip
"""Files that lie in the data folder itself."""
_WARC = re.compile(rf"{_AT.warc.name}/[^/\0]{{0,240}}\.warc\.gz")
_INDEX = re.compile(
    rf"{_AT.index.name}/(?:CURRENT|gen-[0-9]{{8}}T[0-9]{{12}}/[A-Za-z0-9_][A-Za-z0-9_.-]{{0,99}})", re.ASCII
)
_WORD = re.compile(r"[A-Za-z0-9.:+_-]{0,40}", re.ASCII)
"""What is printed of a list, which anybody may have written."""
_ESCAPES = {"\\": "\\\\", "\n": "\\n", "\r": "\\r"}


class Item(msgspec.Struct, frozen=True, array_like=True):
    """A file of a backup."""

    name: str
    """Its path in the data folder, with `/`."""
    size: int
    """In bytes."""


class Lacking(msgspec.Struct, frozen=True, array_like=True):
    """A file that is not in a backup as it should be."""

    name: str
    why: Literal["gone", "shorter", "damaged", "unreadable", "unpublished"]
    """`gone`: it is not there.  `shorter`: it ends before it should.  `damaged`: it is not what it was when it was
    made.  `unreadable`: the disk does not give all of it, and there are zeros in their place.  `unpublished`: it cannot
    be told which index is published."""


class Contents(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a backup says that it is."""

    format: int
    version: str
    """Of the program that made it."""
    made: str
    """When, ISO 8601, UTC."""
    generation: str
    """The index that answers; empty if there is none."""
    files: tuple[Item, ...]
    lacking: tuple[Lacking, ...] = ()
    """What was known, when it was begun, not to be in it."""

    @property
    def size(self) -> int:
        """Return the bytes of all files."""
        return sum(each.size for each in self.files)


class Oddity(Exception):  # noqa: N818  (translated by the callers)
    """Raised for a list that cannot be one, or that names what no archive has, with the name that is odd."""


def encode_list(contents: Contents) -> bytes:
    """Write a list; names that are no text are kept as JSON can say them."""
    return json.dumps(msgspec.to_builtins(contents), indent=1).encode() + b"\n"


def decode_list(text: bytes) -> Contents:
    """Read a list; raise `Oddity` for one that is none, or that names what no archive has."""
    try:
        record = json.loads(text)
        if isinstance(record, dict) and record.get("format") != FORMAT:
            return Contents(int(record["format"]), str(record["version"])[:40], "", "", ())
        found = msgspec.convert(record, Contents)
    except (ValueError, TypeError, KeyError, OverflowError, RecursionError, msgspec.ValidationError) as error:
        raise Oddity(LIST) from error
    if not all(_WORD.fullmatch(each) for each in (found.version, found.made, found.generation)):
        raise Oddity(LIST)
    if odd := [each.name for each in found.lacking if not belongs(each.name)]:
        raise Oddity(odd[0][:80])
    seen: set[str] = set()
    for each in found.files:
        if not belongs(each.name) or each.name in seen or not 0 <= each.size < 1 << 62:
            raise Oddity(each.name[:80])
        seen.add(each.name)
    return found


def belongs(name: str) -> bool:
    """Return whether a file of this name is part of an archive; such a name cannot lead out of a folder."""
    return name in PLAIN or bool(_WARC.fullmatch(name)) or bool(_INDEX.fullmatch(name))


def encode_sums(digests: Mapping[str, str]) -> bytes:
    """Write digests by name, a line each."""
    lines = []
    for name, digest in digests.items():
        escaped = "".join(_ESCAPES.get(char, char) for char in name)
        mark = "\\" if escaped != name else ""
        lines.append(f"{mark}{digest}  {escaped}\n")
    return "".join(lines).encode("utf-8", "surrogateescape")


def decode_sums(text: bytes, digests: Mapping[str, str]) -> tuple[str, ...]:
    """Return the names whose digest differs from what the lines say, or has none there."""
    said = set(text.splitlines(keepends=True))
    return tuple(name for name, digest in digests.items() if encode_sums({name: digest}) not in said)
