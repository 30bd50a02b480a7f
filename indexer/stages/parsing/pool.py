"""Distributes pages over worker processes in batches and returns the results in the order of the pages."""

import itertools
import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from multiprocessing import get_context
from typing import TypeVar

from indexer.model import Page

_POOL_FROM = 200
"""From this many pages on, worker processes are worth their start-up time (0.6 s against 2 to 5 ms a page)."""
_BATCH = 16
_BATCH_BYTES = 1 << 20
Done = TypeVar("Done")


def mapped(work: Callable[[Page], Done], pages: Iterable[Page]) -> Iterator[Done]:
    """Yield the result of `work` for each page, in order; few pages are handled in this process."""
    cores = os.cpu_count() or 1
    coming = iter(pages)
    first = list(itertools.islice(coming, _POOL_FROM))
    if len(first) < _POOL_FROM or cores < 2:
        yield from map(work, first)
        yield from map(work, coming)
        return
    # Spawned, not forked: a forked child of a threaded parent (a progress bar is a thread) may lock up.
    with ProcessPoolExecutor(cores, mp_context=get_context("spawn")) as pool:
        waiting: deque[Future[list[Done]]] = deque()
        for batch in _batches(itertools.chain(first, coming)):
            waiting.append(pool.submit(_work_through, work, batch))
            if len(waiting) > 3 * cores:
                yield from waiting.popleft().result()
        while waiting:
            yield from waiting.popleft().result()


def _batches(pages: Iterable[Page]) -> Iterator[list[Page]]:
    batch: list[Page] = []
    size = 0
    for page in pages:
        batch.append(page)
        size += len(page.body)
        if len(batch) >= _BATCH or size > _BATCH_BYTES:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


def _work_through(work: Callable[[Page], Done], pages: list[Page]) -> list[Done]:
    return [work(page) for page in pages]
