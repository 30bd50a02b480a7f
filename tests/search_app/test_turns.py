"""Answers of one process take turns to be made, and nobody waits long for one."""

import threading
import time
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from search_app.serving.turns import Turns
from search_app.web.site import Application, Environ


class Answering:
    """An application that takes a moment, and notes how many of its answers are made at once."""

    def __init__(self) -> None:
        self.go_on = threading.Event()
        self.begun = threading.Event()
        self.most = 0
        self._now = 0
        self._noting = threading.Lock()

    def __call__(self, environ: Environ, start_response: Any) -> Iterable[bytes]:
        with self._noting:
            self._now += 1
            self.most = max(self.most, self._now)
        try:
            if environ["PATH_INFO"] == "/slow":
                self.begun.set()
                assert self.go_on.wait(30)
            elif environ["PATH_INFO"] == "/broken":
                raise ValueError("broken")
            time.sleep(0.001)
            return [environ["PATH_INFO"].encode()]
        finally:
            with self._noting:
                self._now -= 1


def ask(application: Application, path: str) -> bytes:
    return b"".join(application({"PATH_INFO": path}, None))


@pytest.fixture
def beside_slow() -> Iterable[Callable[[float], tuple[Application, Answering]]]:
    """Give a function that sets a patience and begins an answer that does not end before the test does."""
    made = []
    with ThreadPoolExecutor() as threads:

        def begin(patience: float) -> tuple[Application, Answering]:
            answering = Answering()
            made.append(answering)
            application = Turns(patience).taken(answering)
            threads.submit(ask, application, "/slow")
            assert answering.begun.wait(30)
            return application, answering

        yield begin
        for each in made:
            each.go_on.set()


def test_quick_answers_are_made_one_after_the_other() -> None:
    """All are answered."""
    answering = Answering()
    application = Turns(patience=30).taken(answering)
    with ThreadPoolExecutor(4) as threads:
        paths = [f"/{number}" for number in range(40)]
        answers = list(threads.map(lambda path: ask(application, path), paths))
    assert (answers, answering.most) == ([path.encode() for path in paths], 1)


def test_slow_answer_keeps_nobody_longer_than_their_patience(
    beside_slow: Callable[[float], tuple[Application, Answering]],
) -> None:
    """Whoever has waited is answered beside it."""
    application, answering = beside_slow(0.01)
    assert [ask(application, path) for path in ("/a", "/b")] == [b"/a", b"/b"]
    assert answering.most == 2


def test_watchdogs_never_wait(beside_slow: Callable[[float], tuple[Application, Answering]]) -> None:
    """Not even where everybody else does."""
    application, _ = beside_slow(60)
    began = time.monotonic()
    assert [ask(application, path) for path in ("/healthz", "/readyz", "/metrics")] == [
        b"/healthz",
        b"/readyz",
        b"/metrics",
    ]
    assert time.monotonic() - began < 30


def test_turn_ends_with_an_answer_that_fails() -> None:
    """The next one does not wait for it."""
    application = Turns(patience=60).taken(Answering())
    with pytest.raises(ValueError, match="broken"):
        ask(application, "/broken")
    began = time.monotonic()
    assert ask(application, "/a") == b"/a"
    assert time.monotonic() - began < 30


def test_answer_that_is_being_sent_has_no_turn() -> None:
    """However slowly its reader takes it."""

    def endless(environ: Environ, _: Any) -> Iterable[bytes]:
        return iter(environ["PATH_INFO"].encode, b"")

    application = Turns(patience=60).taken(endless)
    pieces = iter(application({"PATH_INFO": "/long"}, None))
    began = time.monotonic()
    assert [next(pieces), next(iter(application({"PATH_INFO": "/a"}, None))), next(pieces)] == [
        b"/long",
        b"/a",
        b"/long",
    ]
    assert time.monotonic() - began < 30
