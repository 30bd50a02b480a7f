"""`contributors.toml` belongs to people: it is read as they may write it, and changed only where it has to be."""

import os
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.authority import Authority, Person
from indexer.errors import ConfigError, StoreError
from indexer.files.contributors import add_person, merge, read_contributors, split
from indexer.files.durable import locked

BY_HAND = """\
# 2026 年 11 月核对，对照原书。

# 王工看过
[[person]]
name = '陈千涛'   # 字形
forms = [
    "陈干涛",  # 2002 卷
    # 空格
    '陈 千涛',
]
note = '''
两卷
皆有'''
# 陈千涛至此

[[ person ]]  # 静安
name = "王芳（静安）"
forms = ["王芳"]
sections = ["区县工会"]
years = "2001-2003"
units = ["静安"]
# 完
"""
READ = (
    Person("陈千涛", ("陈干涛", "陈 千涛"), note="两卷\n皆有"),
    Person("王芳（静安）", ("王芳",), ("区县工会",), (2001, 2003), ("静安",)),
)
P = "[[person]]\n"
TEXT = st.text(st.characters(exclude_categories=("Cs", "Cc", "Cf", "Z", "M")), min_size=1, max_size=8)


def written(path: Path, text: str = BY_HAND) -> Path:
    """Write a file as people do."""
    path.write_text(text, "utf-8")
    return path


def test_file_that_is_not_there_decides_nothing(tmp_path: Path) -> None:
    """Nor does one without persons, or in a folder that is not there."""
    (tmp_path / "empty.toml").write_text("# nothing yet\n", "utf-8")
    assert [read_contributors(tmp_path / name) for name in ("no.toml", "empty.toml", "empty.toml/x")] == [
        Authority()
    ] * 3


def test_persons_are_read_as_people_write_them(tmp_path: Path) -> None:
    """In the file's order; a byte-order mark is none of it."""
    path = tmp_path / "contributors.toml"
    assert read_contributors(written(path)).persons == READ
    path.write_bytes(b"\xef\xbb\xbf" + BY_HAND.encode())
    assert read_contributors(path).persons == READ
    assert read_contributors(written(path, f'{P}name = "甲"\napart = ["乙"]\n')).persons == (
        Person("甲", (), apart=("乙",)),
    )


@pytest.mark.parametrize("end", ["\n", "\r\n", ""])
def test_added_person_leaves_what_people_wrote(tmp_path: Path, end: str) -> None:
    """Byte for byte, comments and line ends; a last line that is not ended is."""
    path = tmp_path / "contributors.toml"
    before = BY_HAND.replace("\n", end or "\n").removesuffix("\n" if not end else "").encode()
    path.write_bytes(before)
    read = read_contributors(path).persons
    merge(path, "李四", ["李 四", '李"四'])
    split(path, "王方", ["王芳"])
    add_person(path, Person("王芳（医院）", ("王芳",), (), (2004, 2004), ("医院", "b"), "原书"))
    assert path.read_bytes().startswith(before)
    assert read_contributors(path).persons == (
        *read,
        Person("李四", ("李 四", '李"四')),
        Person("王方", (), apart=("王芳",)),
        Person("王芳（医院）", ("王芳",), (), (2004, 2004), ("医院", "b"), "原书"),
    )
    assert [each.name for each in tmp_path.iterdir() if each.suffix == ".part"] == []


def test_new_file_says_what_it_is(tmp_path: Path) -> None:
    """And may be written on by hand."""
    path = tmp_path / "contributors.toml"
    merge(path, "陈千涛", ["陈干涛"])
    text = path.read_text("utf-8")
    assert text.startswith("# Who the printed names of contributors are.")
    assert text.endswith('\n[[person]]\nname = "陈千涛"\nforms = ["陈干涛"]\n')


