"""An archive's own manifest at the command line and in the web app: when another is taken, and when it is lost."""

import logging
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from indexer.config import DataFolder
from search_app.web.app import create_app

COMMAND = [sys.executable, "-c", "from search_app.cli import main; main()"]
Run = Callable[..., tuple[int, list[str]]]


@pytest.fixture
def run(tmp_path: Path) -> Run:
    """Run `nianjian` on a data folder; give exit code and the lines about the manifest, or why nothing was done."""

    def call(*args: object) -> tuple[int, list[str]]:
        full = [*COMMAND, "--data", str(tmp_path / "data"), *map(str, args)]
        done = subprocess.run(full, capture_output=True, text=True, encoding="utf-8", check=False)
        said = done.stderr.replace(str(tmp_path) + "/", "").splitlines()
        return done.returncode, [line.removeprefix("nianjian: ") for line in said if line.startswith("nianjian: ")]

    return call


@pytest.fixture
def own(tmp_path: Path, root: Path) -> Path:
    """Write a manifest of the sample's, with ids of its own."""
    text = (root / "corpus" / "sample.toml").read_text("utf-8")
    file = tmp_path / "own.toml"
    file.write_text(text[text.index('[[site]]\nid = "sample-2020"') :].replace('"Q2020"', '"own"'), "utf-8")
    return file


@pytest.fixture
def other(own: Path) -> Path:
    """Write another manifest."""
    file = own.with_name("other.toml")
    file.write_text(own.read_text("utf-8").replace('"own"', '"two"'), "utf-8")
    return file


@pytest.fixture
def data(run: Run, own: Path, root: Path, tmp_path: Path) -> DataFolder:
    """An archive with a manifest of its own."""
    assert run("--manifest", own, "build", root / "corpus" / "2020") == (0, [])
    return DataFolder(tmp_path / "data")


def test_changes_are_said_when_another_manifest_is_taken(
    run: Run, data: DataFolder, other: Path, root: Path, tmp_path: Path
) -> None:
    """Not before a failure, and by what parses without the advice to parse."""
    kept = data.manifest.read_bytes()
    count = len(data.entries.read_text("utf-8").splitlines())
    assert run("--manifest", other, "import", tmp_path / "no") == (2, ["no is not there; check the path"])
    code, said = run("--manifest", other, "preview", "--diff")
    lines = [
        "volumes new: two",
        "volumes gone: own",
        f"entries change their ids with their volume: those of own to two ({count})",
    ]
    assert (code, said) == (1, ["other.toml is tried, not taken", *lines])
    assert data.manifest.read_bytes() == kept
    advice = "run `nianjian parse`, then `nianjian index`: what is parsed was parsed with the manifest before"
    assert run("--manifest", other, "import", root / "corpus" / "2020") == (0, [*lines, advice])
    assert data.manifest.read_bytes() != kept


def test_parse_says_what_it_changes(run: Run, data: DataFolder, own: Path, other: Path) -> None:
    """Once, and needs no other parse."""
    code, said = run("--manifest", other, "parse")
    assert (code, said[:2], len(said)) == (0, ["volumes new: two", "volumes gone: own"], 3)
    assert run("verify")[0] == 1, "the index is still the one before"
    assert run("--manifest", own, "status") == (
        0,
        [
            "own.toml is another manifest than the one that data was made with, and not used; take it with `nianjian parse`"
        ],
    )


def test_path_that_is_empty_names_no_manifest(run: Run) -> None:
    """Before or behind the command."""
    for args in (("--manifest", "", "status"), ("status", "--manifest", "")):
        code, said = run(*args)
        assert (code, len(said)) == (2, 1)
        assert said[0].startswith("Invalid value for '--manifest': it is empty; name a manifest file, or leave")


def test_web_app_searches_without_a_manifest_that_can_be_read(
    run: Run, data: DataFolder, own: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """One line in the log; pages that rest on it say so, until it is mended."""
    good = data.manifest.read_bytes()
    entry = data.entries.read_text("utf-8").partition('"id": "')[2].partition('"')[0]
    data.manifest.write_text("[[site")
    with caplog.at_level(logging.WARNING):
        client = create_app(data.root).test_client()
        for page in ("/", "/?q=教育", f"/entry/{entry}", "/volume/own", "/holdings", "/about", "/healthz"):
            assert client.get(page).status_code == 200, page
    assert [line.partition(": ")[0] for line in caplog.messages if "TOML" in line] == [
        "searches are answered, but not what is held"
    ]
    assert "本库的年鉴清单现在读不出" in client.get("/holdings").text
    assert "本库的年鉴清单现在读不出" in client.get(f"/entry/{entry}").text
    data.manifest.write_bytes(good)
    assert "青湾教育年鉴" in client.get("/holdings").text
    assert "本库的年鉴清单现在读不出" not in client.get(f"/entry/{entry}").text
    data.manifest.write_text(good.decode().replace('title = "青湾教育年鉴 2020"', 'title = "青湾年鉴"'), "utf-8")
    assert "<h1>青湾年鉴<" in client.get("/volume/own").text


def test_web_app_refuses_a_wrong_manifest_that_is_given(tmp_path: Path) -> None:
    """When it is made: that is a mistake of whoever starts it."""
    from indexer.errors import ConfigError

    with pytest.raises(ConfigError, match=r"no\.toml"):
        create_app(tmp_path / "data", tmp_path / "no.toml")
