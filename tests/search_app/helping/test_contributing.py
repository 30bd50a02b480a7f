"""`nianjian contributor`, as a user runs it: what is found out about names is noted, and taken back."""

import json
import subprocess
from collections.abc import Callable, Iterable
from pathlib import Path

import click
import pytest
from forked import nianjian

from indexer.authority import Person
from indexer.files.contributors import read_contributors
from indexer.model import Entry
from search_app.cli import cli

Run = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture
def run(tmp_path: Path, publish: Callable[[Iterable[Entry]], None], make_entry: Callable[..., Entry]) -> Run:
    """Run `nianjian contributor` on an archive of seven entries."""
    signed = (
        (2001, "特载", ["陈千涛", "王芳"], ""),
        (2001, "特载", ["陈干涛"], ""),
        (2001, "区县工会", ["王芳"], "（静安区总工会 王芳）"),
        (2002, "特载", ["陈千涛"], ""),
        (2002, "特载", ["陈 千涛"], ""),
        (2002, "区县工会", ["李小四", "李小西"], ""),
        (2003, "区县工会", ["李小四"], ""),
    )
    publish(
        make_entry(f"{year}-{at}-1", year=year, volume=str(year), section=section, authors=authors, signature=signature)
        for at, (year, section, authors, signature) in enumerate(signed)
    )

    def call(*args: object) -> subprocess.CompletedProcess[str]:
        return nianjian("contributor", *args, "--data", tmp_path)

    return call


def test_names_are_merged_split_and_listed(run: Run, tmp_path: Path) -> None:
    """The whole way; the commands that the lists name are those that do it."""
    assert run("candidates").stdout == (
        "陈千涛 (2)  陈 千涛 (1)  differ in spaces or dots\n       both in 特载; volumes 2002\n"
        "陈千涛 (2)  陈干涛 (1)  differ in look-alikes\n       both in 特载; volumes 2001\n"
        "李小四 (2)  李小西 (1)  differ in one character\n       both in 区县工会; volumes 2002\n"
        "       against it: both sign 1 of the same entries\n"
    )
    done = run("merge", "陈千涛", "陈干涛", "陈 千涛")
    assert (done.returncode, done.stdout) == (0, "陈干涛, 陈 千涛: that is 陈千涛 from now on.\n")
    done = run(
        "split", "王芳", "--as", "王芳（静安）", "--section", "区县工会", "--years", "2001-2003", "--unit", "静安"
    )
    assert (done.returncode, done.stdout) == (0, "1 entry signed 王芳: by 王芳（静安） from now on.\n")
    done = run("split", "李小四", "李小西")
    assert (done.returncode, done.stdout) == (0, "李小西: that is not 李小四.\n")
    assert run("candidates").stdout == "No two names are alike that nobody has decided about.\n"
    assert run("list").stdout == (
        "    4  陈千涛  (陈千涛 2, 陈 千涛 1, 陈干涛 1)  特载  2001-2002\n"
        "    2  李小四  区县工会  2002-2003\n"
        "    1  李小西  区县工会  2002\n"
        "    1  王芳  特载  2001\n"
        "    1  王芳（静安）  (王芳 1)  区县工会  2001\n"
    )
    assert read_contributors(tmp_path / "contributors.toml").persons == (
        Person("陈千涛", ("陈干涛", "陈 千涛")),
        Person("王芳（静安）", ("王芳",), ("区县工会",), (2001, 2003), ("静安",)),
        Person("李小四", (), apart=("李小西",)),
    )
    assert run("split", "陈千涛", "陈干涛").returncode == 0
    assert run("list", "涛").stdout == (
        "    3  陈千涛  (陈千涛 2, 陈 千涛 1)  特载  2001-2002\n    1  陈干涛  特载  2001\n"
    )


