"""What only our engine is asked: the way from pages to index by stage, bytes, start, what comes near."""

import subprocess
import sys
import time
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from measuring.memory import Peak
from measuring.mirror import write_mirror
from measuring.summing import at

from indexer.manifest import load_manifest
from indexer.model import Entry
from indexer.search.factory import open_searcher
from indexer.search.query.grammar import parse
from indexer.search.query.tree import SearchRequest
from indexer.search.shown.nearest import nearest
from search_app.following.archive import Archive

_PLACES = frozenset(("places", "steps", "grams", "gram-ends", "frequent", "bounds", "gaps"))
"""Arrays that say where strings stand in the text."""


def build_in_own_process(entries: Path, data: Path) -> dict[str, float]:
    """Build by `nianjian index`; give seconds and the peak memory of all its processes."""
    return _run("--data", str(data), "index", "--entries", str(entries))


def whole_way(folder: Path, entries: Iterable[Entry]) -> dict[str, Any]:
    """Write entries as a site's pages, then import, parse, index and verify these, each by its command.

    Gives the pages and the entries that were read from them, and of each stage seconds and peak memory.
    """
    mirror, data = folder / "mirror", folder / "whole"
    manifest, pages = write_mirror(mirror, entries)
    stages = {}
    for name, *arguments in (("import", str(mirror)), ("parse",), ("index",), ("verify",)):
        stages[name] = _run("--data", str(data), "--manifest", str(manifest), name, *arguments)
    return {"pages": pages, "entries": len(open_searcher(data)), "stages": stages}


def _run(*arguments: str) -> dict[str, float]:
    command = [str(Path(sys.executable).with_name("nianjian")), *arguments]
    begun = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    with Peak(process.pid) as peak:
        if process.wait():
            raise SystemExit(f"{' '.join(command)} failed")
    return {"seconds": time.perf_counter() - begun, "peak_mb": peak.megabytes}


def index_bytes(data: Path) -> dict[str, int]:
    """Give the bytes of the published index: stored entries, and all else, which is also given by what takes it."""
    folder = data / "index" / open_searcher(data).generation
    return split_bytes({path.name: path.stat().st_size for path in folder.iterdir()})


def split_bytes(sizes: Mapping[str, int]) -> dict[str, int]:
    """Add up sizes of files by what they hold: entries as stored, the folded text, places of strings, words, others."""
    found = dict.fromkeys(("stored", "text", "places", "words", "others"), 0)
    for name, size in sizes.items():
        found[_held(name)] += size
    return {"stored": found["stored"], "index": sum(found.values()) - found["stored"]} | found


def _held(name: str) -> str:
    stem = name.removesuffix(".npy")
    if name.endswith(".rec"):
        return "stored"
    if stem in ("text", "beyond"):
        return "text"
    if name.endswith((".trm", ".pst", ".toc")) or stem == "factors":
        return "words"
    return "places" if stem in _PLACES else "others"


def start_seconds(data: Path) -> float:
    """Open the index in a new process: its files are checked and mapped, and a first search is answered."""
    code = (
        "import sys, time\n"
        "from pathlib import Path\n"
        "from indexer.search.factory import open_searcher\n"
        "begun = time.perf_counter()\n"
        "open_searcher(Path(sys.argv[1]))\n"
        "print(time.perf_counter() - begun)\n"
    )
    done = subprocess.run([sys.executable, "-c", code, str(data)], capture_output=True, text=True, check=True)
    return float(done.stdout)


def unmatched(data: Path, searches: Sequence[str], rounds: int = 4) -> dict[str, float]:
    """Ask searches that no entry matches: a page is what comes near; give seconds, asked first and again.

    One that an entry matches after all, by a look-alike, is left out.
    """
    searcher = Archive(data, load_manifest()).searcher()
    times: dict[str, list[float]] = {text: [] for text in searches}
    for _ in range(1 + rounds):
        for text in list(times):
            request = SearchRequest(parse(text)[0], size=10)
            begun = time.perf_counter()
            found = searcher.search(request).total
            near = nearest(searcher, request, found)
            times[text].append(time.perf_counter() - begun)
            if found or not near.hits:
                del times[text]
    first = [taken[0] for taken in times.values()]
    again = [seconds for taken in times.values() for seconds in taken[1:]]
    return {
        "searches": len(times),
        **{f"p{share}": at(again, share) for share in (50, 95)},
        **{f"first_p{share}": at(first, share) for share in (50, 95)},
    }
