"""Names that may be one are found by how they are written; a plain comparison of all pairs judges."""

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.text.fold import fold
from indexer.text.resemblance import Kind, bare, resembling
from indexer.text.variants import Likeness, likened
from indexer.text.wordlists import name_lookalikes

ONE = "陈千涛"


@pytest.mark.parametrize(
    ("other", "kind"),
    [
        ("陈 千涛", Kind.SPACING),
        ("陈　千　涛", Kind.SPACING),
        ("陈·千涛", Kind.SPACING),
        ("陳千濤", Kind.VARIANT),
        ("陳 千濤", Kind.VARIANT),
        ("本报记者 陈千涛", Kind.ROLE_WORD),
        ("陈千涛（摄影）", Kind.ROLE_WORD),
        ("（陈千涛", Kind.ROLE_WORD),
        ("【通訊員】陳千濤 供稿", Kind.ROLE_WORD),
        ("陈千涛摄", Kind.ROLE_WORD),
        ("陈干涛", Kind.LOOK_ALIKE),
        ("陳 干濤", Kind.LOOK_ALIKE),
        ("陈千滔", Kind.ONE_EDIT),
        ("李千涛", Kind.ONE_EDIT),
        ("陈千海涛", Kind.ONE_EDIT),
        ("陈千涛海", Kind.ONE_EDIT),
        ("陈千", None),
        ("陈涛", None),
        ("陈海滔", None),
        ("千陈涛", None),
        ("陈千涛（静安）", None),
        ("记者", None),
        ("・", None),
    ],
)
def test_pair_has_its_strongest_likeness(other: str, kind: Kind | None) -> None:
    """The more frequent name stands first."""
    found = {} if kind is None else {(ONE, other): kind}
    assert resembling({other: 1, ONE: 2}) == found


def test_names_of_two_characters_are_no_one_edit() -> None:
    """Half of the name would differ; look-alikes they may be."""
    assert resembling({"王芳": 3, "王芬": 2, "李芳": 1, "王方": 1}) == {}
    assert resembling({"王未": 3, "王末": 2}) == {("王未", "王末"): Kind.LOOK_ALIKE}


def test_of_several_that_are_the_same_each_is_paired_with_the_most_frequent() -> None:
    """Not with one another, which would say nothing more."""
    assert resembling({ONE: 9, "陈 千涛": 2, "陈  千涛": 1, "陳千濤": 1}) == {
        (ONE, "陈 千涛"): Kind.SPACING,
        (ONE, "陈  千涛"): Kind.SPACING,
        (ONE, "陳千濤"): Kind.VARIANT,
    }


def test_what_stands_where_a_crowd_differs_is_no_evidence() -> None:
    """Twenty thousand names that differ in one place are twenty thousand, and found to be so in no time."""
    crowd = {f"王建{chr(0x4E00 + at)}": 1 for at in range(20_000)}
    assert Kind.ONE_EDIT not in resembling(crowd).values()
    assert len(resembling({"王" + " " * at + "小明": 1 for at in range(2_000)})) == 1_999


def test_name_that_is_all_role_words_keeps_one() -> None:
    """What is left has two characters at least."""
    assert [bare(text) for text in ("记者", "(供稿)", "陈文", "", "()")] == [
        likened(text, Likeness.VARIANT) for text in ("记者", "供稿", "陈文", "", "")
    ]


def test_classes_of_names_are_apart_and_no_others() -> None:
    """A character stands in one; what a search takes for the same already need not be said again."""
    groups = [likened(group, Likeness.ALIKE) for group in name_lookalikes()]
    assert [group for group in groups if len(set(group)) < 2] == []
    assert [pair for pair in combinations(groups, 2) if set(pair[0]) & set(pair[1])] == []


def plain_kind(one: str, other: str) -> Kind | None:
    """Return the strongest likeness of two names by comparing them alone."""
    texts = [fold(name).replace("·", "") for name in (one, other)]
    alike = [likened(text, Likeness.ALIKE).replace(likened("干", Likeness.ALIKE), "千") for text in texts]
    variants = [likened(text, Likeness.VARIANT) for text in texts]
    if texts[0] == texts[1]:
        return Kind.SPACING
    if variants[0] == variants[1]:
        return Kind.VARIANT
    if bare(one) == bare(other) != "":
        return Kind.ROLE_WORD
    if alike[0] == alike[1]:
        return Kind.LOOK_ALIKE
    short, long = sorted(variants, key=len)
    cut = {long[:at] + long[at + 1 :] for at in range(len(long))}
    differ = sum(a != b for a, b in zip(short, long, strict=False))
    if len(short) >= 3 and (short in cut or (len(short) == len(long) and differ == 1)):
        return Kind.ONE_EDIT
    return None


@given(st.dictionaries(st.text("陈陳千干末未 ·涛", min_size=1, max_size=4).filter(fold), st.integers(1, 9), max_size=8))
def test_pairs_are_those_of_a_plain_comparison(counts: dict[str, int]) -> None:
    """Each is alike as it says; any two alike are connected, if not as a pair then through the most frequent ones."""
    counts = {name: count for name, count in counts.items() if fold(name).replace("·", "")}
    found = resembling(counts)
    assert {pair: plain_kind(*pair) for pair in found} == found
    assert [pair for pair in found if counts[pair[0]] < counts[pair[1]]] == []
    group = {name: {name} for name in counts}
    for one, other in found:
        joined = group[one] | group[other]
        for name in joined:
            group[name] = joined
    assert [pair for pair in combinations(counts, 2) if plain_kind(*pair) and pair[1] not in group[pair[0]]] == []
