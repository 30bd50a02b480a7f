"""A printed name means the person whom people have decided on, on each entry exactly one."""

import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.authority import Authority, Person, merged, parted, years_said
from indexer.model import Entry

QIANTAO = Person("陈千涛", ("陈干涛", "陈 千涛"))
JINGAN = Person("王芳（静安）", ("王芳",), ("区县工会",), (2001, 2003), ("静安",))
HOSPITAL = Person("王芳（医院）", ("王芳",), units=("医院", "卫生局"))
ENTRY = Entry.from_record(
    {
        "id": "2002-1-1",
        "yearbook": "",
        "volume": "2002",
        "year": 2002,
        "section": "区县工会",
        "heading": "静安区总工会",
        "title": "标题",
        "authors": [],
        "signature": "",
        "body": "正文。",
        "captions": [],
        "url": "http://example.org/1.html",
        "position": 1,
        "order": 0,
    }
)
NAMES = ("甲", "乙", "丙", "丁", "戊")
SECTIONS = ("一栏", "二栏")
YEARS = range(2001, 2005)
UNITS = ("Ａ厂", "b厂")

conditions = st.fixed_dictionaries(
    {
        "sections": st.lists(st.sampled_from(SECTIONS), unique=True, max_size=1).map(tuple),
        "years": st.none() | st.tuples(st.sampled_from(YEARS), st.sampled_from(YEARS)).map(sorted).map(tuple),
        "units": st.lists(st.sampled_from(UNITS), unique=True, max_size=2).map(tuple),
    }
)
entries = st.builds(
    lambda authors, section, year, heading, signature: replace(
        ENTRY, authors=tuple(authors), section=section, year=year, heading=heading, signature=signature
    ),
    st.lists(st.sampled_from(NAMES), unique=True, max_size=4),
    st.sampled_from(SECTIONS),
    st.sampled_from(YEARS),
    st.sampled_from(("", "a 厂", "B厂")),
    st.sampled_from(("", "（Ａ厂 甲）", "（B 厂）")),
)


@st.composite
def persons(draw: st.DrawFn) -> tuple[Person, ...]:
    """Draw persons that do not contradict one another: each form has one owner at most, names are no forms."""
    plain = [Person(NAMES[0], ()), Person("王", ())]
    owners = {form: draw(st.sampled_from((None, *plain))) for form in NAMES[1:]}
    said = [replace(each, forms=tuple(form for form, owner in owners.items() if owner is each)) for each in plain]
    said += [
        Person(f"某{number}", tuple(draw(st.lists(st.sampled_from(NAMES), min_size=1, unique=True))), **kept)
        for number, kept in enumerate(draw(st.lists(conditions.filter(lambda each: any(each.values())), max_size=3)))
    ]
    return tuple(draw(st.permutations(said)))


def read_plainly(persons: tuple[Person, ...], entry: Entry) -> tuple[str, ...]:
    """Return the persons of an entry as the rules say it: for each form, all persons in turn."""

    def meets(person: Person) -> bool:
        text = (entry.heading + "|" + entry.signature).replace(" ", "").replace("Ａ", "a").replace("B", "b")
        return (
            (not person.sections or entry.section in person.sections)
            and (person.years is None or entry.year in range(person.years[0], person.years[1] + 1))
            and (not person.units or any(unit.replace("Ａ", "a") in text for unit in person.units))
        )

    names: list[str] = []
    for form in entry.authors:
        last = sorted(persons, key=lambda each: not each.has_conditions)
        meant = [each.name for each in last if form in (each.name, *each.forms) and meets(each)]
        name = (meant or [form])[0]
        if name not in names:
            names.append(name)
    return tuple(names)


@given(persons(), entries)
def test_persons_of_an_entry_are_those_that_the_rules_name(persons: tuple[Person, ...], entry: Entry) -> None:
    """Whatever persons there are, in whatever order."""
    authority = Authority(persons)
    assert authority.persons_of(entry) == read_plainly(persons, entry)


@given(persons(), entries)
def test_two_maps_say_what_the_rules_say(persons: tuple[Person, ...], entry: Entry) -> None:
    """An engine rewrites its column by them alone; forms that no map has stay as printed."""
    authority = Authority(persons)
    names = [
        next((each.name for each in authority.conditional.get(form, ()) if each.meets(entry)), None)
        or authority.plain.get(form, form)
        for form in entry.authors
    ]
    assert tuple(dict.fromkeys(names)) == authority.persons_of(entry)
    assert authority.claimed == {form for each in persons for form in (each.name, *each.forms)}


def test_person_with_conditions_comes_before_one_without_whatever_their_place() -> None:
    """Of those with conditions the first in the file is meant; if nobody fits, the form is its own person."""
    authority = Authority((Person("王方", ("王芳",)), JINGAN, HOSPITAL))
    entry = replace(ENTRY, authors=("王芳",))
    assert authority.persons_of(replace(entry, signature="（医院 王芳）")) == ("王芳（静安）",)
    assert authority.persons_of(replace(entry, year=2004, signature="（医院 王芳）")) == ("王芳（医院）",)
    assert authority.persons_of(replace(entry, year=2004)) == ("王方",)
    assert Authority((JINGAN,)).persons_of(replace(entry, section="特载")) == ("王芳",)


