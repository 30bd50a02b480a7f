"""Who signed, which names may be one person's, and what people find out about that: the archive and the file agree."""

from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from indexer.authority import Authority, Person
from indexer.config import DataFolder
from indexer.errors import ConfigError
from indexer.files.contributors import read_contributors
from indexer.model import Entry
from indexer.stages.attributing import Candidate, Contributor, Printed, candidates, contributors
from indexer.stages.identifying import merge_forms, split_entries, split_forms
from indexer.text.resemblance import Kind

QIANTAO = Person("陈千涛", ("陈干涛", "陈 千涛"))
JINGAN = Person("王芳（静安）", ("王芳",), sections=("区县工会",))


@pytest.fixture
def entries(make_entry: Callable[..., Entry]) -> tuple[Entry, ...]:
    """Eight entries of three volumes."""
    signed: Sequence[tuple[int, str, tuple[str, ...]]] = (
        (2001, "特载", ("陈千涛", "王芳")),
        (2001, "特载", ("陈干涛",)),
        (2001, "区县工会", ("王芳",)),
        (2002, "特载", ("陈千涛", "陈 千涛")),
        (2002, "区县工会", ("陈 千涛", "李小四", "李小西")),
        (2003, "", ("陈千涛", "李小四")),
        (2003, "区县工会", ()),
        (0, "区县工会", ("王芳",)),
    )
    return tuple(
        make_entry(f"{year}-{at}-1", year=year, volume=str(year or ""), section=section, authors=list(authors))
        for at, (year, section, authors) in enumerate(signed)
    )


@pytest.fixture
def data(tmp_path: Path) -> DataFolder:
    """A data folder in which nothing is decided."""
    return DataFolder(tmp_path)


@pytest.fixture
def printed(entries: tuple[Entry, ...]) -> set[str]:
    """All names as printed."""
    return {form for entry in entries for form in entry.authors}


def test_contributors_are_persons_with_all_their_forms(entries: tuple[Entry, ...]) -> None:
    """Most entries first; an entry that has two forms of a person is one; unknown sections and years are left out."""
    assert contributors(entries, Authority((QIANTAO, JINGAN))) == (
        Contributor(
            "陈千涛",
            5,
            (Printed("陈千涛", 3), Printed("陈 千涛", 2), Printed("陈干涛", 1)),
            ("特载", "区县工会"),
            (2001, 2002, 2003),
        ),
        Contributor("李小四", 2, (Printed("李小四", 2),), ("区县工会",), (2002, 2003)),
        Contributor("王芳（静安）", 2, (Printed("王芳", 2),), ("区县工会",), (2001,)),
        Contributor("李小西", 1, (Printed("李小西", 1),), ("区县工会",), (2002,)),
        Contributor("王芳", 1, (Printed("王芳", 1),), ("特载",), (2001,)),
    )


@pytest.mark.parametrize(
    ("text", "names"), [("王 芳", ["王芳（静安）", "王芳"]), ("干", ["陈千涛"]), ("静安", ["王芳（静安）"]), ("无", [])]
)
def test_contributors_are_looked_for_in_all_their_names(
    entries: tuple[Entry, ...], text: str, names: list[str]
) -> None:
    """Folded; a printed form leads to its person."""
    found = contributors(entries, Authority((QIANTAO, JINGAN)), text)
    assert [each.name for each in found] == names


def test_candidates_have_their_evidence_best_first(entries: tuple[Entry, ...]) -> None:
    """The kind of likeness first; two that sign an entry together are last."""
    assert candidates(entries, Authority()) == (
        Candidate(("陈千涛", "陈干涛"), Kind.LOOK_ALIKE, (3, 1), ("特载",), ("2001",), (2001,), 0),
        Candidate(("陈千涛", "陈 千涛"), Kind.SPACING, (3, 2), ("特载",), ("2002",), (2002,), 1),
        Candidate(("李小四", "李小西"), Kind.ONE_EDIT, (2, 1), ("区县工会",), ("2002",), (2002,), 1),
    )


def test_candidates_that_share_section_and_volume_and_are_rare_come_first(make_entry: Callable[..., Entry]) -> None:
    """Within one kind."""
    signed = (("甲栏", "孙大明"), ("甲栏", "孙大民"), ("甲栏", "周小山"), ("乙栏", "周小三"), ("甲栏", "孙大明"))
    made = [make_entry(f"x-{at}", section=section, authors=[name]) for at, (section, name) in enumerate(signed)]
    assert [each.forms for each in candidates(made, Authority())] == [("孙大明", "孙大民"), ("周小三", "周小山")]


def test_what_is_decided_is_no_candidate(data: DataFolder, entries: tuple[Entry, ...], printed: set[str]) -> None:
    """Merged or told apart, also through a third form; persons that were never compared still are one."""
    merge_forms(data, printed, "陈千涛", ["陈 千涛"])
    assert [each.forms for each in candidates(entries, read_contributors(data.contributors))] == [
        ("陈千涛", "陈干涛"),
        ("李小四", "李小西"),
    ]
    split_forms(data, printed, "陈千涛", ["陈干涛"])
    split_forms(data, printed, "李小西", ["李小四"])
    assert candidates(entries, read_contributors(data.contributors)) == ()
    assert [each.entries for each in contributors(entries, read_contributors(data.contributors), "陈")] == [4, 1]


