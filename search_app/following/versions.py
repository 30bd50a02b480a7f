"""Tells apart the states of an archive in which it may answer differently, for those who keep its answers.

Independent of Flask, and of what is answered.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from hashlib import blake2b
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from indexer.authority import Authority
from indexer.manifest import Manifest

_BYTES = 9
"""Length of a digest: two of 2^36 states are the same by chance."""


@dataclass(frozen=True, slots=True)
class Version:
    """What decides about every answer that is made of the index, as short texts to be compared."""

    found: str
    """Of which entries there are, by whom, and in which order they are found."""
    told: str
    """Of all that, and of what volumes are called."""
    since: int | None
    """When that began, in seconds since 1970; None where no file tells, and nobody may go by it."""


def digest_of(*parts: str) -> str:
    """Return a short text that is another one whenever the parts are."""
    text = "\0".join(parts)
    return blake2b(text.encode("utf-8", "surrogatepass"), digest_size=_BYTES).hexdigest()


def found_version(generation: str, pages: Iterable[str], authority: Authority) -> str:
    """Return `Version.found` of a generation, without the given pages, as people have decided who is who."""
    return digest_of(_program(), generation, *sorted(pages), repr(authority.persons))


def told_version(found: str, known: Manifest | None) -> str:
    """Return `Version.told` for what is found, with the manifest that names volumes."""
    return digest_of(found, repr(known))


def changed_at(files: Iterable[Path]) -> int:
    """Return the whole second in which the last of some files or folders was changed, as the file system tells.

    That is the time of a file's own record, which nobody can set: one that is put back from a copy has changed, too.  A
    file that is gone has changed its folder.
    """
    found = [0.0]
    for each in files:
        try:
            found.append(each.stat().st_ctime)
        except OSError:
            continue
    return int(max(found))


@cache
def _program() -> str:
    """Return the program's version: another one may order what it finds otherwise."""
    try:
        return version("nianjian-search")
    except PackageNotFoundError:  # run from a checkout
        return ""
