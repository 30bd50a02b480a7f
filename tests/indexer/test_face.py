"""What `from indexer import …` offers: every name is there, says what it is, and costs nothing before it is used."""

import ast
import gc
import inspect
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

import indexer
from indexer import Entry, SearchRequest, errors, open_builder, open_searcher, parse_query
from indexer.config import DataFolder
from indexer.search.query import tree
from indexer.search.shown import results

DOCUMENTED_AS_ALIAS = {"Node", "Progress", "Snippet"}
"""Types that are another name of something, which have no docstring at run time."""


def test_all_names_are_there_in_order_and_listed() -> None:
    """What type checkers see, what is loaded when asked for, `__all__` and `dir()` agree."""
    assert indexer.__all__ == sorted(indexer.__all__)
    assert set(indexer.__all__) <= set(dir(indexer))
    seen = {
        alias.asname or alias.name: (node.module, alias.name)
        for node in ast.walk(ast.parse(inspect.getsource(indexer)))
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
        if node.module and node.module.startswith("indexer.")
    }
    assert sorted(seen) == indexer.__all__
    for name, (module, there) in seen.items():
        assert getattr(indexer, name) is getattr(sys.modules[module], there)


@pytest.mark.parametrize("name", sorted(set(indexer.__all__) - DOCUMENTED_AS_ALIAS))
def test_every_name_says_what_it_is(name: str) -> None:
    """In a docstring of its own; dataclasses are else given their signature for one."""
    told = inspect.getdoc(getattr(indexer, name)) or ""
    assert told
    assert not told.startswith(f"{name}(")


def test_no_kind_of_query_or_answer_or_error_is_left_out() -> None:
    """All classes of the tree, of what is answered, and of the error tree."""
    for module in (tree, results, errors):
        own = [name for name, value in vars(module).items() if getattr(value, "__module__", "") == module.__name__]
        assert [name for name in own if name[0].isupper() and name not in indexer.__all__] == []


def test_a_name_that_there_is_not_is_an_attribute_error() -> None:
    """As of any module."""
    with pytest.raises(AttributeError, match="no attribute 'open_search'"):
        indexer.open_search  # noqa: B018
    with pytest.raises(ImportError):
        from indexer import open_search  # noqa: F401


@pytest.mark.parametrize(
    ("loads", "not_loaded"),
    [
        ("import indexer", {"numpy", "msgspec", "indexer.search"}),
        ("from indexer import YearbookError, Entry", {"numpy", "indexer.search", "indexer.parse"}),
        ("from indexer import open_searcher", {"flask", "scrapy", "bs4", "indexer.parse", "indexer.crawl"}),
        ("import search_app", {"flask", "werkzeug", "indexer"}),
        ("from search_app.cli import main", {"flask", "werkzeug", "granian", "scrapy", "twisted"}),
    ],
)
def test_nothing_is_loaded_that_is_not_asked_for(loads: str, not_loaded: set[str]) -> None:
    """`nianjian --help` waits for no web server."""
    code = f"{loads}\nimport sys\nprint(*({not_loaded!r} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "\n"


def test_threads_share_a_searcher(sample: DataFolder) -> None:
    """Eight of them get what one gets, from the first question on."""
    asked = [SearchRequest(parse_query(text)[0]) for text in ("工会", '"职工"', "深入 或 港口", "职工 NEAR/5 互助")]
    one = open_searcher(sample.root)
    alone = [one.search(request) for request in asked]
    shared = open_searcher(sample.root)
    with ThreadPoolExecutor(8) as threads:
        together = list(threads.map(shared.search, asked * 8))
    assert together == alone * 8


@pytest.mark.skipif(not Path("/proc/self/maps").exists(), reason="only Linux lists what is mapped")
def test_nobody_closes_a_searcher(tmp_path: Path, make_entry) -> None:  # type: ignore[no-untyped-def]
    """Its files are mapped while something refers to it, and no longer; who closes it lets go of them at once."""
    entry: Entry = make_entry()
    with open_builder(tmp_path) as builder:
        builder.add(entry)
    searcher = open_searcher(tmp_path)
    assert searcher.search(SearchRequest(parse_query("正文")[0])).total == 1
    assert str(tmp_path) in Path("/proc/self/maps").read_text()
    del searcher, builder
    gc.collect()
    assert str(tmp_path) not in Path("/proc/self/maps").read_text()
    with open_searcher(tmp_path) as closed:
        assert closed.count(SearchRequest()) == 1
    with pytest.raises(RuntimeError, match="closed"):
        closed.count(SearchRequest())
    gc.collect()
    assert str(tmp_path) not in Path("/proc/self/maps").read_text()


def test_a_searcher_stays_with_the_index_it_opened(tmp_path: Path, make_entry) -> None:  # type: ignore[no-untyped-def]
    """Another one sees what was published since."""
    found = []
    for count in (1, 2, 3):
        with open_builder(tmp_path) as builder:
            for number in range(count):
                builder.add(make_entry(f"2002-1-{number + 1}"))
        found.append(open_searcher(tmp_path))
    everything = SearchRequest()
    assert [searcher.search(everything).total for searcher in found] == [1, 2, 3]


def test_the_project_itself_goes_round_its_face(root: Path) -> None:
    """A module names the room that it takes something from: the contracts of `setup.cfg` could not see it else."""
    files = [*root.glob("indexer/**/*.py"), *root.glob("search_app/**/*.py")]
    taking = ("from indexer import", "import indexer\n")
    assert [file.name for file in files if any(f"\n{line}" in file.read_text("utf-8") for line in taking)] == []
