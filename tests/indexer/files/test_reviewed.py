"""`reviewed.toml` belongs to people: it is read as they may write it, and changed only where it has to be."""

import os
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.errors import ConfigError, StoreError
from indexer.files.durable import locked
from indexer.files.reviewed import Review, add_review, read_reviews, remove_reviews
from indexer.files.standing import Standing, standing
from indexer.model import Problem

ONE = Review("http://a.example/1", "two-signatures", "两人合写")
TWO = Review("http://a.example/2", "text-after-signature")
BY_HAND = """\
# 2026 年 11 月核对，对照原书。

# 王工看过
[[reviewed]]
code = 'two-signatures'   # 同页两处
url = 'http://a.example/1'
# 已与作者核实
note = '''
两人
[[reviewed]]
合写'''

# 以下存疑
[[ reviewed ]]  # 待查
url = "http://a.example/2"
code = "text-after-signature"
# 完
"""
TEXT = st.text(st.characters(exclude_categories=("Cs",)), max_size=20)
WORD = TEXT.filter(lambda text: text.strip())


def test_file_that_is_not_there_holds_nothing(tmp_path: Path) -> None:
    """Nor does one without reviews, or in a folder that is not there."""
    (tmp_path / "empty.toml").write_text("# nothing yet\n", "utf-8")
    assert [read_reviews(tmp_path / name) for name in ("no.toml", "empty.toml", "empty.toml/x")] == [(), (), ()]


@given(st.lists(st.builds(Review, WORD, WORD, TEXT), max_size=4))
def test_reviews_come_back_as_written(tmp_path_factory: pytest.TempPathFactory, reviews: list[Review]) -> None:
    """Whatever stands in a note; and go one by one, the others staying."""
    path = tmp_path_factory.mktemp("reviews") / "reviewed.toml"
    for review in reviews:
        add_review(path, review)
    assert list(read_reviews(path)) == reviews
    while reviews:
        gone = reviews.pop(len(reviews) // 2)
        reviews = [each for each in reviews if each != gone]
        remove_reviews(path, gone.__eq__)
        assert list(read_reviews(path)) == reviews


@pytest.mark.parametrize("end", ["\n", "\r\n", ""])
def test_added_review_leaves_what_people_wrote(tmp_path: Path, end: str) -> None:
    """Byte for byte, comments and line ends; a last line that is not ended is."""
    path = tmp_path / "reviewed.toml"
    before = BY_HAND.replace("\n", end or "\n").removesuffix("\n" if not end else "").encode()
    path.write_bytes(before)
    known = read_reviews(path)
    add_review(path, Review("http://a.example/3", "no-text", '见"原书"\n第 7 页'))
    assert path.read_bytes().startswith(before)
    assert read_reviews(path) == (*known, Review("http://a.example/3", "no-text", '见"原书"\n第 7 页'))
    assert [each.name for each in tmp_path.iterdir() if each.suffix == ".part"] == []


def test_review_taken_out_goes_with_the_lines_of_its_table_alone(tmp_path: Path) -> None:
    """A comment behind its last key is not its own."""
    path = tmp_path / "reviewed.toml"
    path.write_text(BY_HAND.replace("[[reviewed]]\n合写", "合写"), "utf-8")
    remove_reviews(path, lambda each: each.code == "two-signatures")
    assert path.read_text("utf-8") == (
        "# 2026 年 11 月核对，对照原书。\n\n# 王工看过\n# 以下存疑\n[[ reviewed ]]  # 待查\n"
        'url = "http://a.example/2"\ncode = "text-after-signature"\n# 完\n'
    )


@pytest.mark.parametrize(
    "text", [BY_HAND, 'reviewed = [{url = "http://a.example/1", code = "two-signatures", note = "两人合写"}]\n']
)
def test_form_that_cannot_be_changed_is_left_as_it_is(tmp_path: Path, text: str) -> None:
    """A header inside a note, a list in one line: people may write so, and change it themselves."""
    path = tmp_path / "reviewed.toml"
    path.write_text(text, "utf-8")
    assert read_reviews(path)[0].url == ONE.url
    with pytest.raises(ConfigError, match="change it by hand"):
        remove_reviews(path, lambda each: each.url == ONE.url)
    if text != BY_HAND:
        with pytest.raises(ConfigError, match="change it by hand"):
            add_review(path, TWO)
    assert path.read_text("utf-8") == text


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"[[reviewed]]\nurl = \n", r"is not TOML \(.*line 2"),
        (b"a = " + b"[" * 9_999, r"is not TOML \(nested too deep"),
        (b"a = " + b"9" * 5_000, r"is not TOML \("),
        (b"\xef\xbb\xbf[[reviewed]]\n", "review 1: it has no url"),
        ("# 核对\n# 王工\n".encode("gb18030"), "line 1: not UTF-8; save the file as UTF-8"),
        (b"[[review]]\nurl = 'u'\ncode = 'c'\n", r"has the key 'review'; begin each review with \[\[reviewed\]\]"),
        (b"[reviewed]\nurl = 'u'\n", r"no list of tables; begin each review with \[\[reviewed\]\]"),
        (b"reviewed = ['u']\n", r"no list of tables"),
        (
            b"[[reviewed]]\nurl = 'u'\ncode = 'c'\nnots = ''\n",
            "review 1: no key 'nots'; keys are url, code, note; do you mean 'note'",
        ),
        (b"[[reviewed]]\nurl = 'u'\ncode = 'c'\n\"\x7e\" = ''\n", "review 1: no key '~'; keys are url, code, note"),
        (b"[[reviewed]]\nurl = 'u'\ncode = 1\n", "review 1: code must be a string in quotes"),
        (b"[[reviewed]]\nurl = 'u'\ncode = 'c'\n[[reviewed]]\nurl = 'u'\n", "review 2: it has no code; add it"),
        (b"[[reviewed]]\nurl = ' '\ncode = 'c'\n", "review 1: it has no url"),
    ],
)
def test_what_is_no_review_is_one_clear_line(tmp_path: Path, data: bytes, said: str) -> None:
    """And nothing is changed."""
    path = tmp_path / "reviewed.toml"
    path.write_bytes(data)
    for work in (read_reviews, lambda path: add_review(path, ONE), lambda path: remove_reviews(path, ONE.__eq__)):
        with pytest.raises(StoreError, match=said) as found:
            work(path)
        assert re.match(re.escape(str(path)), str(found.value))
        assert (str(found.value).isprintable(), len(str(found.value)) < 500) == (True, True)
    assert path.read_bytes() == data


