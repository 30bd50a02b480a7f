"""Every sentence is in the catalogues, translated, and the files are what the tool makes of them."""

from collections.abc import Mapping
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from renew import HAND_MADE, Sentences, faults, files, is_chinese, po_file, read, renewed, stale

from search_app.words.language import CATALOGUES, ENGLISH, LANGUAGES, SIMPLIFIED, TRADITIONAL, catalogue


@pytest.fixture
def small() -> dict[tuple[str, ...], set[str]]:
    """What a small program says, in both languages, also of numbers."""
    return {
        ("没有找到“{what}”",): {"b.html", "a.html"},
        ("%(n)s 处", "%(n)s 处"): {"a.html"},
        ("nothing at {path}",): {"c.py"},
        ("{n} entry", "{n} entries"): {"c.py"},
    }


def write(folder: Path, catalogues: Mapping[str, Catalog]) -> None:
    """Write the files of catalogues, and what people translate of the small program."""
    for path, content in files(catalogues, folder).items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)


def translated(folder: Path, small: Sentences) -> dict[str, Catalog]:
    """Return the small program's catalogues, when people have translated them."""
    made = renewed(small, folder)
    made[SIMPLIFIED]["nothing at {path}"].string = "{path} 里没有东西"
    made[SIMPLIFIED]["{n} entry"].string = ("{n} 篇",)
    made[ENGLISH]["没有找到“{what}”"].string = "“{what}” is not found"
    made[ENGLISH]["%(n)s 处"].string = ("one place", "%(n)s places")
    write(folder, made)
    return renewed(small, folder)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_sentence_is_translated(known: Sentences, language: str) -> None:
    """None is missing, empty or doubtful, and all have the values and the forms of what they translate."""
    assert len(known) > 700
    assert list(faults(renewed(known)[language])) == []


def test_catalogues_are_as_the_tool_makes_them(known: Sentences) -> None:
    """Those that people edit have the sentences of today in order; those that the program reads are made from them."""
    assert list(stale(files(renewed(known)))) == []


def test_translations_are_kept_and_made_and_nothing_else_is(
    tmp_path: Path, small: dict[tuple[str, ...], set[str]]
) -> None:
    """What people wrote stays, traditional characters are put for simplified ones, and what nobody says any more goes."""
    made = translated(tmp_path, small)
    assert [fault for each in made.values() for fault in faults(each)] == []
    assert {each.id: each.string for each in made[SIMPLIFIED] if each.id} == {
        "nothing at {path}": "{path} 里没有东西",
        ("{n} entry", "{n} entries"): ("{n} 篇",),
    }
    assert {each.id: each.string for each in made[TRADITIONAL] if each.id} == {
        "没有找到“{what}”": "沒有找到“{what}”",
        ("%(n)s 处", "%(n)s 处"): ("%(n)s 處",),
        "nothing at {path}": "{path} 裡沒有東西",
        ("{n} entry", "{n} entries"): ("{n} 篇",),
    }
    del small["nothing at {path}",]
    assert "nothing at {path}" not in renewed(small, tmp_path)[SIMPLIFIED]


def test_files_change_only_with_sentences_and_translations(
    tmp_path: Path, small: dict[tuple[str, ...], set[str]]
) -> None:
    """No day, version or line number is in them, and they are in order, however the sentences were found."""
    first = files(translated(tmp_path, small), tmp_path)
    again = files(renewed(dict(reversed(small.items())), tmp_path), tmp_path)
    assert again == first
    text = first[po_file(ENGLISH, tmp_path)].decode()
    assert "#: a.html b.html\n" in text
    assert "Date" not in text


@pytest.mark.parametrize(
    ("language", "sentence", "wrong"),
    [
        (ENGLISH, "没有找到“{what}”", ""),
        (ENGLISH, "没有找到“{what}”", "nothing is found"),
        (ENGLISH, "没有找到“{what}”", "{waht} is not found"),
        (ENGLISH, "%(n)s 处", ("one place",)),
        (ENGLISH, "%(n)s 处", ("one place", "")),
        (ENGLISH, "%(n)s 处", ("one place", "places")),
        (SIMPLIFIED, "nothing at {path}", "%(path)s 里没有东西"),
    ],
)
def test_a_wrong_translation_is_found(
    tmp_path: Path, small: Sentences, language: str, sentence: str, wrong: str | tuple[str, ...]
) -> None:
    """One that is missing, or has other values, or not the language's forms."""
    made = translated(tmp_path, small)
    made[language][sentence].string = wrong
    assert len(list(faults(made[language]))) == 1


def test_a_doubtful_translation_is_asked_for_again(tmp_path: Path, small: Sentences) -> None:
    """As other tools mark one that they have guessed."""
    made = translated(tmp_path, small)
    made[ENGLISH]["没有找到“{what}”"].flags.add("fuzzy")
    assert [fault.split(":")[1] for fault in faults(made[ENGLISH])] == [" doubtful"]
    write(tmp_path, made)
    assert [fault.split(":")[1] for fault in faults(renewed(small, tmp_path)[ENGLISH])] == [" not translated"]


def test_a_stale_file_is_found(tmp_path: Path, small: Sentences) -> None:
    """Whether it is missing, or was edited and not compiled."""
    translated(tmp_path, small)
    file = po_file(SIMPLIFIED, tmp_path)
    assert {line.partition(": ")[0] for line in stale(files(renewed(small, tmp_path), tmp_path))} == {
        str(po_file(TRADITIONAL, tmp_path).with_suffix(end)) for end in (".po", ".mo")
    }
    write(tmp_path, renewed(small, tmp_path))
    assert list(stale(files(renewed(small, tmp_path), tmp_path))) == []
    file.write_text(file.read_text("utf-8").replace("没有东西", "什么也没有"), "utf-8")
    compiled = {file.with_suffix(".mo"), *(po_file(TRADITIONAL, tmp_path).with_suffix(end) for end in (".mo", ".po"))}
    found = {line.partition(": ")[0] for line in stale(files(renewed(small, tmp_path), tmp_path))}
    assert found == set(map(str, compiled))


def test_the_program_reads_what_people_wrote() -> None:
    """A compiled catalogue gives the very sentences of the other."""
    for language in HAND_MADE:
        written = [each for each in read(language, CATALOGUES) if each.id and isinstance(each.id, str) and each.string]
        assert [catalogue(language).gettext(str(each.id)) for each in written] == [each.string for each in written]


@pytest.mark.parametrize(
    ("sentence", "chinese"),
    [
        ("“{text}”", True),
        ("、", True),
        ("NEAR 至多相隔 {limit} 字", True),
        ("没有编号为“{id}”的条目，编号见 /api/v1/search", True),
        ("请运行 `nianjian index`", True),
        (", ", False),
        ("{n} entries", False),
        ("full-text search of a yearbook (年鉴检索)", False),
    ],
)
def test_language_of_a_sentence_is_told(sentence: str, chinese: bool) -> None:
    """By its own words, whatever it quotes or has people type."""
    assert is_chinese((sentence,)) is chinese
