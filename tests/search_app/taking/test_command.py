"""`nianjian export`, as a user runs it."""

import json
import os
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
import rispy
from forked import nianjian

from indexer.config import DataFolder
from indexer.files.entrystore import write_entries
from indexer.model import Entry
from indexer.stages.pipeline import index_entries
from search_app.shown.exporting.formats import FORMATS

COMMAND = [sys.executable, "-c", "from search_app.cli import main; main()"]
Run = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture
def run(sample: DataFolder, tmp_path: Path) -> Run:
    """Run `nianjian export` on the sample archive, in a folder of the test's own."""

    def call(*args: object, env: Mapping[str, str] | None = None) -> subprocess.CompletedProcess[str]:
        given = {**os.environ, "NIANJIAN_PUBLIC_URL": "https://nianjian.example.org/a/"} if env is None else dict(env)
        return nianjian("--data", sample.root, "export", *args, cwd=tmp_path, env=given)

    return call


@pytest.mark.parametrize("name", FORMATS)
def test_a_file_is_what_standard_output_is(run: Run, tmp_path: Path, name: str) -> None:
    """In every format; a line says how many entries it has, and nothing else is left in the folder."""
    asked = ("信访", "--year", "2002", "--sort", "book", "--accessed", "2026-11-28", "--format", name)
    printed, written = run(*asked), run(*asked, "--output", "found")
    assert (printed.returncode, printed.stderr, written.returncode, written.stdout) == (0, "", 0, "")
    assert (tmp_path / "found").read_bytes().decode().replace("\r\n", "\n") == printed.stdout
    assert written.stderr == "found: 4 entries\n"
    assert [each.name for each in tmp_path.iterdir()] == ["found"]
    assert "2026" in printed.stdout


def test_everything_is_exported_where_nothing_is_asked(run: Run, expected: tuple[Entry, ...]) -> None:
    """Under permanent addresses."""
    records = list(map(json.loads, run("--format", "jsonl", "--sort", "year-asc").stdout.splitlines()))
    assert {each["id"] for each in records} == {each.id for each in expected}
    assert len(records) == len(expected)
    assert {each["address"] == f"https://nianjian.example.org/a/entry/{each['id']}" for each in records} == {True}
    assert {each["occurrences"] for each in records} == {None}


def test_named_entries_are_exported_in_their_order(run: Run) -> None:
    """What is sought is counted in them; an id that is none is named, and ends with exit code 1."""
    ids = ("S2002-621501-1", "S2002-620801-4")
    done = run("工会", "--format", "jsonl", "--id", ids[0], "--id", "foreign", "--id", ids[1])
    records = list(map(json.loads, done.stdout.splitlines()))
    assert [each["id"] for each in records] == list(ids)
    assert all(isinstance(each["occurrences"], int) for each in records)
    assert (done.returncode, done.stderr) == (1, "nianjian: There is no entry with the ID “foreign”\n")


def test_an_id_whose_text_has_another_now_is_followed(tmp_path: Path, make_entry: Callable[..., Entry]) -> None:
    """And one whose text is gone is named."""
    data = DataFolder(tmp_path / "data")
    long = "市总工会举办职工书画展，展出作品三百余件，观众达五千人次，反响热烈。"
    entries = [
        make_entry("P-1-1", body=long, url="http://a.example/1.html"),
        make_entry("P-1-2", title="零星", body="几句零星的话，后来没有了。", url="http://a.example/1.html", position=2),
        make_entry("P-2-1", title="别页", body="另一页的事。", url="http://a.example/2.html"),
    ]
    for some in (entries, [make_entry("P-1-3", body=long, url="http://a.example/1.html", position=3), entries[2]]):
        write_entries(data.entries, some)
        index_entries(data)
    done = nianjian("--data", data.root, "export", "--format", "ris", "--id", "P-1-1", "--id", "P-1-2", cwd=tmp_path)
    assert [each["id"] for each in rispy.loads(done.stdout)] == ["P-1-3"]
    assert rispy.loads(done.stdout)[0]["urls"] == ["http://a.example/1.html"]
    assert (done.returncode, done.stderr.splitlines()) == (
        1,
        [
            "nianjian: The text of “P-1-1” now has the ID “P-1-3”, and is given under it",
            "nianjian: The entry “P-1-2” is no longer in the archive, and is left out",
        ],
    )


