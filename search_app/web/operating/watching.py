"""Watches each request from outside the app, from its first to its last byte, and has it counted and logged.

Independent of Flask, and of what is answered.
"""

import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from functools import partial
from typing import Any

from search_app.web.operating.counting import Counts
from search_app.web.operating.facts import STREAM_BEGUN, Answer, answer_of
from search_app.web.operating.logfile import LogFile
from search_app.web.operating.loglines import ABORTED, FAILED, WHOLE, Sent, line
from search_app.web.operating.settings import Operating
from search_app.web.site import Application, Environ


class Watcher:
    """Counts and logs answers, as far as it is asked to; safe to share between threads."""

    def __init__(self, operating: Operating, counts: Counts | None, generation: Callable[[], str]) -> None:
        """Take what is wanted; `generation` returns the name of the generation that answers, empty if none does."""
        self._operating = operating
        self._counts = counts
        self._log = LogFile(operating.log) if operating.log else None
        self._generation = generation

    def watched(self, application: Application) -> Application:
        """Wrap a WSGI application so that its answers are counted and logged."""

        def answer(environ: Environ, start_response: Any) -> Iterable[bytes]:
            came, began = time.time(), time.perf_counter()
            status, length = 500, None

            def start(line: str, headers: list[tuple[str, str]], exc_info: Any = None) -> Any:
                nonlocal status, length
                status, length = int(line[:3]), _length(headers)
                return start_response(line, headers, exc_info) if exc_info else start_response(line, headers)

            try:
                body = application(environ, start)
            except BaseException:
                self._begin(environ, came, began, 500)(0, FAILED)
                raise
            return _Sending(body, length, self._begin(environ, came, began, status))

        return answer

    def _begin(self, environ: Environ, came: float, began: float, status: int) -> Callable[[int, str], None]:
        """Count an answer before it is sent, and return what is to be called when it has been.

        So what a reader has seen has been counted, whatever becomes of the process.
        """
        answer = answer_of(environ, status, time.perf_counter() - began)
        if self._counts is not None:
            self._counts.answered(answer)
        return partial(self._end, environ, answer, (came, began))

    def _end(self, environ: Environ, answer: Answer, when: tuple[float, float], size: int, end: str) -> None:
        """Log an answer of which `size` bytes were sent; `when` the request came, by both clocks."""
        if self._counts is not None and answer.stream == STREAM_BEGUN:
            self._counts.stream_ended()
        if self._log is not None:
            end = WHOLE if end == ABORTED and answer.method == "HEAD" else end
            sent = Sent(when[0], time.perf_counter() - when[1], size, end, self._generation())
            self._log.write(line(answer, sent, environ, self._operating))


def _length(headers: list[tuple[str, str]]) -> int | None:
    """Return how many bytes an answer says that it has; None if it does not."""
    return next((int(value) for name, value in headers if name.lower() == "content-length"), None)


class _Sending:
    """The body of an answer while it is sent."""

    __slots__ = ("_body", "_end", "_how", "_is_over", "_length", "_pieces", "_size")

    def __init__(self, body: Iterable[bytes], length: int | None, end: Callable[[int, str], None]) -> None:
        """Take a body, and what is to be called once when it is over: with the bytes sent, and how it ended.

        A server need not ask for more than `length` bytes, if that is known.
        """
        self._body, self._pieces, self._length, self._end = body, iter(body), length, end
        self._size, self._how, self._is_over = 0, ABORTED, False

    def __iter__(self) -> Iterator[bytes]:
        return self

    def __next__(self) -> bytes:
        try:
            piece = next(self._pieces)
        except StopIteration:
            self._how = WHOLE
            raise
        except BaseException:
            self._how = FAILED
            raise
        self._size += len(piece)
        return piece

    def close(self) -> None:
        """End the answer, as whoever serves it must, whole or not."""
        try:
            close = getattr(self._body, "close", None)
            if close is not None:
                close()
        finally:
            if not self._is_over:
                self._is_over = True
                self._end(self._size, WHOLE if self._size == self._length else self._how)

    def __del__(self) -> None:
        """End an answer that was dropped without a word."""
        with suppress(Exception):
            self.close()
