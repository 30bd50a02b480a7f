"""What only our engine is asked: the way from pages to index by stage, memory, start, the slowest searches."""

import json
import random
import subprocess
import sys
import time
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from memory import Peak
from mirror import write_mirror

from indexer.manifest import load_manifest
from indexer.model import Entry
from indexer.search.factory import open_searcher
from indexer.search.query.grammar import parse
from indexer.search.query.tree import SearchRequest
from indexer.search.shown.nearest import nearest
from search_app.following.archive import Archive

_SLOWEST = 5000


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
    """Give the bytes of the published index: stored entries, and all else."""
    folder = data / "index" / open_searcher(data).generation
    sizes = {path.name: path.stat().st_size for path in folder.iterdir()}
    stored = sum(size for name, size in sizes.items() if name.endswith(".rec"))
    return {"stored": stored, "index": sum(sizes.values()) - stored}


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
    """Ask searches that no entry matches: a page is what comes near; give seconds, asked first and again."""
    searcher = Archive(data, load_manifest()).searcher()
    times: list[list[float]] = []
    for _ in range(1 + rounds):
        times.append([])
        for text in searches:
            request = SearchRequest(parse(text)[0], size=10)
            begun = time.perf_counter()
            found = searcher.search(request).total
            near = nearest(searcher, request, found)
            times[-1].append(time.perf_counter() - begun)
            if found or not near.hits:
                raise SystemExit(f"{text}: {found} entries match, {len(near.hits)} come near")
    first, again = sorted(times[0]), sorted(each for one in times[1:] for each in one)
    at = {"p50": 0.5, "p95": 0.95}
    return {
        "searches": len(searches),
        **{name: again[int(share * len(again))] for name, share in at.items()},
        **{f"first_{name}": first[int(share * len(first))] for name, share in at.items()},
    }


def slowest(data: Path, entries: Sequence[Entry], seed: int) -> dict[str, Any]:
    """Ask 5,000 random searches of every kind a user can type; give the ten slowest, warm."""
    rng = random.Random(seed)
    # As the server opens it: the garbage collector leaves alone what lives long, the benchmark's own entries too.
    searcher = Archive(data, load_manifest()).searcher()
    times = []
    for _ in range(_SLOWEST):
        text = _any_search(entries, rng)
        request = SearchRequest(parse(text)[0], size=10, page=rng.choice((1, 1, 1, 10, 200)))
        nearest(searcher, request, searcher.search(request).total)
        begun = time.perf_counter()
        nearest(searcher, request, searcher.search(request).total)
        times.append((time.perf_counter() - begun, text))
    times.sort(reverse=True)
    return {"searches": _SLOWEST, "ten": [{"seconds": seconds, "search": text} for seconds, text in times[:10]]}


def _any_search(entries: Sequence[Entry], rng: random.Random, depth: int = 0) -> str:
    entry = rng.choice(entries)
    start = rng.randrange(len(entry.body))

    def piece(least: int, most: int) -> str:
        return entry.body[start : start + rng.randint(least, most)].replace('"', "").replace("\n", " ")

    match rng.randrange(13 if depth < 4 else 6):
        case 0:
            return piece(1, 1)
        case 1:
            return f'"{piece(1, 3)}"'
        case 2:
            return piece(2, 4)
        case 3:
            return f'"{piece(4, 40)}"'
        case 4:
            return piece(60, 190)
        case 5:
            return f"{piece(1, 2)} NEAR/{rng.randint(1, 100)} {rng.choice(entries).body[start % 700 :][:2]}"
        case 6:
            return "-" + _any_search(entries, rng, 9)
        case 7:
            return f" NEAR/{rng.choice((1, 5, 20, 100))} ".join(rng.sample("，的。、一国在", rng.randint(2, 5)))
        case 8:
            return "的 是 在 了 和 一 不 有 大 中"
        case 9:
            return f"标题:{piece(1, 2)}"
        case 10:
            return f"({_any_search(entries, rng, depth + 1)} 或 {_any_search(entries, rng, depth + 1)})"
        case 11:
            return f"({_any_search(entries, rng, depth + 1)} -({_any_search(entries, rng, depth + 1)}))"
        case _:
            return f"{_any_search(entries, rng, depth + 1)} 年份:2003-2010"


def entries_file(path: Path, entries: Sequence[Entry]) -> int:
    """Write entries as `nianjian index` reads them; give the UTF-8 bytes of their text."""
    size = 0
    with path.open("w", encoding="utf-8") as file:
        for entry in entries:
            file.write(json.dumps(entry.to_record(), ensure_ascii=False) + "\n")
            texts = (entry.title, entry.heading, entry.body, entry.signature, *entry.captions)
            size += sum(len(text.encode()) for text in texts)
    return size
