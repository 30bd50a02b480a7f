"""The processor is asked once for many lines by GB/T 7714—2015, and each is as if it had been asked for it."""

from datetime import date

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


@settings(max_examples=150, deadline=None)
@given(REFERENCES)
def test_a_line_is_what_the_processor_writes(cited: Reference) -> None:
    """However titles, names and addresses begin and end, and whatever characters are in them."""
    assert cite(cited) == _line(cited, cited.is_chinese)