def test_form_is_put_in_and_taken_out_in_its_table_alone(tmp_path: Path) -> None:
    """Comments, quotes and order stay; a comment behind a table is not its own."""
    path = written(tmp_path / "contributors.toml")
    merge(path, "陈千涛", ["陈千滔", "陈干涛"])
    assert path.read_text("utf-8") == BY_HAND.replace("    '陈 千涛',\n]", "    '陈 千涛',\n    \"陈千滔\",\n]")
    split(path, "陈千涛", ["陈千滔", "陈干涛"])
    assert path.read_text("utf-8") == BY_HAND.replace('    "陈干涛",  # 2002 卷\n', "").replace(
        "皆有'''\n", '皆有\'\'\'\napart = ["陈千滔", "陈干涛"]\n'
    )
    merge(path, "陈千涛", ["陈干涛"])
    assert read_contributors(path).persons == (
        Person("陈千涛", ("陈 千涛", "陈干涛"), note="两卷\n皆有", apart=("陈千滔",)),
        READ[1],
    )


def test_merged_person_goes_with_the_lines_of_its_table_alone(tmp_path: Path) -> None:
    """Its forms are the other's."""
    path = written(
        tmp_path / "contributors.toml", BY_HAND + f'\n# 待查\n{P}# 又\nname = "陈于涛"\nforms = ["陈 于涛"]\n# 末\n'
    )
    merge(path, "陈千涛", ["陈于涛"])
    assert read_contributors(path).persons == (
        Person("陈千涛", ("陈干涛", "陈 千涛", "陈于涛", "陈 于涛"), note="两卷\n皆有"),
        READ[1],
    )
    assert path.read_text("utf-8").endswith("# 完\n\n# 待查\n# 末\n")


@given(st.lists(st.tuples(st.booleans(), st.sampled_from("甲乙丙"), TEXT), max_size=6))
def test_what_is_decided_comes_back_as_written(
    tmp_path_factory: pytest.TempPathFactory, steps: list[tuple[bool, str, str]]
) -> None:
    """Whatever the names are made of; a step that would contradict what is there changes nothing."""
    path = tmp_path_factory.mktemp("persons") / "contributors.toml"
    for is_merge, name, form in steps:
        before = path.read_bytes() if path.exists() else b""
        try:
            (merge if is_merge else split)(path, name, [form])
        except (StoreError, ConfigError):
            assert (path.read_bytes() if path.exists() else b"") == before
        else:
            person = read_contributors(path).named(name)
            assert person is not None
            assert form == name or (form in person.forms, form in person.apart) == (is_merge, not is_merge)


