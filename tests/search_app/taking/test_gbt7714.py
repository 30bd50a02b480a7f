"""The processor is asked once for many lines by GB/T 7714—2015, and each is as if it had been asked for it."""

import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from search_app.shown.citing.gbt7714 import _line, cite
from search_app.shown.citing.reference import Reference

TEXT = st.text(st.sampled_from("工会 王芳A.b,;:!?？。“”《》\"'<&>[]/\ue000\ue001\ue005"), max_size=8).map(
    lambda text: " ".join(text.split()).lstrip(".,:;!?").rstrip(",:;").strip()
)
"""One line.  What the processor drops of a text that begins or ends with a comma, we do not."""
REFERENCES = st.builds(
    Reference,
    id=st.just("2002-1-1"),
    title=TEXT,
    authors=st.lists(TEXT.filter(bool), max_size=6).map(tuple),
    section=TEXT,
    yearbook=TEXT,
    year=st.sampled_from((0, 2002)),
    editor=TEXT,
    publisher=TEXT,
    place=TEXT,
    printed=st.sampled_from((0, 2003)),
    isbn=TEXT,
    url=TEXT,
    accessed=st.dates(date(2020, 1, 1), date(2030, 12, 31)),
)


@pytest.fixture
def hasty() -> Iterator[None]:
    """Have threads take turns a thousand times as often as usual."""
    before = sys.getswitchinterval()
    sys.setswitchinterval(5e-6)
    yield
    sys.setswitchinterval(before)


@settings(max_examples=150, deadline=None)
@given(REFERENCES)
def test_a_line_is_what_the_processor_writes(cited: Reference) -> None:
    """However titles, names and addresses begin and end, and whatever characters are in them."""
    assert cite(cited) == _line(cited, cited.is_chinese)


@pytest.mark.usefixtures("hasty")
def test_threads_do_not_write_into_each_others_lines(referring: Callable[..., Reference]) -> None:
    """No line becomes 同上 or loses an editor because another is written at the same time."""
    several = [
        referring(year=3000 + at, authors=("甲", "乙", "丙", "丁")[: at % 5], editor=("", "编者")[at % 2])
        for at in range(80)
    ]
    cite(referring())  # from here on all share one style
    with ThreadPoolExecutor(8) as threads:
        written = list(threads.map(cite, several))
    _line.cache_clear()
    assert written == list(map(cite, several))
