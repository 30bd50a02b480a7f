"""Keeps the folder in which the processes that answer count together, and what those counted that have ended.

prometheus-client reads each process's files at every look at the counts, and never puts any together: a server whose
processes are renewed every night, or die every two seconds, would gather files without end.
"""

import logging
import os
import re
import tempfile
from collections.abc import Iterator, MutableMapping
from contextlib import contextmanager, suppress
from pathlib import Path

from filelock import FileLock, Timeout

from indexer.errors import ConfigError, reason_of
from search_app.web.operating.counting import FOLDER, LOCK
from search_app.web.operating.settings import is_on

_log = logging.getLogger(__name__)

_FILE = re.compile(r"(?:counter|histogram|summary|gauge_[a-z]+)_(?:\d+|ended)\.db")
"""What prometheus-client and this module call their files."""
_ADDED_UP = ("counter", "histogram")
"""Kinds that go on counting what ended processes counted; gauges end with their process."""
_WAIT_S = 1.0
"""Seconds for which the parent waits for whoever reads the counts; it has processes to replace."""


@contextmanager
def folder_for_counts(environment: MutableMapping[str, str]) -> Iterator[None]:
    """While the block runs, name a folder that is empty at first in `PROMETHEUS_MULTIPROC_DIR`, if requests are counted.

    Where that is set, the folder is used: what an earlier server left in it is removed, and it stays in the end.
    Otherwise one is made for this run.  Raises `ConfigError` if it cannot be written.
    """
    if not is_on(environment, "NIANJIAN_METRICS"):
        yield
        return
    named = environment.get(FOLDER, "").strip()
    if named:
        _empty(Path(named))
        yield
        return
    try:
        made = tempfile.TemporaryDirectory(prefix="nianjian-counts-", ignore_cleanup_errors=True)
    except OSError as error:
        raise ConfigError("counts-unwritable", path=tempfile.gettempdir(), reason=reason_of(error)) from error
    with made as folder:
        environment[FOLDER] = folder
        try:
            yield
        finally:
            del environment[FOLDER]


def _empty(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for file in folder.iterdir():
            if _FILE.fullmatch(file.name):
                file.unlink()
        with tempfile.TemporaryFile(dir=folder):
            pass
    except OSError as error:
        raise ConfigError("counts-unwritable", path=folder, reason=reason_of(error)) from error


def keep_counts_of(process: int | None) -> None:
    """Add what a process counted that has ended to what those before it did, and forget what it was doing."""
    folder = os.environ.get(FOLDER)
    if not folder or process is None:
        return
    for file in Path(folder).glob(f"gauge_live*_{process}.db"):
        file.unlink(missing_ok=True)
    # Whoever reads the counts meanwhile would find some twice, or not at all; where they take long, it is left for good.
    with suppress(Timeout), FileLock(Path(folder) / LOCK, timeout=_WAIT_S):
        for kind in _ADDED_UP:
            _add(Path(folder) / f"{kind}_{process}.db", Path(folder) / f"{kind}_ended.db")


def _add(file: Path, total: Path) -> None:
    from prometheus_client.mmap_dict import MmapedDict

    if not file.exists():
        return
    try:
        counted = [(key, value) for key, value, *_ in MmapedDict.read_all_values_from_file(file)]
        sums = MmapedDict(total)
        for key, value in counted:
            sums.write_value(key, sums.read_value(key)[0] + value, 0.0)
        sums.close()
    except Exception as error:  # a file that was being made, or a full disk: answering is what matters
        _log.warning("what an ended process counted is not kept: %s: %s", type(error).__name__, reason_of(error))
    with suppress(OSError):
        file.unlink()