def test_two_forms_of_one_person_on_an_entry_are_one() -> None:
    """In the place of the first; entries whose forms nobody claims are answered with what they print."""
    authority = Authority((QIANTAO,))
    assert authority.persons_of(replace(ENTRY, authors=("李四", "陈干涛", "张三", "陈千涛"))) == (
        "李四",
        "陈千涛",
        "张三",
    )
    entry = replace(ENTRY, authors=("李四", "陈千涛"))
    assert authority.persons_of(entry) is entry.authors


@pytest.mark.parametrize(
    ("changed", "meets"),
    [
        ({}, True),
        ({"section": "特载"}, False),
        ({"year": 2000}, False),
        ({"year": 2001}, True),
        ({"year": 2003}, True),
        ({"year": 2004}, False),
        ({"heading": "长宁区总工会"}, False),
        ({"heading": "", "signature": "（静　安区总工会　王芳）"}, True),
        ({"heading": "", "body": "静安"}, False),
    ],
)
def test_person_is_meant_where_an_entry_meets_all_conditions(changed: dict[str, object], meets: bool) -> None:
    """Section and year as they are, the unit in heading or signature, folded."""
    assert JINGAN.meets(replace(ENTRY, **changed)) is meets
    assert JINGAN.has_conditions
    assert (QIANTAO.has_conditions, QIANTAO.meets(replace(ENTRY, **changed))) == (False, True)


def test_filter_by_a_form_is_one_by_the_person_it_means_without_conditions() -> None:
    """Anything else stands for itself."""
    authority = Authority((QIANTAO, JINGAN, Person("王方", ("王芳", "王 方"))))
    asked = ("陈干涛", "陈千涛", "王芳", "王 方", "王芳（静安）", "李四")
    assert [authority.person_named(each) for each in asked] == [
        "陈千涛",
        "陈千涛",
        "王方",
        "王方",
        "王芳（静安）",
        "李四",
    ]


def test_nothing_decided_is_false() -> None:
    """And leaves all as printed."""
    assert not Authority()
    assert Authority((QIANTAO,))
    assert (Authority().claimed, Authority().persons_of(replace(ENTRY, authors=("王芳",)))) == (frozenset(), ("王芳",))


def test_forms_that_no_entry_has_are_named_with_their_person() -> None:
    """A name that is not printed is none of them."""
    assert Authority((QIANTAO, JINGAN)).missing({"陈干涛"}) == (("陈 千涛", "陈千涛"), ("王芳", "王芳（静安）"))


def test_what_is_decided_is_that_two_are_one_or_that_they_are_not() -> None:
    """Two persons that were never compared are undecided; who is told apart is so with all known forms."""
    authority = Authority(
        (replace(QIANTAO, apart=("陈于涛",)), Person("陈于涛", ("陈 于涛",)), Person("王方", ("王 方",)))
    )
    assert authority.are_decided("陈 千涛", "陈干涛")
    assert authority.are_decided("陈千涛", "陈 千涛")
    for one, other in (("陈干涛", "陈于涛"), ("陈 于涛", "陈千涛"), ("陈 千涛", "陈 于涛")):
        assert (authority.are_decided(one, other), authority.are_decided(other, one)) == (True, True)
    for one, other in (("陈千涛", "王方"), ("陈千涛", "陈千滔"), ("李四", "李 四")):
        assert (authority.are_decided(one, other), authority.are_decided(other, one)) == (False, False)


def test_merged_person_brings_forms_along() -> None:
    """What was told apart is one now; order and the others stay."""
    known = Authority(
        (HOSPITAL, replace(QIANTAO, apart=("陈于涛", "陈午涛")), Person("陈于涛", ("陈 于涛",), apart=("丁",)))
    )
    assert merged(known, "陈千涛", ("陈于涛", "陈干涛", "陈于涛")) == (
        HOSPITAL,
        Person("陈千涛", ("陈干涛", "陈 千涛", "陈于涛", "陈 于涛"), apart=("陈午涛", "丁")),
    )
    assert merged(Authority((HOSPITAL,)), "甲", ("乙",)) == (HOSPITAL, Person("甲", ("乙",)))


def test_parted_forms_are_noted() -> None:
    """Whether or not they were the person's; one with conditions who has none left is gone."""
    assert parted(Authority((QIANTAO,)), "陈千涛", ("陈干涛", "陈于涛")) == (
        Person("陈千涛", ("陈 千涛",), apart=("陈干涛", "陈于涛")),
    )
    assert parted(Authority(), "甲", ("乙",)) == (Person("甲", (), apart=("乙",)),)
    assert parted(Authority((QIANTAO, JINGAN)), "王芳（静安）", ("王芳",)) == (QIANTAO,)


def test_years_are_one_or_a_range() -> None:
    """Both ends included; nothing else is guessed at."""
    assert [years_said(text) for text in ("2001-2003", "2001", "2001-2001")] == [
        (2001, 2003),
        (2001, 2001),
        (2001, 2001),
    ]
    for text in ("", "2003-2001", "2001–2003", "２００１", "2001-", "-2001", "20011", "2001 "):
        with pytest.raises(ValueError, match=f"^{re.escape(text)}$"):
            years_said(text)
