"""Every problem that the parser can report has words, for as many values as it comes with."""

import json
from string import Formatter

from indexer.config import DataFolder
from indexer.files.entrystore import read_problems
from indexer.model import Problem
from indexer.parse.problems import Code
from search_app.words.problems import WORDS, in_words


def test_every_code_has_words() -> None:
    """With places numbered from 0 on, none left out."""
    assert set(WORDS) == set(Code)
    for words in WORDS.values():
        places = [int(name) for _, name, _, _ in Formatter().parse(words) if name is not None]
        assert sorted(set(places)) == list(range(len(set(places))))


def test_problems_of_the_sample_are_said_whole(sample: DataFolder) -> None:
    """No value is missing, and none is left over for the words."""
    for problem in read_problems(sample.problems):
        said = in_words(problem)
        assert "{" not in said
        assert said != problem.brief
    record = json.loads(sample.problems.read_text("utf-8").splitlines()[0])
    assert list(record) == ["url", "where", "code", "values"]


def test_problem_of_another_version_is_shown_as_it_is() -> None:
    """A code or values that are not known are no fault."""
    assert in_words(Problem("u", "w", "of-tomorrow", ("甲",))) == "of-tomorrow: 甲"
    assert in_words(Problem("u", "w", "next-page-missing", ())) == "next-page-missing"
