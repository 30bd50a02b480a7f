"""Lists the files of a generation and the number type of each array."""

from collections.abc import Mapping

from indexer.search.suggesting import suggestfiles

VERSION = "arrays-10"
"""Version of the file layout.  Change it when files or their meaning change in a way that no constant here shows."""
RECORDS, WORDS, POSTINGS = "MAIN_1.rec", "MAIN_1.trm", "MAIN_1.pst"
CONTENTS = "_MAIN_1.toc"
"""Whoosh's table of contents.  It is written for Whoosh's own searcher; we never read it, because it is a pickle."""
VALUES = "facets.json"
ARRAYS: Mapping[str, str] = {
    "text": "<u2",
    "beyond": "<u4",
    "grams": "<u4",
    "holders": "<u4",
    "bodies": "<u4",
    "bodies-ends": "<u4",
    "outside": "<u4",
    "outside-ends": "<u4",
    "bounds": "<u4",
    "gaps": "<u4",
    "factors": "<f4",
    "ids": "S",
    "id-numbers": "<i4",
    "book": "<i4",
}
"""Number type of each array; the ids are strings, whose width is that of the longest one.  Those of suggestions are listed
by `suggestfiles`."""
COLUMN_ARRAYS: Mapping[str, str] = {"first": "<i4", "more": "<i4"}
"""Number type of the arrays that each column has; their names begin with the column's."""


def type_of(name: str) -> str:
    """Return the NumPy type of an array's elements."""
    return ARRAYS.get(name) or COLUMN_ARRAYS[name.rpartition("-")[2]]


def file_names(columns: tuple[str, ...]) -> frozenset[str]:
    """Return the names of all files of a generation but its manifest; `columns` are the names of its columns."""
    arrays = (*ARRAYS, *(f"{column}-{part}" for column in columns for part in COLUMN_ARRAYS))
    return frozenset(
        (RECORDS, WORDS, POSTINGS, CONTENTS, VALUES, *(f"{name}.npy" for name in arrays), *suggestfiles.file_names())
    )


def shape() -> tuple[object, ...]:
    """Return the constants that determine the layout of a generation's folder."""
    return (
        VERSION,
        RECORDS,
        WORDS,
        POSTINGS,
        CONTENTS,
        VALUES,
        suggestfiles.TEXTS,
        (*ARRAYS.items(), *suggestfiles.ARRAYS.items()),
        tuple(COLUMN_ARRAYS.items()),
    )
