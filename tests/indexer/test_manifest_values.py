"""What stands behind a manifest's keys is of its kind, or refused in one line that names file, place and key."""

import os
from importlib.resources import files
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.errors import ConfigError
from indexer.manifest import Manifest, load_manifest
from indexer.manifest.keys import IGNORED, KEYS, Key
from indexer.manifest.reading import read_manifest
from indexer.stages.pipeline import check_layouts

TEXT = '"x"'
VALUES = {
    "live": "false",
    "allow_private": "true",
    "delay": "0.5",
    "timeout": "2",
    "hosts": '["www.a.example"]',
    "sections": '{"甲" = ["甲", "甲类"]}',
    "contact": '"a@b.example"',
    "year": "2001",
    "covers_year": "2000",
    "printed": "2002",
    "scope": '["http://a.example/"]',
    "seeds": '["http://a.example/index.html"]',
    "layout": '"eastday-cms"',
}
"""A value that is right; a text for all other keys."""
NONE_AT_ALL = ('""', '"a\\nb"', '"a\\u001b[31mb"', "[]", "[1]", "{ }", "{ a = 1 }", "nan", "2001-01-01", "-3")
"""What hardly any key takes."""
ALSO_RIGHT = {"hosts": {"[]"}, "sections": {"{ }"}, "encoding": set(NONE_AT_ALL)}


def write(folder: Path, of: str = "", name: str = "", value: str = "") -> Path:
    """Write a manifest with all keys, one of which has another value."""
    lines = []
    for table, header in (("site", "[[site]]"), ("volume", "[[site.volume]]")):
        lines.append(header)
        for key in KEYS:
            if key.of in (table, "both") and key.name not in ("volume", *IGNORED):
                right = VALUES.get(key.name, TEXT)
                lines.append(f"{key.name} = {value if (table, key.name) == (of, name) else right}")
        if (of, name) == (table, "encoding"):
            lines.append(f"encoding = {value}")
    file = folder / "m.toml"
    file.write_text("\n".join(lines), "utf-8")
    return file


def test_right_values_are_those_of_the_volume(tmp_path: Path) -> None:
    """Each as the program has it."""
    (site,) = load_manifest(write(tmp_path)).sites
    (volume,) = site.volumes
    assert (site.live, site.allow_private, site.delay, site.timeout) == (False, True, 0.5, 2.0)
    assert (site.sections, site.contact) == ({"甲": ("甲", "甲类")}, "a@b.example")
    assert (volume.year, volume.covers_year, volume.printed, volume.hosts) == (2001, 2000, 2002, ("www.a.example",))


@pytest.mark.parametrize("key", [key for key in KEYS if key.name != "volume"], ids=lambda key: f"{key.of}.{key.name}")
def test_what_is_of_another_kind_is_refused_in_one_line(tmp_path: Path, key: Key) -> None:
    """With file, site, volume and key; nothing is taken for what it is not."""
    of = "volume" if key.of == "both" else key.of
    for value in NONE_AT_ALL:
        file = write(tmp_path, of, key.name, value)
        if value in ALSO_RIGHT.get(key.name, ()):
            load_manifest(file)
            continue
        with pytest.raises(ConfigError) as refused:
            load_manifest(file)
        said = str(refused.value)
        place = "1" if key.name == "id" else "'x'"
        where = f"manifest {file}, site " + (f"'x', volume {place}" if of == "volume" else place)
        assert said.startswith(f"{where}: {key.name}: "), said
        assert said.isprintable(), said


@pytest.mark.parametrize(
    ("of", "name", "value", "said"),
    [
        ("site", "live", '"false"', "'false' is neither true nor false; write one of them, without quotes"),
        ("site", "allow_private", "0", "0 is neither true nor false"),
        ("site", "delay", "inf", "inf is no number of seconds; write one from 0 to 86400"),
        ("site", "delay", "true", "true is no number of seconds"),
        ("site", "timeout", "0", "0 is no number of seconds; write one from 0.1 to 86400"),
        ("site", "contact", '"somebody"', "'somebody' is neither mail address nor URL"),
        ("site", "sections", "5", "5 is no table of lists"),
        ("site", "title", '["x"]', "['x'] is no text; write a line of it in quotes, or leave the key out"),
        ("volume", "year", "99999", "99999 is no year; it must lie between 1 and 9999"),
        ("volume", "year", "0", "0 is no year; it must lie between 1 and 9999"),
        ("volume", "year", "9223372036854775808", "9223372036854775808 is no year"),
        ("volume", "year", "2002.0", "2002.0 is no year; write one like 2002"),
        ("volume", "id", f'"{"x" * 65}"', "is no id; write up to 64 letters, digits and -_.~@ in quotes"),
        ("volume", "id", '".."', "'..' is no id"),
        ("volume", "id", '"a/b"', "'a/b' is no id"),
        (
            "volume",
            "seeds",
            '["ftp://a.example/"]',
            "['ftp://a.example/'] holds 'ftp://a.example/'; they must be whole URLs",
        ),
        ("volume", "seeds", '[""]', r"[''] is no list of URLs"),
    ],
)
def test_refusal_says_what_is_expected(tmp_path: Path, of: str, name: str, value: str, said: str) -> None:
    """And what stands there."""
    with pytest.raises(ConfigError) as refused:
        load_manifest(write(tmp_path, of, name, value))
    assert f": {name}: {said}" in str(refused.value) or (name == "id" and said in str(refused.value))


