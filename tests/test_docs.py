"""What the documents claim is so."""

import json
import re
from pathlib import Path

import click
import pytest
from showing import figures

from indexer.search.opensearch.settings import NAMES
from search_app.cli import cli

READMES = ["README.md", "README.zh-CN.md"]
DOCUMENTS = [
    *READMES,
    "ARCHITECTURE.md",
    "CONTRIBUTING.md",
    "CHANGELOG.md",
    "corpus/README.md",
    "tests/benchmarks/RESULTS.md",
    "tests/relevance/RESULTS.md",
]


@pytest.mark.parametrize("name", DOCUMENTS)
def test_links_lead_somewhere(root: Path, name: str) -> None:
    """Relative links of every document exist, and so do the headings that they name."""
    here = root / name
    links = [link for link in re.findall(r"\]\(([^)]+)\)", here.read_text("utf-8")) if not link.startswith("http")]
    for path, _, heading in (link.partition("#") for link in links):
        target = here.parent / path if path else here
        assert target.exists(), path
        assert not heading or heading in _headings(target.read_text("utf-8")), f"{path}#{heading}"


def _headings(text: str) -> set[str]:
    """Give what GitHub calls the headings of a document in addresses."""
    titles = re.findall(r"^#+ (.*)$", text, re.MULTILINE)
    return {re.sub(r"[^\w -]", "", title.lower()).strip().replace(" ", "-") for title in titles}


@pytest.mark.parametrize("name", READMES)
def test_every_command_is_documented_and_every_documented_one_exists(root: Path, name: str) -> None:
    """In both languages."""
    text = (root / name).read_text("utf-8")
    named = set(re.findall(r"nianjian (?:--data \S+ )?([a-z-]+)", text))
    assert named == set(cli.commands)


@pytest.mark.parametrize("name", READMES)
def test_every_setting_is_documented_and_every_documented_one_exists(root: Path, name: str) -> None:
    """Settings are environment variables; those in the code are those in the table."""
    code = "".join(file.read_text("utf-8") for top in ("indexer", "search_app") for file in root.glob(f"{top}/**/*.py"))
    told = re.findall(r"^\| `(NIANJIAN_\w+)` \|", (root / name).read_text("utf-8"), re.MULTILINE)
    whole = {each for each in re.findall(r"\bNIANJIAN_[A-Z_]+", code) if not each.endswith("_")}
    assert sorted(told) == sorted(whole | set(NAMES))


def test_every_option_has_help() -> None:
    """`--help` teaches."""
    for command in cli.commands.values():
        assert command.help
        assert [p.name for p in command.params if isinstance(p, click.Option) and not p.help] == []


def test_architecture_names_every_module_folder(root: Path) -> None:
    """And no folder that is not there."""
    text = (root / "ARCHITECTURE.md").read_text("utf-8")
    folders = {
        file.parent.relative_to(root).as_posix()
        for top in ("indexer", "search_app")
        for file in root.glob(f"{top}/**/*.py")
    }
    assert [folder for folder in sorted(folders) if f"`{folder}/`" not in text] == []
    assert [
        name
        for name in re.findall(r"`((?:indexer|search_app|corpus|tests)/[\w/.-]*)`", text)
        if not (root / name).exists()
    ] == []


def test_results_and_readmes_tell_the_figures_that_were_measured(root: Path) -> None:
    """They are made of `results.json`, which the benchmark wrote."""
    measured = json.loads((root / "tests" / "benchmarks" / "results.json").read_text("utf-8"))
    assert (root / "tests" / "benchmarks" / "RESULTS.md").read_text("utf-8") == figures.document(measured)
    for name in READMES:
        readme = (root / name).read_text("utf-8")
        assert figures.put_into(readme, name, measured) == readme


def test_readme_tells_the_test_command_that_ci_runs(root: Path) -> None:
    """The two commands stand in README, and `.ci/run` runs the second as it is."""
    readme = (root / "README.md").read_text("utf-8")
    assert "pip install . && nianjian demo" in readme
    assert "pip install -e '.[test]' && pytest" in readme
    assert "pip install -e '.[test]' && pytest" in (root / ".ci" / "run").read_text("utf-8")


def test_no_python_is_claimed_but_the_one_that_ci_runs(root: Path) -> None:
    """In the package's classifiers and in README."""
    claimed = re.findall(r"Programming Language :: Python :: (\d+\.\d+)", (root / "setup.cfg").read_text("utf-8"))
    assert claimed == ["3.11"]
    assert "Python 3.11" in (root / ".ci" / "run").read_text("utf-8")
    for name in READMES:
        assert "Python 3.11" in (root / name).read_text("utf-8")
