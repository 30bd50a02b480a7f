"""What a build takes of memory."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from indexer.search.factory import published_generation

MEMORY, AN_ENTRY, ENTRIES = 384, 400, 20_000
"""Megabytes that the build is given; bytes that an entry may take besides, titles and words of its own among them."""
SCRIPT = """\
import random, sys, threading, time
from pathlib import Path
from indexer.model import Entry
from indexer.search.factory import open_builder

folder, entries, memory = Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])
drawn = random.Random(1)
han = [chr(0x4E00 + int(drawn.paretovariate(0.6)) % 4000) for _ in range(20_000)]
most = 0

def watch():
    global most
    while True:
        told = dict(line.split(":") for line in open("/proc/self/smaps_rollup").read().splitlines()[1:])
        most = max(most, int(told["Anonymous"].split()[0]))
        time.sleep(0.02)

threading.Thread(target=watch, daemon=True).start()
with open_builder(folder, memory=memory) as build:
    for number in range(entries):
        body = "".join(drawn.choices(han, k=820))
        name = f"{2000 + number % 20}-{number}-1"
        page = f"http://a/{number // 5}"
        build.add(Entry(name, "v", 2000 + number % 20, "", "", body[:12], (body[:2],), "", body, (), page, number))
print(most // 1024)
"""


@pytest.mark.slow
@pytest.mark.skipif(not Path("/proc/self/smaps_rollup").exists(), reason="the system does not say what a process takes")
def test_build_takes_the_memory_it_is_given(tmp_path: Path, root: Path) -> None:
    """And some hundred bytes an entry; what is mapped is not counted, since the system may take it back."""
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT, tmp_path, str(ENTRIES), str(MEMORY)],
        check=True,
        capture_output=True,
        text=True,
        env=os.environ | {"PYTHONPATH": str(root)},
    )
    assert int(done.stdout) <= MEMORY + ENTRIES * AN_ENTRY // (1 << 20)
    assert published_generation(tmp_path)