def test_split_takes_out_what_was_merged_and_merge_puts_it_in_again(data: DataFolder, printed: set[str]) -> None:
    """The last decision counts."""
    merge_forms(data, printed, "陈千涛", ["陈干涛", "陈 千涛"])
    split_forms(data, printed, "陈千涛", ["陈干涛"])
    assert read_contributors(data.contributors).persons == (Person("陈千涛", ("陈 千涛",), apart=("陈干涛",)),)
    merge_forms(data, printed, "陈千涛", ["陈干涛"])
    assert read_contributors(data.contributors).persons == (Person("陈千涛", ("陈 千涛", "陈干涛")),)


def test_name_need_not_be_printed(data: DataFolder, printed: set[str]) -> None:
    """A person who was misprinted everywhere has a name, too; forms of a person come along."""
    merge_forms(data, printed, "陈干涛", ["陈 千涛"])
    merge_forms(data, printed, "陈千濤", ["陈干涛"])
    assert read_contributors(data.contributors).persons == (Person("陈千濤", ("陈干涛", "陈 千涛")),)


def test_some_entries_are_another_person(data: DataFolder, entries: tuple[Entry, ...]) -> None:
    """Their number is told; the others stay as they are."""
    assert split_entries(data, entries, JINGAN) == 2
    assert split_entries(data, entries, Person("王芳（特载）", ("王芳",), ("特载",), (2001, 2002))) == 1
    known = read_contributors(data.contributors)
    assert [known.persons_of(entries[at]) for at in (0, 2, 7)] == [
        ("陈千涛", "王芳（特载）"),
        ("王芳（静安）",),
        ("王芳（静安）",),
    ]


@pytest.mark.parametrize(
    ("name", "forms", "said"),
    [
        ("陈千涛", ["陈干滔"], "no entry is signed '陈干滔'; the nearest name is '陈干涛'"),
        ("陈千涛", ["陈干涛", "郑"], "no entry is signed '郑'; `nianjian contributor list`"),
        ("陈千涛", ["陈千涛"], "'陈千涛' is that person's name already"),
        ("陈千涛", ["陈 千涛"], "'陈 千涛' is '陈千涛' already; `nianjian contributor split 陈千涛 陈 千涛`"),
        ("陈 千涛", ["陈干涛"], "'陈 千涛' is a form of '陈千涛'; give '陈千涛'"),
        ("李小四", ["陈 千涛"], "'陈 千涛' is a form of '陈千涛'; `nianjian contributor split 陈千涛 陈 千涛` takes"),
        ("李小四", ["王芳（静安）"], "'王芳（静安）' is a person with a note, sections, years or units"),
        ("王芳（静安）", ["李小四"], "'王芳（静安）' has only entries that meet sections, years or units"),
    ],
)
def test_what_cannot_be_merged_is_one_clear_line(
    data: DataFolder, entries: tuple[Entry, ...], printed: set[str], name: str, forms: list[str], said: str
) -> None:
    """Nothing is written then, of the other forms neither."""
    merge_forms(data, printed, "陈千涛", ["陈 千涛"])
    split_entries(data, entries, JINGAN)
    before = data.contributors.read_bytes()
    with pytest.raises(ConfigError, match=said):
        merge_forms(data, printed, name, forms)
    assert data.contributors.read_bytes() == before


@pytest.mark.parametrize(
    ("name", "forms", "said"),
    [
        ("陈千滔", ["陈干涛"], "no entry is signed '陈千滔'; the nearest name is '陈"),
        ("陈千涛", ["陈千滔"], "no entry is signed '陈千滔'; the nearest name is '陈"),
        ("陈千涛", ["陈千涛"], "'陈千涛' is that person's name already"),
        ("陈 千涛", ["陈干涛"], "'陈 千涛' is a form of '陈千涛'; give '陈千涛'"),
        ("陈千涛", ["李小四"], "'李小四' is noted as not '陈千涛' already"),
    ],
)
def test_what_cannot_be_split_is_one_clear_line(
    data: DataFolder, printed: set[str], name: str, forms: list[str], said: str
) -> None:
    """Nothing is written then."""
    merge_forms(data, printed, "陈千涛", ["陈 千涛"])
    split_forms(data, printed, "陈千涛", ["李小四"])
    before = data.contributors.read_bytes()
    with pytest.raises(ConfigError, match=said):
        split_forms(data, printed, name, forms)
    assert data.contributors.read_bytes() == before


@pytest.mark.parametrize(
    ("person", "said"),
    [
        (Person("王芳（静安）", ("王方",), ("特载",)), "no entry is signed '王方'"),
        (Person("王芳（静安）", ("王芳",), ("综述",)), "none of the 3 entries signed '王芳' meets all conditions"),
        (Person("陈千涛", ("王芳",), ("特载",)), "'陈千涛' is a person already; give --as another name"),
        (Person("陈 千涛", ("王芳",), ("特载",)), "'陈 千涛' is a form of '陈千涛'"),
        (Person("王芳", ("王芳",), ("特载",)), "'王芳' is that person's name already"),
    ],
)
def test_entries_that_cannot_be_split_off_are_one_clear_line(
    data: DataFolder, entries: tuple[Entry, ...], printed: set[str], person: Person, said: str
) -> None:
    """Nothing is written then."""
    merge_forms(data, printed, "陈千涛", ["陈 千涛"])
    before = data.contributors.read_bytes()
    with pytest.raises(ConfigError, match=said):
        split_entries(data, entries, person)
    assert data.contributors.read_bytes() == before


def test_form_that_no_entry_has_any_more_can_be_taken_out(data: DataFolder, printed: set[str]) -> None:
    """Its page may be forgotten."""
    merge_forms(data, printed, "陈千涛", ["陈 千涛"])
    split_forms(data, printed - {"陈 千涛", "陈千涛"}, "陈千涛", ["陈 千涛"])
    assert read_contributors(data.contributors).plain == {}
