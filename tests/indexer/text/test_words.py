"""Words for ranking: the same from both cutters."""

import marshal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.model import Entry
from indexer.text.analyzer import Evidence, analyze, evidence, words
from indexer.text.fold import fold
from indexer.text.segment import PythonCutter, cut, cut_for_search
from indexer.text.variants import simplified, with_arabic_years


def test_rust_and_python_cutters_give_the_same_words(expected: tuple[Entry, ...]) -> None:
    """rjieba may stand in for jieba: every body and title of the sample, both modes."""
    pytest.importorskip("rjieba", reason="rjieba is not installed: there is only one cutter")
    python = PythonCutter.load()
    for entry in expected:
        for text in (entry.title, entry.body):
            assert cut_for_search(text) == python.cut_for_search(text)
            assert cut(text) == python.cut(text)


def test_dictionary_of_anybody_in_the_folder_for_temporary_files_is_not_taken(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where there is no home to keep one in, jieba would read `jieba.cache` there, whoever wrote it."""
    (tmp_path / "home").write_text("no folder")
    word = "职工代表大会主席"
    theirs = {word[:end]: 0 for end in range(1, len(word))} | {word: 9_999_999}
    (tmp_path / "jieba.cache").write_bytes(marshal.dumps((theirs, 9_999_999)))
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    assert word not in PythonCutter.load().cut(f"{word}说")


def test_words_inside_a_word_are_words_too() -> None:
    """Long words after the shorter ones in them; width, case and punctuation make none."""
    assert analyze("总工会深入，ＡＰＥＣ Open 会\n议") == ["总工", "工会", "总工会", "深入", "apec", "open", "会议"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("工会主席", Evidence(("工会主席",), ("工会", "主席"), ("会主",))),
        ("什么是劳动竞赛？", Evidence(("劳动竞赛",), ("劳动", "竞赛"), ("动竞",))),
        ("勞動", Evidence(("劳动",), (), ())),
        ("二〇〇一年", Evidence(("2001", "年"), (), ("1年",))),
        ("的", Evidence(("的",), (), ())),
        ("，", Evidence((), (), ())),
    ],
)
def test_evidence_of(text: str, found: Evidence) -> None:
    """Function words weigh nothing unless there are no others; a word across a seam is only a pair of characters."""
    assert evidence(text) == found


@given(st.text())
def test_words_are_folded_text_in_order(text: str) -> None:
    """Nothing is made up: each word stands in the folded text, traditional characters and spelt years aside."""
    folded = with_arabic_years(simplified(fold(text)))
    assert all(fold(word) == word and word in folded for word in analyze(text))


@pytest.mark.parametrize(
    ("run", "found"),
    [
        ("长宁区实施", ("长宁区", "实施")),
        ("工会工会", ("工会",)),
        ("113 614人", ("113614", "人")),
        ("％", ("%",)),
        ("　", ()),
    ],
)
def test_words_of_a_run(run: str, found: tuple[str, ...]) -> None:
    """Each word once; a run without words stands for itself; nothing for nothing."""
    assert words(run) == found
