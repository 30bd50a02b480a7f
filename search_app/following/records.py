"""Keeps what lies in a data folder beside the index, and reads it again when a file has changed."""

import logging
import os
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Generic, TypeVar

from indexer.config import DataFolder
from indexer.errors import YearbookError
from indexer.files.entrystore import read_problems, read_reports
from indexer.files.ids import Change, read_changes, read_times
from indexer.files.reviewed import read_reviews
from indexer.files.standing import open_problems
from indexer.model import Problem
from indexer.parse.listed import Listed, listed_titles
from indexer.urls import page_key

_log = logging.getLogger(__name__)
_Read = TypeVar("_Read")


class Records:
    """The records of one data folder: changes and times of ids, problems of pages, titles that index pages list."""

    def __init__(self, data: DataFolder) -> None:
        """Set the folder; its files are read when they are first asked for."""
        self._changes = _Kept((data.ids,), lambda: read_changes(data.ids))
        self._times = _Kept((data.ids,), lambda: read_times(data.ids))
        self._problems = _Kept((data.problems, data.reviewed), lambda: _open_problems(data))
        self._listed = _Kept((data.pages,), lambda: listed_titles(read_reports(data.pages)))

    def changes(self) -> Mapping[str, list[Change]]:
        """Return the changes of meaning of each id, by id."""
        return self._changes.read()

    def times(self) -> Mapping[str, datetime]:
        """Return since when each entry's text has been what it is, by id; 5 MB for 50,000 entries."""
        return self._times.read()

    def problems_of(self, url: str) -> Sequence[Problem]:
        """Return the open problems of a page; none where its file cannot be read, which is logged once."""
        return self._problems.read().get(url, ())

    def listed(self) -> Listed:
        """Return the titles that index pages list, by the URL of the page they lead to, as of the last parse."""
        return self._listed.read()


class _Kept(Generic[_Read]):
    """What was read from some files, and what they looked like then."""

    def __init__(self, files: Sequence[Path], read: Callable[[], _Read]) -> None:
        self._files = files
        self._again = read
        self._found: tuple[object, _Read] | None = None

    def read(self) -> _Read:
        stamp = tuple(map(file_stamp, self._files))
        found = self._found
        if found is None or found[0] != stamp:
            found = self._found = stamp, self._again()
        return found[1]


def _open_problems(data: DataFolder) -> Mapping[str, Sequence[Problem]]:
    """Return the problems that nobody has ticked off, by page."""
    found: dict[str, list[Problem]] = {}
    try:
        problems = read_problems(data.problems) if data.problems.exists() else ()
        for problem in open_problems(problems, read_reviews(data.reviewed), page_key):
            found.setdefault(problem.url, []).append(problem)
    except YearbookError as error:
        _log.warning("readers are not told what is doubtful: %s", error)
    return found


def file_stamp(path: Path) -> object:
    """Return a value that changes when a file does; None if the file is missing."""
    try:
        status = os.stat(path)  # noqa: PTH116  (`Path.stat` takes twice as long, and every answer passes here)
    except OSError:
        return None
    return status.st_mtime_ns, status.st_size, status.st_ino
