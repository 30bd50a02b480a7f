"""Runs one engine in a process of its own: `run.py NAME build ENTRIES FOLDER` or `run.py NAME ask FOLDER QUESTIONS`.

Needs nothing but the standard library and the engine, since Debian's Xapian is tied to Debian's Python.  Entries are
JSON lines; their `cut` is all their text as jieba's words with blanks between.  Questions have `cut`: each string so
cut.  `build` prints one JSON object.  `ask` prints one when its index is open; then, for each line `ask FIRST LAST`, the
seconds and hits of each of these questions, and for `ids FIRST LAST` the ids that each finds, a line a question.
"""

import importlib
import json
import sys
import time
from pathlib import Path


def build(rival, entries, folder):
    folder.mkdir(parents=True)
    with entries.open(encoding="utf-8") as lines:
        records = [json.loads(line) for line in lines]
    begun = time.perf_counter()
    rival.build(records, folder)
    took = time.perf_counter() - begun
    size = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
    say({"version": rival.version(), "seconds": took, "bytes": size})


def answer(rival, folder, questions):
    begun = time.perf_counter()
    engine = rival.Engine(folder)
    say({"version": rival.version(), "start": time.perf_counter() - begun})
    for line in sys.stdin:
        task, first, last = line.split()
        asked = questions[int(first) : int(last)]
        if task == "ask":
            say([timed(engine, question) for question in asked])
        else:
            for question in asked:
                say(engine.ids(question))
    engine.close()


def timed(engine, question):
    begun = time.perf_counter()
    found = engine.ask(question)
    return time.perf_counter() - begun, found["total"]


def say(what):
    print(json.dumps(what), flush=True)


def main(name, task, *arguments):
    rival = importlib.import_module(name)
    one, other = map(Path, arguments)
    if task == "build":
        build(rival, one, other)
    else:
        answer(rival, one, json.loads(other.read_text("utf-8")))


if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).parent))
    main(*sys.argv[1:])
