"""Folds the strings of many entries at once for the exact index."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from indexer.search.fields import FieldTexts
from indexer.search.whoosh.strings.alphabet import BETWEEN, Codes16, Numbering
from indexer.text.fold import fold_codes


@dataclass(frozen=True, slots=True)
class Strings:
    """Folded strings, each followed by `BETWEEN`."""

    text: Codes16
    lengths: NDArray[np.uint32]
    """Length in characters of each field of each entry, `BETWEEN` included."""
    gaps: NDArray[np.int64]
    """Places in `text` before which folding dropped a printed character, or joined it to the one before, ascending; one
    for each such character."""


def folded_strings(texts: Sequence[FieldTexts], scopes: Sequence[str], numbering: Numbering) -> Strings:
    """Fold the strings that entries have in the given scopes, entry by entry."""
    fields = [strings[scope] for strings in texts for scope in scopes]
    printed = [string for field in fields for string in field]
    # All strings are folded at once: most are short, and every array operation has a fixed cost.
    of_printed = np.fromiter(map(len, printed), dtype=np.int64, count=len(printed))
    codes, kept = fold_codes("".join(printed), np.cumsum(of_printed) - of_printed)
    number = np.repeat(np.arange(len(printed)), of_printed)
    place = np.arange(len(codes)) + number[kept]
    text = np.full(len(codes) + len(printed), BETWEEN, dtype=np.uint16)
    text[place] = numbering.encode(codes)
    dropped = np.flatnonzero(~kept)
    gaps = dropped - np.arange(len(dropped)) + number[dropped]
    ends = np.cumsum(np.bincount(number[kept], minlength=len(printed)) + 1)
    sizes = np.fromiter(map(len, fields), dtype=np.int64, count=len(fields))
    lengths = np.diff(np.concatenate(([0], ends))[np.cumsum(sizes)], prepend=0)
    return Strings(text, lengths.astype(np.uint32), gaps)
