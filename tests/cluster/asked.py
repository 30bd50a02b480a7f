"""Asks a server many questions over HTTP whose right answers are known, from several clients at a time."""

import json
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException

LIMIT_S = 30
"""Seconds after which an answer is missing."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back."""

    status: int
    """0 if nothing did."""
    retry_after: str
    content: str


@dataclass
class Tally:
    """What became of the questions."""

    right: int = 0
    wrong: list[str] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)
    """Those answered 503 with Retry-After."""
    odd: list[str] = field(default_factory=list)
    """Those that were answered by another error, or not at all."""
    slowest_s: float = 0.0

    @property
    def errors(self) -> int:
        """How many were not answered."""
        return len(self.refused) + len(self.odd)

    def __str__(self) -> str:
        """Say it in a line."""
        return (
            f"{self.right} right, {len(self.wrong)} wrong, {len(self.refused)} refused (503 with Retry-After), "
            f"{len(self.odd)} other errors, slowest {self.slowest_s:.1f} s"
        )


def ask(port: int, path: str) -> Answer:
    """Ask once."""
    connection = HTTPConnection("127.0.0.1", port, timeout=LIMIT_S)
    try:
        connection.request("GET", path)
        answer = connection.getresponse()
        return Answer(answer.status, answer.getheader("Retry-After", ""), answer.read().decode("utf-8", "replace"))
    except (OSError, HTTPException) as error:
        return Answer(0, "", repr(error))
    finally:
        connection.close()


def kept(answer: Answer) -> str:
    """Give what of an answer must stay the same: all but the points, which copies of a shard may count differently."""
    found = json.loads(answer.content)
    hits = [[hit["id"], hit["title"], hit["snippet"]] for hit in found["hits"]]
    return json.dumps([found["total"], found["occurrences"], hits, found["facets"], found["notes"]])


def ask_all(
    port: int,
    known: dict[str, str],
    questions: Sequence[str],
    clients: int,
    meanwhile: Callable[[Callable[[float], None]], object],
) -> Tally:
    """Ask questions from so many clients, and hold each answer against what is known; `meanwhile` runs beside it.

    It is given a function that waits until a share of the questions has been asked.
    """
    tally, left, lock = Tally(), list(reversed(questions)), threading.Lock()

    def client() -> None:
        while True:
            with lock:
                if not left:
                    return
                path = left.pop()
            begun = time.monotonic()
            answer = ask(port, path)
            took = time.monotonic() - begun
            with lock:
                tally.slowest_s = max(tally.slowest_s, took)
                note(tally, path, answer, known)

    def wait(share: float) -> None:
        while len(left) > (1 - share) * len(questions):
            time.sleep(0.01)

    threads = [threading.Thread(target=client) for _ in range(clients)]
    for each in threads:
        each.start()
    meanwhile(wait)
    for each in threads:
        each.join()
    return tally


def note(tally: Tally, path: str, answer: Answer, known: dict[str, str]) -> None:
    """Enter an answer."""
    if answer.status == 200:
        if kept(answer) == known[path]:
            tally.right += 1
        else:
            tally.wrong.append(f"{path}: {answer.content[:400]}")
    elif answer.status == 503 and answer.retry_after.isdecimal():
        tally.refused.append(f"{path}: {answer.content[:200]}")
    else:
        tally.odd.append(f"{path}: {answer.status} {answer.content[:300]}")