@pytest.mark.parametrize(
    "text",
    [
        'person = [{name = "陈千涛", forms = ["陈干涛"]}]\n',
        f'{P}name = "王"\nforms = ["汪"]\nnote = """\n{P}"""\n\n{P}name = "陈千涛"\nforms = ["陈干涛"]\n',
        '[["person"]]\nname = "陈千涛"\nforms = ["陈干涛"]\n',
    ],
)
def test_form_that_cannot_be_changed_is_left_as_it_is(tmp_path: Path, text: str) -> None:
    """A header inside a note, a list in one line: people may write so, and change it themselves."""
    path = written(tmp_path / "contributors.toml", text)
    assert read_contributors(path).named("陈千涛") == Person("陈千涛", ("陈干涛",))
    with pytest.raises(ConfigError, match="change it by hand"):
        merge(path, "陈千涛", ["陈 千涛"])
    assert path.read_text("utf-8") == text


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (f"{P}name = \n", r"is not TOML \(.*line 2"),
        ("a = " + "[" * 9_999, r"is not TOML \(nested too deep"),
        ("a = " + "9" * 5_000, r"is not TOML \("),
        ("[[persons]]\nname = '甲'\n", r"has the key 'persons'; begin each person with \[\[person\]\]"),
        ("[person]\nname = '甲'\n", r"no list of tables; begin each person with \[\[person\]\]"),
        ("person = ['甲']\n", "no list of tables"),
        (f"{P}name = '甲'\nform = ['乙']\n", "person 1: no key 'form'; keys are name, forms, .*; do you mean 'forms'"),
        (
            f"{P}name = '甲'\n'~' = ['乙']\n",
            "person 1: no key '~'; keys are name, forms, sections, years, units, note, apart$",
        ),
        (f"{P}name = 1\nforms = ['乙']\n", "person 1: name must be a string in quotes"),
        (f"{P}name = '甲'\nforms = ['乙']\nnote = 1\n", "person 1: note must be a string in quotes"),
        (f"{P}name = '甲'\nforms = ['乙']\nyears = 2001\n", "person 1: years must be a string in quotes"),
        (f"{P}name = '甲'\nforms = '乙'\n", "person 1: forms must be a list of strings"),
        (f"{P}name = '甲'\nforms = ['乙', 1]\n", "person 1: forms must be a list of strings"),
        (f"{P}name = '甲'\nforms = ['乙']\nunits = '丙'\n", "person 1: units must be a list of strings"),
        (f"{P}name = '甲'\nforms = ['乙', ' ']\n", "person 1: forms has a string with nothing in it; take it out"),
        (f"{P}name = '甲'\nforms = ['乙']\nunits = ['\u200b']\n", "person 1: units has a string with nothing in it"),
        (f"{P}forms = ['乙']\n", "person 1: it has no name; add it"),
        (f"{P}name = ' '\nforms = ['乙']\n", "person 1: it has no name"),
        (f"{P}name = '甲'\n", "person 1: '甲' has no forms; add them"),
        (f"{P}name = '甲'\nforms = []\n", "person 1: '甲' has no forms"),
        (f"{P}name = '甲'\nforms = []\nyears = '2001'\napart = ['乙']\n", "person 1: '甲' has no forms"),
        (
            f"{P}name = '甲'\nforms = ['乙']\nyears = '2003-2001'\n",
            "'2003-2001' is no range of years; write \"2001-2003\"",
        ),
        (f"{P}name = '甲'\nforms = ['乙']\nyears = '2001–2003'\n", "is no range of years"),
        (f"{P}name = '甲'\nforms = ['乙']\nyears = ''\n", "'' is no range of years"),
        (f"{P}name = '甲'\nforms = ['乙']\n{P}name = '甲'\nforms = ['丙']\n", "'甲' is the name of two persons"),
        (
            f"{P}name = '甲'\nforms = ['丙']\n{P}name = '乙'\nforms = ['丙']\n",
            "'丙' is a form of '甲' and of '乙'; take it out",
        ),
        (
            f"{P}name = '甲'\nforms = ['乙']\n{P}name = '乙'\nforms = ['甲']\n",
            "'乙' is a form of '甲' and a person, too",
        ),
        (
            f"{P}name = '甲'\nforms = ['乙']\n{P}name = '乙'\nforms = ['丙']\n",
            "'乙' is a form of '甲' and a person, too",
        ),
        (
            f"{P}name = '甲'\nforms = ['甲']\nyears = '2001'\n",
            "'甲' has sections, years or units, and is a form of '甲', so that it would mean two persons",
        ),
        (
            f"{P}name = '甲'\nforms = ['丙']\nyears = '2001'\n{P}name = '乙'\nforms = ['甲']\n",
            "'甲' has sections, years or units, and is a form of '乙'",
        ),
        (
            f"{P}name = '甲'\nforms = ['丙']\nyears = '2001'\n{P}name = '乙'\nforms = ['甲']\nyears = '2002'\n",
            "'甲' has sections, years or units, and is a form of '乙'",
        ),
        (f"{P}name = '甲'\nforms = ['乙']\napart = ['乙']\n", "'乙' is '甲' and stands in apart, too"),
        (f"{P}name = '甲'\napart = ['甲']\n", "'甲' is '甲' and stands in apart, too"),
    ],
)
def test_what_says_nothing_clear_is_one_clear_line(tmp_path: Path, text: str, said: str) -> None:
    """And nothing is changed."""
    path = written(tmp_path / "contributors.toml", text)
    for work in (read_contributors, lambda path: merge(path, "子", ["丑"]), lambda path: split(path, "子", ["丑"])):
        with pytest.raises(StoreError, match=said) as found:
            work(path)
        assert re.match(re.escape(str(path)), str(found.value))
        assert found.value.code.startswith("contributors-")
        assert (str(found.value).isprintable(), len(str(found.value)) < 500) == (True, True)
    assert path.read_text("utf-8") == text


