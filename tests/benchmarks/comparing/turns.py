"""Asks engines in turn, each in a process that stays open: what slows the machine for a while slows all of them."""

import json
import subprocess
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from comparing.engines import RUN, Rival
from measuring.summing import Times


class Asked:
    """One engine's process, asked over pipes."""

    def __init__(self, name: str, process: subprocess.Popen[str]) -> None:
        """Wait until it has opened its index."""
        self._name, self._process = name, process
        self.told: dict[str, Any] = self._read()
        """Its version, and as `start` the seconds that opening took."""

    def ask(self, first: int, last: int) -> list[tuple[float, int]]:
        """Ask questions by their numbers; give seconds and hits of each."""
        self._write(f"ask {first} {last}")
        return [(seconds, total) for seconds, total in self._read()]

    def ids(self, number: int) -> list[str]:
        """Give the ids of all that is found for one question."""
        self._write(f"ids {number} {number + 1}")
        found: list[str] = self._read()
        return found

    def _write(self, line: str) -> None:
        assert self._process.stdin
        self._process.stdin.write(line + "\n")
        self._process.stdin.flush()

    def _read(self) -> Any:
        assert self._process.stdout
        line = self._process.stdout.readline()
        if not line:
            raise SystemExit(f"{self._name} ended while it was asked")
        return json.loads(line)


@contextmanager
def opened(rival: Rival, place: Path, questions: Path) -> Iterator[Asked]:
    """Open an engine's index in a process of its own, to be asked the questions of a file."""
    command = [rival.python, str(RUN), rival.name, "ask", str(place), str(questions)]
    with tempfile.TemporaryFile("w+") as errors:
        process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=errors, text=True, bufsize=1
        )
        try:
            yield Asked(rival.name, process)
        except SystemExit as ended:
            errors.seek(0)
            raise SystemExit(f"{ended}\n{errors.read()}") from None
        finally:
            process.communicate()


def take_turns(engines: Mapping[str, Asked], rounds: Mapping[str, int], counts: Mapping[str, int]) -> dict[str, Times]:
    """Ask each engine its first `counts` questions, round by round; the one that begins is another one each round."""
    found = {name: Times() for name in engines}
    for number in range(1 + max(rounds[name] for name in engines)):
        for name in rotated(list(engines), number):
            if number > rounds[name]:
                continue
            told = engines[name].ask(0, counts[name])
            times = [seconds for seconds, _ in told]
            if number:
                found[name].again.append(times)
            else:
                found[name].first.extend(times)
                found[name].totals.extend(total for _, total in told)
    return found


def rotated(names: Sequence[Any], by: int) -> list[Any]:
    """Give the same circle, begun further on."""
    start = by % len(names)
    return [*names[start:], *names[:start]]