def test_lists_are_json_for_scripts(run: Run, tmp_path: Path) -> None:
    """With all evidence; forms that no entry has are listed apart."""
    (tmp_path / "contributors.toml").write_text('[[person]]\nname = "李小四"\nforms = ["李小肆", "李小西"]\n', "utf-8")
    assert json.loads(run("list", "--json", "李").stdout) == {
        "contributors": [
            {
                "name": "李小四",
                "entries": 2,
                "forms": [{"form": "李小四", "entries": 2}, {"form": "李小西", "entries": 1}],
                "sections": ["区县工会"],
                "years": [2002, 2003],
            }
        ],
        "missing": [{"form": "李小肆", "name": "李小四"}],
    }
    listed = run("list").stdout.splitlines()[-2:]
    assert listed == [
        f"Not printed any more; take them out of {tmp_path}/contributors.toml:",
        "       李小肆  (李小四)",
    ]
    assert json.loads(run("candidates", "--json").stdout)[0] == {
        "forms": ["陈千涛", "陈 千涛"],
        "kind": "spacing",
        "entries": [2, 1],
        "sections": ["特载"],
        "volumes": ["2002"],
        "years": [2002],
        "together": 0,
    }


def test_name_that_is_not_printed_is_told(run: Run) -> None:
    """It may be right nevertheless."""
    done = run("merge", "陈千焘", "陈千涛")
    assert (done.returncode, done.stdout) == (
        0,
        "陈千涛: that is 陈千焘 from now on.\nNo entry is signed 陈千焘 itself.\n",
    )


@pytest.mark.parametrize(
    ("args", "said"),
    [
        ((), "Missing command"),
        (("merge",), "Missing argument 'NAME'"),
        (("merge", "陈千涛"), "Missing argument 'FORM…'"),
        (("merge", " ", "陈千涛"), "NAME is empty"),
        (("merge", "陈千涛", "陈千滔"), "no entry is signed '陈千滔'; the nearest name is '陈"),
        (("merge", "陈千涛", ""), "no entry is signed ''"),
        (("split",), "Missing argument 'NAME FORM…'"),
        (("split", "陈千涛"), "FORM is missing"),
        (("split", "陈千涛", "--section", "特载"), "give --as NAME, too"),
        (("split", "王芳", "李小四", "--as", "王芳（静安）", "--section", "特载"), "give 王芳 alone"),
        (("split", "王芳", "--as", "王芳（静安）"), "--as needs --section, --years or --unit"),
        (("split", "王芳", "--as", "", "--section", "特载"), "NAME is empty"),
        (("split", "王芳", "--as", "王芳（静安）", "--section", ""), "--section is empty"),
        (("split", "王芳", "--as", "王芳（静安）", "--unit", " "), "--unit is empty"),
        (("split", "王芳", "--as", "王芳（静安）", "--years", "2003-2001"), "--years '2003-2001' is no range of years"),
        (("split", "王芳", "--as", "王芳（静安）", "--years", "1999"), "none of the 2 entries signed '王芳' meets"),
        (("split", "王芳", "--as", "王芳", "--years", "2001"), "that person's name already"),
        (("frobnicate",), "No such command"),
    ],
)
def test_mistake_is_one_line_and_exit_2(run: Run, tmp_path: Path, args: tuple[str, ...], said: str) -> None:
    """What is wrong, and what to do; nothing is written."""
    done = run(*args)
    assert (done.returncode, done.stdout) == (2, "")
    assert said in done.stderr
    assert done.stderr.count("\n") == 1
    assert not (tmp_path / "contributors.toml").exists()


def test_wrong_file_stops_every_command(run: Run, tmp_path: Path) -> None:
    """With the same line; it stays as it is."""
    file = tmp_path / "contributors.toml"
    file.write_text('[[person]]\nname = "甲"\n', "utf-8")
    for args in (("list",), ("candidates",), ("merge", "陈千涛", "陈干涛"), ("split", "陈千涛", "陈干涛")):
        done = run(*args)
        assert (done.returncode, done.stdout) == (2, "")
        assert done.stderr == f"nianjian: {file}, person 1: '甲' has no forms; add them, or take the person out\n"
    assert file.read_text("utf-8") == '[[person]]\nname = "甲"\n'


def test_archive_without_index_is_one_line(tmp_path: Path) -> None:
    """With the command that makes one."""
    done = nianjian("contributor", "list", "--data", tmp_path)
    assert (done.returncode, "nianjian build" in done.stderr) == (2, True)


def test_every_option_of_the_commands_has_help() -> None:
    """`--help` teaches, and the data folder may be named behind each."""
    group = cli.commands["contributor"]
    assert isinstance(group, click.Group)
    for command in group.commands.values():
        options = [each for each in command.params if isinstance(each, click.Option)]
        assert command.help
        assert [each.name for each in options if not each.help] == []
        assert "--data" in {name for each in options for name in each.opts}
