"""Which manifest an archive is made with, what another one would change, and when none can be told."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from indexer.config import DataFolder
from indexer.errors import ConfigError, ManifestLost
from indexer.manifest import keep, load_manifest, manifest_of
from indexer.model import Page
from indexer.stages.acquire import crawl_site
from indexer.stages.holdings import read_holdings
from indexer.stages.importing import import_paths
from indexer.stages.pipeline import parse_store
from indexer.stages.preview.changes import changes

SITE = """[[site]]
id = "t"
title = "海淀工会年鉴"
publisher = "海淀市总工会"
licence = "CC0"
layout = "eastday-cms"
"""
VOLUMES = """
[[site.volume]]
id = "T1"
year = 2001
scope = ["http://nj.test.example/v1/"]

[[site.volume]]
id = "T2"
year = 2002
scope = ["http://nj.test.example/v2/"]
"""


@pytest.fixture
def pages(tmp_path: Path, make_page: Callable[..., Page]) -> Path:
    """Save a page of each of two volumes, of two entries each."""
    for volume, year in (("v1", 2001), ("v2", 2002)):
        folder = tmp_path / "site" / "nj.test.example" / volume
        folder.mkdir(parents=True)
        text = "[甲项工作]做了甲项工作。（王刚）<br>[乙项工作]做了乙项工作。（李明）"
        folder.joinpath("userobject1ai1.html").write_bytes(make_page(text, trail=f"{year}年鉴组织建设").body)
    return tmp_path / "site"


def write(folder: Path, text: str, name: str = "m.toml") -> Path:
    """Write a manifest."""
    file = folder / name
    file.write_text(text, "utf-8")
    return file


def made(folder: Path, pages: Path, given: Path | None) -> DataFolder:
    """Make an archive, as `nianjian build` does."""
    data = DataFolder(folder / "data")
    kept = manifest_of(data, given, may_change=True)
    import_paths(data, [pages], kept.manifest, None)
    parse_store(data, kept.manifest)
    keep(data, kept)
    return data


@pytest.fixture
def data(tmp_path: Path, pages: Path) -> DataFolder:
    """An archive with a manifest of its own."""
    return made(tmp_path, pages, write(tmp_path, SITE + VOLUMES))


def ids(data: DataFolder, given: Path | None, *, may_change: bool = False) -> list[str]:
    """Give the ids of the volumes that a command works with."""
    return [volume.id for volume in manifest_of(data, given, may_change=may_change).manifest.volumes]


@pytest.mark.parametrize("form", ["\r\n", "gb18030", "utf-8-sig", "# x\n"])
def test_same_meaning_is_the_same_manifest(data: DataFolder, tmp_path: Path, form: str) -> None:
    """In whatever line ends, encoding and comments."""
    text = SITE + VOLUMES
    if form == "\r\n":
        content = text.replace("\n", form).encode()
    elif form == "# x\n":
        content = (form + text.replace(" = ", "=")).encode()
    else:
        content = text.encode(form)
    (tmp_path / "same.toml").write_bytes(content)
    found = manifest_of(data, tmp_path / "same.toml", may_change=True)
    assert (found.text, found.changes, found.needs_parsing) == ("", (), False)


def test_every_changed_key_is_named(data: DataFolder, tmp_path: Path) -> None:
    """Of sites and volumes, in a line for those that change alike; and which entries get other ids."""
    text = (
        SITE.replace('"t"', '"u"')
        + 'live = false\ndelay = 3\neditor = "某人"\n[site.sections]\n"甲" = ["乙"]\n'
        + VOLUMES
    )
    found = manifest_of(data, write(tmp_path, text, "n.toml"), may_change=True)
    assert found.changes == ("site t changes: id, live, delay, sections", "volumes T1, T2 change: editor")
    assert not found.needs_parsing
    text = SITE.replace("CC0", "CC BY") + VOLUMES.replace('"T1"', '"X1"').replace("year = 2002", "year = 2003")
    found = manifest_of(data, write(tmp_path, text, "n.toml"), may_change=True)
    assert found.changes == (
        "site t changes: licence",
        "volumes new: X1",
        "volumes gone: T1",
        "volume T2 changes: title, year, covers_year",
        "entries change their ids with their volume: those of T1 to X1 (2)",
    )
    assert found.needs_parsing


def test_order_of_volumes_is_named_too(data: DataFolder, tmp_path: Path) -> None:
    """Where nothing else changes."""
    first, second = VOLUMES.split("\n\n")
    found = manifest_of(data, write(tmp_path, f"{SITE}\n{second}\n{first}\n", "n.toml"), may_change=True)
    assert [line.partition(":")[0] for line in found.changes] == ["the order of volumes changes"]


def test_reading_goes_on_with_what_the_archive_was_made_with(data: DataFolder, tmp_path: Path) -> None:
    """The one given is named as not used; nothing is written."""
    other = write(tmp_path, SITE + VOLUMES.replace('"T1"', '"X1"'), "other.toml")
    found = manifest_of(data, other)
    assert found.changes == (
        f"{other} is another manifest than the one that {data.root} was made with, and not used; "
        "take it with `nianjian parse`",
    )
    assert (ids(data, other), found.text) == (["T1", "T2"], "")


def test_archive_made_without_one_was_made_with_those_of_the_program(tmp_path: Path, pages: Path) -> None:
    """Before it is parsed it may be read with another one, afterwards that is not used, or changes something."""
    own = write(tmp_path, SITE + VOLUMES)
    assert ids(DataFolder(tmp_path / "data"), own) == ["T1", "T2"]
    data = made(tmp_path, pages, None)
    found = manifest_of(data, own)
    assert (found.manifest, found.is_own) == (load_manifest(), False)
    assert found.changes == (
        f"{own} is another manifest than the one that {data.root} was made with, those of the program, and not used; "
        "take it with `nianjian parse`",
    )
    taken = manifest_of(data, own, may_change=True)
    assert taken.changes == (
        "sites new: t",
        "volumes new: T1, T2",
        "entries change their ids with their volume: those of no volume to T1 (2), those of no volume to T2 (2)",
    )
    assert (taken.is_own, taken.needs_parsing) == (True, True)


def test_what_the_program_s_manifest_has_of_an_archive_is_compared(tmp_path: Path, root: Path) -> None:
    """And not all else that it knows."""
    data = made(tmp_path, root / "corpus" / "2020", None)
    text = (root / "corpus" / "sample.toml").read_text("utf-8").replace('id = "Q2020"', 'id = "own"')
    own = write(tmp_path, text[text.index('[[site]]\nid = "sample-2020"') :])
    (count,) = {len(data.entries.read_text("utf-8").splitlines())}
    assert manifest_of(data, own, may_change=True).changes == (
        "volumes new: own",
        "volumes gone: Q2020",
        f"entries change their ids with their volume: those of Q2020 to own ({count})",
    )


def test_lost_copy_is_refused_until_it_is_given(data: DataFolder, tmp_path: Path) -> None:
    """What is parsed names volumes that the program does not know; with the manifest given all goes on."""
    own = write(tmp_path, SITE + VOLUMES)
    other = write(tmp_path, SITE + VOLUMES.replace('"T1"', '"X1"'), "other.toml")
    data.manifest.unlink()
    for given in (None, other):
        with pytest.raises(ManifestLost) as refused:
            manifest_of(data, given)
        assert str(refused.value) == (
            f"{data.manifest} is gone, the manifest that this archive was made with (volumes T1, T2); "
            "give it with --manifest FILE"
        )
    found = manifest_of(data, own)
    assert (found.changes, found.text) == (
        (f"{data.manifest} is gone; {own} is used for now, take it with `nianjian parse`",),
        "",
    )
    line = (
        f"{data.manifest} is gone, and {{}} takes its place; `nianjian verify` says whether it gives the same entries"
    )
    moved = "entries change their ids with their volume: those of T1 to X1 (2)"
    assert manifest_of(data, other, may_change=True).changes == (line.format(other), moved)
    taken = manifest_of(data, own, may_change=True)
    assert (taken.changes, taken.needs_parsing) == ((line.format(own),), False)
    keep(data, taken)
    assert ids(data, None) == ["T1", "T2"]


def test_garbled_copy_gives_way_to_a_good_one(data: DataFolder, tmp_path: Path) -> None:
    """To what takes one; what only reads refuses."""
    own = write(tmp_path, SITE + VOLUMES)
    data.manifest.write_text("[[site")
    for given in (None, own):
        with pytest.raises(
            ManifestLost, match=r"is not TOML.*or take a good one with `nianjian parse --manifest FILE`"
        ):
            manifest_of(data, given)
    taken = manifest_of(data, own, may_change=True)
    assert taken.changes == (
        f"{data.manifest} could not be read, and {own} takes its place; "
        "`nianjian verify` says whether it gives the same entries",
    )
    keep(data, taken)
    assert ids(data, None) == ["T1", "T2"]


@pytest.mark.parametrize("what", ["folder", "link", "pipe"])
def test_what_is_no_file_in_its_place_is_an_error(data: DataFolder, tmp_path: Path, what: str) -> None:
    """For every command: it is not ours to take away."""
    own = write(tmp_path, SITE + VOLUMES)
    data.manifest.unlink()
    if what == "folder":
        data.manifest.mkdir()
    elif what == "link":
        data.manifest.symlink_to("nowhere")
    else:
        os.mkfifo(data.manifest)
    for given, may_change in ((None, False), (own, False), (own, True)):
        with pytest.raises(ManifestLost, match="put the archive's manifest in its place, a plain file"):
            manifest_of(data, given, may_change=may_change)


def test_manifest_given_is_wrong_before_the_archive_s_own_is(data: DataFolder, tmp_path: Path) -> None:
    """Whoever gives one wants to hear of that."""
    data.manifest.write_text("[[site")
    with pytest.raises(ConfigError, match=r"no\.toml"):
        manifest_of(data, tmp_path / "no.toml", may_change=True)


def test_changes_with_another_manifest_are_seen_before(data: DataFolder, tmp_path: Path) -> None:
    """By entry; nothing is written."""
    before = {path: path.read_bytes() for path in data.root.glob("*.*") if path.is_file() and "sqlite" not in path.name}
    other = write(tmp_path, SITE + VOLUMES.replace('"T1"', '"X1"'), "other.toml")
    found = changes(data, manifest_of(data, other, may_change=True).manifest)
    assert (found.new, found.gone, found.changed) == (("X1-1-1", "X1-1-2"), ("T1-1-1", "T1-1-2"), {})
    assert {path: path.read_bytes() for path in before} == before


def test_volume_whose_pages_are_another_s_is_told_from_one_without_pages(data: DataFolder, tmp_path: Path) -> None:
    """Its scope fits pages; they count for the volume that stands first."""
    text = SITE + VOLUMES.replace("/v1/", "/v") + VOLUMES.partition("\n\n")[0].replace("T1", "T3").replace("v1", "v3")
    manifest = load_manifest(write(tmp_path, text, "over.toml"))
    parsed = parse_store(data, manifest)
    assert (parsed.without_pages, parsed.overlapped) == (("T3",), ("T2",))
    assert [(each.id, each.total("held")) for each in read_holdings(data, manifest)] == [("T1", 2)]


def test_crawl_of_sites_that_are_not_on_the_web_says_so(data: DataFolder, tmp_path: Path) -> None:
    """One or several: no choice among them would help."""
    manifest = load_manifest(write(tmp_path, SITE + "live = false\n" + VOLUMES))
    with pytest.raises(ConfigError) as refused:
        crawl_site(data, manifest, (), "a@b.example", lambda _tally, _counts: None, refresh=False)
    assert str(refused.value) == (
        "海淀工会年鉴: not on the web (live = false in the manifest); pages of it are imported"
    )
