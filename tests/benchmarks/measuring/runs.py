"""Keeps what a run has measured so far in a file, size by size, so that it can be gone on with."""

import json
import os
import platform
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from prose import SEED


def begun(files: Iterable[Path]) -> dict[str, Any]:
    """Give the sizes, by number of entries, that the first file that is there holds; none if there is none.

    They are of one run only if machine, Python and seed are those of now: others are refused.
    """
    for file in files:
        if file.exists():
            before = json.loads(file.read_text("utf-8"))
            if differs := [name for name, value in _about().items() if before[name] != value]:
                raise SystemExit(f"{file} was measured with another {', '.join(differs)}: begin anew")
            sizes: dict[str, Any] = before["sizes"]
            return sizes
    return {}


def wanted(planned: Sequence[int], there: Mapping[str, Any], only: Sequence[int]) -> list[int]:
    """Give the sizes that are to be measured: those named, else those planned (0 is none) that are not there yet."""
    return list(only) or [count for count in planned if count and str(count) not in there]


def write(path: Path, sizes: Mapping[str, Any]) -> dict[str, Any]:
    """Write what is measured so far, smaller archives first, and give it."""
    measured = _about() | {"sizes": {count: sizes[count] for count in sorted(sizes, key=int)}}
    part = path.with_suffix(".part")
    part.write_text(json.dumps(measured, ensure_ascii=False, indent=1) + "\n", "utf-8")
    part.replace(path)
    return measured


def _about() -> dict[str, Any]:
    return {
        "machine": f"{os.cpu_count()} cores, {platform.machine()}, {platform.system()}",
        "python": platform.python_version(),
        "seed": SEED,
    }