@pytest.mark.parametrize("year", ['"２００２"', '"二〇〇二"', '"二○○二年"', '"二零零二"', '"二00二"', '" 2002 年"'])
def test_year_in_digits_of_any_width_is_understood(tmp_path: Path, year: str) -> None:
    """And in Chinese."""
    (volume,) = load_manifest(write(tmp_path, "volume", "year", year)).volumes
    assert volume.year == 2002


def test_one_form_of_a_section_may_stand_without_brackets(tmp_path: Path) -> None:
    """It is one text, and not its characters."""
    (site,) = load_manifest(write(tmp_path, "site", "sections", '{"组织" = "组织建设"}')).sites
    assert site.sections == {"组织": ("组织建设",)}


SITE = '[[site]]\nid = "s"\ntitle = "年鉴"\npublisher = "p"\nlicence = "l"\nlayout = "eastday-cms"\n'


def volume(name: str, scope: str, header: str = "[[site.volume]]") -> str:
    """Write a volume's table."""
    return f'{header}\nid = "{name}"\nyear = 2001\nscope = "http://a.example/{scope}"\n'


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (SITE + volume("a", "", "[site.volume]"), "is one table; begin each volume with [[site.volume]]"),
        (SITE + "volume = []", "site 's': volume: [] are no volumes; begin each with [[site.volume]]"),
        ("[site]\nid = 1", "describes no site; begin each with [[site]], in double brackets"),
        ((SITE + volume("a", "x")) + (SITE + volume("b", "y")), "site id 's' stands twice"),
        ("x = " + "[" * 100_000, "is not TOML: nested too deep; mend that line"),
        ("x = " + "9" * 5000, "is not TOML: a number of thousands of digits; mend that line"),
        ("# no text\nx = \0", "is not TOML: Invalid value (at line 2, column 5)"),
        ("\0" * 9, "is no text, and seems to be UTF-16BE; save it as UTF-8"),
    ],
)
def test_wrong_tables_are_one_line(tmp_path: Path, text: str, said: str) -> None:
    """Whatever is in the file."""
    file = tmp_path / "m.toml"
    file.write_text(text, "utf-8")
    with pytest.raises(ConfigError) as refused:
        load_manifest(file)
    assert str(refused.value).startswith(f"manifest {file}")
    assert said in str(refused.value)


@pytest.mark.parametrize(
    ("encoding", "said"),
    [
        ("utf-8-sig", ()),
        ("gb18030", ("GBK",)),
        ("utf-16", ("UTF-16",)),
        ("utf-16-be", ("UTF-16BE",)),
        ("utf-16-le", ("UTF-16LE",)),
        ("utf-32", ("UTF-32",)),
    ],
)
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_file_is_read_in_the_encoding_it_has(tmp_path: Path, encoding: str, said: tuple[str, ...], end: str) -> None:
    """Which is named where it is not UTF-8; line ends may be anybody's."""
    file = tmp_path / "m.toml"
    file.write_bytes((SITE + volume("a", "")).replace("\n", end).encode(encoding))
    found = load_manifest(file)
    assert [each.yearbook for each in found.volumes] == ["年鉴"]
    assert found.notes == tuple(f"manifest {file} is in {name}, and read so; save it as UTF-8" for name in said)


def test_unknown_layout_names_the_file(tmp_path: Path) -> None:
    """And the layout that is meant."""
    file = tmp_path / "m.toml"
    file.write_text((SITE + volume("a", "")).replace("eastday-cms", "eastday"), "utf-8")
    with pytest.raises(ConfigError) as refused:
        check_layouts(load_manifest(file))
    assert str(refused.value) == f"manifest {file}, volume 'a': no layout 'eastday'; do you mean 'eastday-cms'?"


@pytest.mark.parametrize(("first", "second"), [("v", "v2/"), ("v2/", "v"), ("v", "v")])
def test_overlapping_scopes_are_said(tmp_path: Path, first: str, second: str) -> None:
    """With both volumes, and the one that has the pages of both."""
    file = tmp_path / "m.toml"
    file.write_text(SITE + volume("A", first) + volume("B", second) + volume("C", "other/"), "utf-8")
    assert load_manifest(file).notes == (
        f"manifest {file}: the scope of volume B overlaps that of A; pages in both are of A, standing first; "
        "narrow one of them",
    )


def test_what_is_no_file_is_refused_at_once(tmp_path: Path) -> None:
    """A pipe would never end."""
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(ConfigError, match="no plain file; check the path"):
        load_manifest(tmp_path / "pipe")


SAMPLE = files("corpus").joinpath("sample.toml").read_bytes()


@given(st.integers(0, len(SAMPLE)), st.integers(0, 40), st.binary(max_size=40) | st.text(max_size=20).map(str.encode))
def test_any_damage_is_read_or_refused_in_one_line(at: int, gone: int, put: bytes) -> None:
    """Whatever takes the place of some bytes."""
    try:
        manifest, _ = read_manifest(SAMPLE[:at] + put + SAMPLE[at + gone :], "m.toml")
        said = manifest.notes
    except ConfigError as error:
        manifest, said = Manifest(()), (str(error),)
    assert all(line.isprintable() for line in said), said
    assert all(1 <= volume.year <= 9999 and volume.id and volume.title.strip() for volume in manifest.volumes)
