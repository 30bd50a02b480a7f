"""The processes that help a build; knows not what they do.

A module of its own, with few imports: a helper imports it before it can begin.
"""

import gc
import multiprocessing
import os
import threading
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import connection, get_context

from indexer.text.segment import cut_for_search


def helpers(count: int) -> ProcessPoolExecutor:
    """Start helpers; they are not forked, since a child of a threaded parent may lock up."""
    pool = ProcessPoolExecutor(count, get_context("spawn"), initializer=_begin)
    for _ in range(count):
        pool.submit(cut_for_search, "")  # loads the dictionary
    return pool


def _begin() -> None:
    """Prepare a helper: it ends when the builder does, however that ends."""
    gc.disable()
    parent = multiprocessing.parent_process()
    if parent:
        threading.Thread(target=_end_with, args=(parent.sentinel,), daemon=True).start()


def _end_with(sentinel: int) -> None:
    connection.wait([sentinel])
    os._exit(1)
