"""Runs one engine in a process of its own: `run.py NAME build ENTRIES FOLDER` or `run.py NAME ask FOLDER QUESTIONS ROUNDS COUNT`.

Needs nothing but the standard library and the engine, since Debian's Xapian is tied to Debian's Python.  Entries are
JSON lines; their `cut` is all their text as jieba's words with blanks between.  Questions have `cut`: each string so
cut.  Prints one JSON object.
"""

import importlib
import json
import sys
import time
from pathlib import Path


def main(name, task, *arguments):
    rival = importlib.import_module(name)
    if task == "build":
        entries, folder = map(Path, arguments)
        folder.mkdir(parents=True)
        with entries.open(encoding="utf-8") as lines:
            records = [json.loads(line) for line in lines]
        begun = time.perf_counter()
        rival.build(records, folder)
        took = time.perf_counter() - begun
        size = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
        return {"version": rival.version(), "seconds": took, "bytes": size}
    folder, questions = map(Path, arguments[:2])
    asked = json.loads(questions.read_text("utf-8"))[: int(arguments[3])]
    begun = time.perf_counter()
    engine = rival.Engine(folder)
    started = time.perf_counter() - begun
    cold = []
    for question in asked:
        begun = time.perf_counter()
        engine.ask(question)
        cold.append(time.perf_counter() - begun)
    rounds = []
    for _ in range(int(arguments[2])):
        times = []
        for question in asked:
            begun = time.perf_counter()
            engine.ask(question)
            times.append(time.perf_counter() - begun)
        rounds.append(times)
    found = [engine.ids(question) for question in asked]
    engine.close()
    return {
        "version": rival.version(),
        "start": started,
        "cold": cold,
        "rounds": rounds,
        "found": found,
    }


if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).parent))
    print(json.dumps(main(*sys.argv[1:])))
