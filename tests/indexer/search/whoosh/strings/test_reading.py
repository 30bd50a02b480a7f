"""What is read of the archive's text is what stands there, and strings are found in it as Python finds them."""

import re
from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from indexer.search.whoosh.strings import reading
from indexer.search.whoosh.strings.reading import Choices, apart, read

_DOCUMENTS = st.lists(st.lists(st.text(st.sampled_from("上会工"), max_size=9), max_size=3), max_size=9)
"""The strings of each document; one that has none takes no room."""
_CHOICES = st.lists(st.sets(st.sampled_from("上会工"), min_size=1, max_size=2).map(sorted), min_size=1, max_size=4)


@given(_DOCUMENTS, _CHOICES, st.data(), st.integers(1, 40))
@example([["上上上"], [], ["上"]], [["上"], ["上"]], None, 1)
@example([["会上"], ["上会"]], [["上"], ["上"]], None, 40)  # no string runs from one document into the next
@example([["会", "工"]], [["会"], ["工"]], None, 40)  # … nor from one string
def test_strings_are_found_wherever_they_stand(
    documents: Sequence[Sequence[str]], chosen: Sequence[Sequence[str]], data: st.DataObject | None, at_once: int
) -> None:
    """Overlapping too, whichever character is looked for first; read together or apart, of some documents or of all."""
    texts = ["".join(f"{string}\0" for string in strings) for strings in documents]
    some = list(range(len(texts)))
    rarest = 0
    if data:
        some = sorted(data.draw(st.sets(st.sampled_from(some)))) if some else []
        rarest = data.draw(st.integers(0, len(chosen) - 1))
    ends = np.cumsum([len(text) for text in texts], dtype=np.uint32)
    begins = (ends - [len(text) for text in texts]).astype(np.uint32)
    choices: Choices = tuple(tuple(map(ord, each)) for each in chosen)
    wanted = re.compile("(?=" + "".join(f"[{''.join(each)}]" for each in chosen) + ")")
    found, counts, firsts = [], [], []
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(reading, "_AT_ONCE", at_once)
        codes = np.array(list(map(ord, "".join(texts))), dtype=np.uint16)
        for part in read(codes, begins[some], ends[some]):
            assert len(part.codes) <= at_once or len(part.begins) == 1
            at = part.find(choices, rarest)
            owners = part.owners(at)
            places = part.in_archive(at, owners)
            found += list(zip([some[part.first + owner] for owner in owners.tolist()], places.tolist(), strict=True))
            counts += part.counts(at).tolist()
            firsts.append(part.first)
    stands = [[int(begins[at]) + each.start() for each in wanted.finditer(texts[at])] for at in some]
    assert found == [(at, place) for at, places in zip(some, stands, strict=True) for place in places]
    assert counts == list(map(len, stands))
    assert firsts == sorted(set(firsts))


@given(st.lists(st.text(st.sampled_from("上会"), max_size=30), max_size=4), st.sampled_from(["上上", "上会上", "上"]))
def test_occurrences_apart_are_those_of_a_scan_from_the_left(strings: list[str], sought: str) -> None:
    """One scan serves for all strings."""
    text = "\0".join(strings)
    places = np.array([each.start() for each in re.finditer(f"(?={sought})", text)], dtype=np.int64)
    assert places[apart(places, len(sought))].tolist() == [each.start() for each in re.finditer(sought, text)]
