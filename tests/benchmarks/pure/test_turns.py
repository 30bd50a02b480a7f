"""Engines are asked in turn, over pipes, and judged by what a scan finds."""

import json
import sys
from pathlib import Path

import pytest
from comparing import turns
from comparing.engines import Rival
from comparing.judging import Scan, judge
from measuring.entriesfile import EntriesFile
from questions import Question

from indexer.model import Entry

ENGINE = """\
def version():
    return "echo 1"

class Engine:
    def __init__(self, folder):
        self.asked = 0

    def ask(self, question):
        self.asked += 1
        return {"total": question["hits"] + self.asked}

    def ids(self, question):
        return [str(question["hits"])]

    def close(self):
        pass
"""


def entry(number: int, body: str, year: int = 2001) -> Entry:
    """Make one."""
    return Entry(
        f"e{number}", str(year), year, "大事", "总论", "标题", ("张三",), "（张三）", body, (), "http://a.example/", 1
    )


def test_entries_are_read_from_their_file_one_at_a_time(tmp_path: Path) -> None:
    """As they were; their text is counted in bytes of UTF-8."""
    entries = [entry(1, "一"), entry(2, "二\n三")]
    kept = EntriesFile(tmp_path / "there" / "plain.jsonl", iter(entries))
    assert (list(kept), len(kept), kept[-1], kept[:1]) == (entries, 2, entries[1], entries[:1])
    assert kept.text_bytes == sum(len(f"标题总论{each.body}（张三）".encode()) for each in entries)


def test_a_scan_finds_entries_that_hold_every_string_and_pass_the_filters() -> None:
    """Like a reader who reads all."""
    scan = Scan([entry(1, "工会代表大会"), entry(2, "工会"), entry(3, "工会代表", 2002)])
    wanted = [
        scan.wanted(Question("two words", ("工会", "代表"), False, filters, 1))
        for filters in ((), (("year", "2001"),), (("year", "1999"),), (("year", "2002"), ("section", "大事")))
    ]
    assert wanted == [{"e1", "e3"}, {"e1"}, set(), {"e3"}]


def test_engines_are_judged_by_what_should_be_found() -> None:
    """A question that finds nothing says nothing of recall."""
    finders = {"all": lambda number: ["e1", "e2"], "none": lambda number: []}
    assert judge([{"e1"}, {"e1", "e2"}, set()], finders) == {
        "all": {"judged": 2, "recall": 1.0, "precision": 0.5},
        "none": {"judged": 2, "recall": 0.0, "precision": 0.0},
    }


def test_rounds_go_on_in_a_process_that_stays_open(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It counts what it was asked: six times two questions, each engine for itself; who begins changes."""
    run = tmp_path / "run.py"
    run.write_text(turns.RUN.read_text("utf-8"), "utf-8")
    (tmp_path / "echo.py").write_text(ENGINE, "utf-8")
    monkeypatch.setattr(turns, "RUN", run)
    questions = tmp_path / "questions.json"
    questions.write_text(json.dumps([{"hits": 10}, {"hits": 20}, {"hits": 30}]), "utf-8")
    rival = Rival("echo", python=sys.executable)
    with turns.opened(rival, tmp_path, questions) as one, turns.opened(rival, tmp_path, questions) as other:
        found = turns.take_turns({"one": one, "other": other}, {"one": 2, "other": 0}, {"one": 3, "other": 2})
        assert (one.told["version"], one.ask(0, 1)[0][1], other.ids(2)) == ("echo 1", 20, ["30"])
    assert [(each.totals, len(each.again)) for each in found.values()] == [([11, 22, 33], 2), ([11, 22], 0)]
    assert [turns.rotated("ab", by) for by in (0, 1, 2)] == [["a", "b"], ["b", "a"], ["a", "b"]]


def test_an_engine_that_dies_ends_the_benchmark_with_what_it_said(tmp_path: Path) -> None:
    """Not a hang."""
    (tmp_path / "questions.json").write_text("[]", "utf-8")
    with (
        pytest.raises(SystemExit, match="No module named 'nobody'"),
        turns.opened(Rival("nobody"), tmp_path, tmp_path / "questions.json"),
    ):
        pass