def test_file_that_cannot_be_read_is_one_clear_line(tmp_path: Path) -> None:
    """A folder, and a pipe into which nobody writes."""
    os.mkfifo(tmp_path / "pipe.toml")
    for path in (tmp_path, tmp_path / "pipe.toml"):
        with pytest.raises(StoreError, match="put a readable file in its place"):
            read_reviews(path)


def test_file_kept_elsewhere_is_changed_there(tmp_path: Path) -> None:
    """The link stays."""
    (tmp_path / "kept").mkdir()
    (tmp_path / "data").mkdir()
    path = tmp_path / "data" / "reviewed.toml"
    path.symlink_to(tmp_path / "kept" / "mine.toml")
    add_review(path, ONE)
    assert path.is_symlink()
    assert read_reviews(tmp_path / "kept" / "mine.toml") == (ONE,)


def test_bytes_that_are_no_text_are_one_clear_line(tmp_path: Path) -> None:
    """A terminal in another encoding sends such."""
    with pytest.raises(ConfigError, match="in UTF-8"):
        add_review(tmp_path / "reviewed.toml", Review("http://a.example/1", "no-text", "\udcb9"))
    assert not (tmp_path / "reviewed.toml").exists()


@pytest.mark.slow
def test_two_that_change_it_at_once_lose_nothing(tmp_path: Path) -> None:
    """The second one is told to try again."""
    with locked(tmp_path), pytest.raises(ConfigError, match="run the same command again"):
        add_review(tmp_path / "reviewed.toml", ONE)


def test_standing_counts_open_and_reviewed_apart() -> None:
    """A review ticks off all that its page has of the code; one of a problem that is gone is stale."""
    problems = [
        Problem("http://a.example/1", "甲", "two-signatures", ("一",)),
        Problem("http://a.example/1", "乙", "two-signatures", ("二",)),
        Problem("http://a.example/1", "乙", "no-text", ("三",)),
        *(Problem(f"http://a.example/{at}", "", "no-text", ("无",)) for at in range(2, 9)),
        Problem("http://a.example/9", "", "no-heading", ("无",)),
    ]
    reviews = [Review("HTTP://A.example/1#top", "two-signatures"), TWO, Review("http://a.example/3", "no-text")]
    assert standing(problems, reviews, lambda url: url.replace("HTTP://A", "http://a").partition("#")[0]) == Standing(
        open={"no-text": 7, "no-heading": 1},
        reviewed={"two-signatures": 2, "no-text": 1},
        first={
            "no-text": tuple(f"http://a.example/{at}" for at in (1, 2, 4, 5, 6)),
            "no-heading": ("http://a.example/9",),
        },
        stale=(TWO,),
    )
