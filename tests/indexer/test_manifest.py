"""The manifest says what exists, and where it is wrong."""

from pathlib import Path

import pytest

from indexer.config import DataFolder
from indexer.errors import ConfigError
from indexer.manifest import Manifest, keep, load_manifest, manifest_of
from indexer.manifest.keys import KEYS
from indexer.model import Volume
from indexer.urls import volume_of as volume_in

SITE = """[[site]]
id = "x"
title = "年鉴"
publisher = "p"
licence = "l"
layout = "eastday-cms"
"""
VOLUME = '[[site.volume]]\nid = "a"\nyear = 2001\nscope = ["http://a.example/"]\n'


def test_bundled_manifest_knows_the_real_site_and_the_samples(manifest: Manifest) -> None:
    """By site and number of volumes; a URL leads to its volume."""
    assert [(site.id, len(site.volumes)) for site in manifest.sites] == [
        ("shzgh", 5),
        ("sample", 5),
        ("sample-2020", 1),
    ]
    url = "http://gov.eastday.com/renda/node5902/node6688/node6754/node9375/u1a1.html"
    volume = volume_in(url, manifest.volumes)
    assert volume is not None
    assert (volume.id, volume.covers_year) == ("2003", 2002)


def test_sections_of_several_years_belong_together(manifest: Manifest) -> None:
    """The printed form is kept; the canonical name stands beside it."""
    site = manifest.site_of("2002")
    assert site is not None
    assert {site.canonical_section(name) for name in ("局、产业工会", "局[产业]工会概况")} == {"局、产业工会"}
    assert site.canonical_section("信访") == "信访"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("x = ", "not TOML"),
        ("x = 1", "describes no site"),
        ("site = 3", "describes no site"),
        ('[[site]]\nid = "x"', "'title' is missing"),
        (SITE, "'volume' is missing"),
        (SITE + VOLUME.replace("year", "yaer"), "volume 'a': unknown key 'yaer'; do you mean 'year'"),
        (SITE + 'sedes = ["x"]\n' + VOLUME, r"site 'x': unknown key 'sedes'; there is id, title"),
        (SITE + VOLUME.replace("2001", '"二〇〇"'), "'二〇〇' is no year; write one like 2002"),
        (SITE + VOLUME.replace('["http://a.example/"]', "3"), "3 is no list of URLs"),
        ("x = 1\n" + SITE + VOLUME, "'x' stands outside of all sites"),
        (SITE + '[[site.volume]]\nid="a"\nyear=2001\nscope=["/renda/"]', "whole URLs"),
        (SITE + '[[site.volume]]\nid="a"\nyear=1\nscope=["http://a.b/"]\n' * 2, "stands twice"),
    ],
)
def test_wrong_manifest_is_named(tmp_path: Path, text: str, said: str) -> None:
    """The error names file and key."""
    file = tmp_path / "manifest.toml"
    file.write_text(text, "utf-8")
    with pytest.raises(ConfigError, match=said):
        load_manifest(file)


def test_missing_manifest_is_named(tmp_path: Path) -> None:
    """A path that is not there is an error of its own."""
    with pytest.raises(ConfigError, match="check the path"):
        load_manifest(tmp_path / "no.toml")


def volume_of(tmp_path: Path, content: bytes) -> tuple[Volume, tuple[str, ...]]:
    """Read a manifest of one volume; give it, and what is said."""
    file = tmp_path / "manifest.toml"
    file.write_bytes(content)
    manifest = load_manifest(file)
    (volume,) = manifest.volumes
    return volume, tuple(note.removeprefix(f"manifest {file}") for note in manifest.notes)


def test_what_can_only_mean_one_thing_is_understood(tmp_path: Path) -> None:
    """A year in Chinese digits or as text, a scope that is no list, a byte order mark, DOS line ends."""
    for year in ('"二〇〇一"', '"二○○一年"', '"2001"', "2001"):
        text = SITE + VOLUME.replace("2001", year).replace('["http://a.example/"]', '"http://a.example/"')
        volume, notes = volume_of(tmp_path, b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode())
        assert (volume.year, volume.scope, volume.seeds, notes) == (2001, ("http://a.example/",), volume.scope, ())


def test_what_is_ignored_or_guessed_is_said(tmp_path: Path) -> None:
    """In a line each."""
    text = SITE + 'encoding = "gb2312"\n' + VOLUME
    assert volume_of(tmp_path, text.encode())[1] == (": encoding is ignored; pages are read as what their bytes are",)
    volume, notes = volume_of(tmp_path, (SITE + VOLUME).encode("gbk"))
    assert (volume.yearbook, notes) == ("年鉴", (" is in GBK, and read so; save it as UTF-8",))


def test_volume_has_what_citations_need(tmp_path: Path) -> None:
    """Its own, else its site's."""
    site = SITE + 'short = "沧浦"\neditor = "年鉴编辑部"\nplace = "沧浦"\ncontact = "mailto:a@b.example"\n'
    text = site + VOLUME + 'editor = "另一编辑部"\nprinted = 2002\nisbn = "7-0000-0000-0"\n'
    volume, _ = volume_of(tmp_path, text.encode())
    assert (volume.short, volume.editor, volume.place, volume.printed) == ("沧浦", "另一编辑部", "沧浦", 2002)
    assert (volume.isbn, volume.contact, volume.yearbook) == ("7-0000-0000-0", "mailto:a@b.example", "年鉴")


def test_readme_s_table_names_every_key(root: Path) -> None:
    """With what stands behind it, and what it means."""
    text = (root / "corpus" / "README.md").read_text("utf-8")
    for key in KEYS:
        name = f"`{key.name}`" + (" (required)" if key.required else "")
        assert f"| {key.of} | {name} | {key.form} | {key.meaning} |" in text


def own(folder: Path, volumes: str = VOLUME) -> Path:
    """Write a manifest."""
    file = folder / "own.toml"
    file.write_text(SITE + volumes, "utf-8")
    return file


def test_manifest_stays_with_the_archive(tmp_path: Path) -> None:
    """Taken once, it is used without being named; another one is taken by what makes something, and is said."""
    data = DataFolder(tmp_path / "data")
    data.root.mkdir()
    taken = manifest_of(data, own(tmp_path), may_change=True)
    keep(data, taken)
    assert [volume.id for volume in manifest_of(data, None).manifest.volumes] == ["a"]
    assert manifest_of(data, None).is_own
    same = manifest_of(data, own(tmp_path), may_change=True)
    assert (same.text, same.changes) == ("", ())
    second = own(
        tmp_path, VOLUME.replace("2001", "2002") + VOLUME.replace('"a"', '"b"').replace("a.example", "b.example")
    )
    changed = manifest_of(data, second, may_change=True)
    assert changed.changes == ("volumes new: b", "volume a changes: title, year, covers_year")
    read = manifest_of(data, second)
    assert ([volume.id for volume in read.manifest.volumes], len(read.changes)) == (["a"], 1)
    assert [volume.id for volume in manifest_of(data, None).manifest.volumes] == ["a"], (
        "nothing is taken before it is kept"
    )
    keep(data, changed)
    assert [volume.id for volume in manifest_of(data, None).manifest.volumes] == ["a", "b"]


def test_archive_without_a_manifest_of_its_own_has_those_of_the_program(tmp_path: Path, manifest: Manifest) -> None:
    """And keeps no copy: a newer program knows more."""
    data = DataFolder(tmp_path)
    found = manifest_of(data, None, may_change=True)
    keep(data, found)
    assert (found.manifest, found.is_own, data.manifest.exists()) == (manifest, False, False)