def test_bytes_of_another_encoding_are_one_clear_line(tmp_path: Path) -> None:
    """With the line."""
    path = tmp_path / "contributors.toml"
    path.write_bytes("# 核对\n# 王工\n".encode("gb18030"))
    with pytest.raises(StoreError, match="line 1: not UTF-8; save the file as UTF-8"):
        read_contributors(path)


def test_file_that_is_none_or_too_large_is_one_clear_line(tmp_path: Path) -> None:
    """A folder, a pipe into which nobody writes, a file of another kind altogether."""
    os.mkfifo(tmp_path / "pipe.toml")
    for path in (tmp_path, tmp_path / "pipe.toml"):
        with pytest.raises(StoreError, match="put a readable file in its place"):
            read_contributors(path)
    with (tmp_path / "large.toml").open("wb") as file:
        file.truncate((16 << 20) + 1)
    with pytest.raises(StoreError, match="longer than 16,777,216 bytes"):
        read_contributors(tmp_path / "large.toml")


def test_what_may_look_odd_and_is_clear_is_read(tmp_path: Path) -> None:
    """A name among its own forms, a form twice, one form of several persons with conditions and of one without."""
    path = written(
        tmp_path / "contributors.toml",
        f"{P}name = '甲'\nforms = ['甲', '乙', '乙']\n{P}name = '丙'\nforms = ['乙', '甲']\nyears = '2001'\n"
        f"{P}name = '丁'\nforms = ['乙']\nsections = ['特载']\n",
    )
    known = read_contributors(path)
    assert (known.plain, [*known.conditional]) == ({"乙": "甲"}, ["乙", "甲"])
    merge(path, "甲", ["戊"])
    assert known.persons[1:] == read_contributors(path).persons[1:]


def test_decision_that_would_contradict_is_not_written(tmp_path: Path) -> None:
    """It is said what it would be."""
    path = written(tmp_path / "contributors.toml")
    for work, said in (
        (lambda: merge(path, "王芳（医院）", ["王芳（静安）"]), "would mean two persons"),
        (lambda: merge(path, "李四", ["陈干涛"]), "'陈干涛' is a form of '陈千涛' and of '李四'"),
        (lambda: merge(path, "陈干涛", ["李四"]), "'陈干涛' is a form of '陈千涛' and a person, too"),
        (lambda: add_person(path, Person("陈千涛", ("甲",))), "name of two persons"),
    ):
        with pytest.raises(StoreError, match=said):
            work()
    assert path.read_text("utf-8") == BY_HAND


def test_file_kept_elsewhere_is_changed_there(tmp_path: Path) -> None:
    """The link stays."""
    (tmp_path / "kept").mkdir()
    path = tmp_path / "contributors.toml"
    path.symlink_to(tmp_path / "kept" / "mine.toml")
    merge(path, "陈千涛", ["陈干涛"])
    assert path.is_symlink()
    assert read_contributors(tmp_path / "kept" / "mine.toml").plain == {"陈干涛": "陈千涛"}


def test_bytes_that_are_no_text_are_one_clear_line(tmp_path: Path) -> None:
    """A terminal in another encoding sends such."""
    with pytest.raises(ConfigError, match="in UTF-8"):
        merge(tmp_path / "contributors.toml", "\udcb9", ["甲"])
    assert not (tmp_path / "contributors.toml").exists()


@pytest.mark.slow
def test_two_that_change_it_at_once_lose_nothing(tmp_path: Path) -> None:
    """The second one is told to try again."""
    with locked(tmp_path), pytest.raises(ConfigError, match="run the same command again"):
        merge(tmp_path / "contributors.toml", "甲", ["乙"])
