"""Which files a generation has and what numbers its arrays hold; knows not what they mean."""

from collections.abc import Mapping

VERSION = "arrays-8"
"""Change it when the files of a generation or their meaning change in a way that no constant says."""
RECORDS, WORDS, POSTINGS = "MAIN_1.rec", "MAIN_1.trm", "MAIN_1.pst"
CONTENTS = "_MAIN_1.toc"
"""Whoosh's table of contents: written for Whoosh's own searcher, read by nothing of ours, since it is a pickle."""
VALUES = "facets.json"
ARRAYS: Mapping[str, str] = {
    "text": "<u2",
    "beyond": "<u4",
    "places": "<u4",
    "steps": "<u2",
    "grams": "<u4",
    "gram-ends": "<u4",
    "frequent": "<u4",
    "bounds": "<u4",
    "gaps": "<u4",
    "factors": "<f4",
    "ids": "S",
    "id-numbers": "<i4",
    "book": "<i4",
}
"""Name to type of number; of ids, which are strings, the length is what the longest one takes."""
COLUMN_ARRAYS: Mapping[str, str] = {"first": "<i4", "more": "<i4"}
"""The same for what each column has, behind its name."""


def type_of(name: str) -> str:
    """Give the type of an array's numbers."""
    return ARRAYS.get(name) or COLUMN_ARRAYS[name.rpartition("-")[2]]


def file_names(columns: tuple[str, ...]) -> frozenset[str]:
    """Give the names of all files but the manifest; `columns` are those of facets."""
    arrays = (*ARRAYS, *(f"{column}-{part}" for column in columns for part in COLUMN_ARRAYS))
    return frozenset((RECORDS, WORDS, POSTINGS, CONTENTS, VALUES, *(f"{name}.npy" for name in arrays)))


def shape() -> tuple[object, ...]:
    """Give what shapes a generation's folder."""
    return VERSION, RECORDS, WORDS, POSTINGS, CONTENTS, VALUES, tuple(ARRAYS.items()), tuple(COLUMN_ARRAYS.items())