@pytest.mark.parametrize(("name", "text"), [("csl-json", "[]\n"), ("ris", "")])
def test_an_export_of_nothing_says_so(run: Run, tmp_path: Path, name: str, text: str) -> None:
    """In a line beside the file, which is there."""
    done = run('"不在其中的一句话"', "--format", name, "--output", "found")
    assert (done.returncode, done.stdout) == (0, "")
    assert done.stderr.splitlines()[1:] == [
        "nianjian: nothing is found, so the export has no entries; `nianjian search` says what comes near"
    ]
    assert (tmp_path / "found").read_text() == text


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (("--format", "docx"), "'docx' is not one of"),
        ((), "Give one of csv, jsonl, text, ris, bibtex, csl-json, gbt7714."),
        (("--format", "csv", "--output", "no/found.csv"), "there is no folder no"),
        (("--format", "csv", "--output", "/dev/null"), "what is there is no plain file"),
        (("--format", "csv", "--id", "foreign"), "none of the ids given is an entry's"),
        (("--format", "csv", "--id", "a", "--year", "2002"), "leave out filters and --sort"),
        (("--format", "csv", "--id", "a", "--sort", "book"), "leave out filters and --sort"),
        (("--format", "csv", "--accessed", "yesterday"), "'yesterday' does not match"),
        (("--format", "csv", *(f"--id={number}" for number in range(501))), "501 ids; give 500 at most"),
        (("--bogus", "--format", "csv"), "No such option '--bogus'"),
    ],
)
def test_what_cannot_be_exported_is_refused(run: Run, args: tuple[str, ...], said: str) -> None:
    """With exit code 2, in one line, and nothing written."""
    done = run(*args)
    assert (done.returncode, done.stdout) == (2, "")
    assert said in done.stderr.splitlines()[-1]


@pytest.mark.parametrize(
    ("link", "name", "said"),
    [
        ("found", "found", "links lead in a circle"),
        ("none/found", "found", "there is no folder "),
        ("elsewhere", "x" * 300, "File name too long"),
    ],
)
def test_links_that_lead_nowhere_are_not_written_to(run: Run, tmp_path: Path, link: str, name: str, said: str) -> None:
    """Nor are folders made for them, nor is a name too long for any."""
    (tmp_path / "found").symlink_to(link)
    done = run("--format", "csv", "--output", name)
    assert (done.returncode, done.stdout, [each.name for each in tmp_path.iterdir()]) == (2, "", ["found"])
    (line,) = done.stderr.splitlines()
    assert line.startswith(f"nianjian: cannot write {name}: {said}")


def test_links_are_written_through(run: Run, tmp_path: Path) -> None:
    """The link stays, and the file that it leads to is there when it is whole."""
    (tmp_path / "found").symlink_to("real")
    done = run("信访", "--format", "ris", "--output", "found")
    assert (done.returncode, (tmp_path / "found").is_symlink()) == (0, True)
    assert (tmp_path / "real").read_bytes().startswith(b"TY  - CHAP")


def test_closed_output_is_said(sample: DataFolder) -> None:
    """In one line."""
    done = nianjian("--data", sample.root, "export", "--format", "ris", before="import sys; sys.stdout = None")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("nianjian: standard output is closed; give --output a file")


def test_the_archives_own_files_are_not_written_over(run: Run, sample: DataFolder) -> None:
    """A file in the data folder is refused, whether it is there or not."""
    before = sample.entries.read_bytes()
    for name in ("entries.jsonl", "new.csv"):
        done = run("--format", "csv", "--output", sample.root / name)
        assert (done.returncode, done.stdout) == (2, "")
        assert "it lies in the data folder" in done.stderr
    assert sample.entries.read_bytes() == before


def test_a_file_that_cannot_be_written_whole_is_not_there(run: Run, tmp_path: Path, sample: DataFolder) -> None:
    """The old one stays when the disk is full, and nothing lies beside it."""
    (tmp_path / "found").write_text("old")
    limit = "import resource, signal; signal.signal(signal.SIGXFSZ, signal.SIG_IGN); "
    limit += "resource.setrlimit(resource.RLIMIT_FSIZE, (5000, 5000))"
    asked = ("--data", sample.root, "export", "--format", "csv", "--output", "found")
    done = nianjian(*asked, cwd=tmp_path, before=limit)
    assert (done.returncode, (tmp_path / "found").read_text(), [each.name for each in tmp_path.iterdir()]) == (
        2,
        "old",
        ["found"],
    )
    assert "cannot write found: File too large; give --output another file" in done.stderr


def test_an_unreadable_ledger_leaves_the_column_empty(tmp_path: Path, make_entry: Callable[..., Entry]) -> None:
    """And one line says so; formats that do not have the column do not look."""
    data = DataFolder(tmp_path / "data")
    write_entries(data.entries, [make_entry()])
    index_entries(data)
    data.ledger.write_bytes(b"no ledger at all" * 100)
    done = nianjian("--data", data.root, "export", "--format", "jsonl", cwd=tmp_path)
    assert (done.returncode, json.loads(done.stdout)["captured"]) == (0, "")
    (line,) = done.stderr.splitlines()
    assert line.startswith("nianjian: when pages were captured is left empty: ")
    assert nianjian("--data", data.root, "export", "--format", "ris", cwd=tmp_path).stderr == ""


def test_a_reader_who_has_enough_ends_it_quietly(sample: DataFolder) -> None:
    """As `head` does."""
    with subprocess.Popen(
        [*COMMAND, "--data", str(sample.root), "export", "--format", "jsonl"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        assert json.loads(process.stdout.readline())["id"]
        process.stdout.close()
        assert process.stderr.read() == b""
        process.wait(60)
