"""The sample archive is what its README says."""

import re
from collections import Counter
from importlib.resources import files
from itertools import groupby
from pathlib import Path

from indexer.model import Entry


def prose(entries: tuple[Entry, ...]) -> list[Entry]:
    """Leave out the chronicle, whose items are short, and the second, small site."""
    return [entry for entry in entries if entry.section != "大事记" and entry.volume.startswith("S")]


def test_size_and_spread(root: Path, expected: tuple[Entry, ...]) -> None:
    """Pages, entries, sections, contributors."""
    content = {entry.url for entry in expected}
    years = {name: {e.year for e in expected if name in e.authors} for e in expected for name in e.authors}
    assert len(content) >= 60
    assert len(prose(expected)) >= 200
    assert len({entry.section for entry in expected}) >= 12
    assert len(years) >= 60
    assert sum(len(each) >= 3 for each in years.values()) >= 10
    assert all(150 <= len(entry.body) <= 900 for entry in prose(expected))


def test_no_sentence_stands_twice(expected: tuple[Entry, ...]) -> None:
    """Each entry is written for itself."""
    sentences = Counter(s for entry in expected for s in re.split(r"[。！？!?]", entry.body) if len(s) > 12)
    assert [s for s, count in sentences.items() if count > 1] == []


def test_organisations_and_campaigns_come_back_over_the_years(expected: tuple[Entry, ...]) -> None:
    """Ranking, facets and trends have something to show."""
    for name in ("远帆造船厂", "程水根", "金锤杯", "海燕”职工艺术节", "集体合同", "厂务公开", "外来务工"):
        assert len({entry.year for entry in expected if name in entry.title + entry.body}) >= 3, name


def test_encodings_and_errors_of_the_time_are_there(root: Path, expected: tuple[Entry, ...]) -> None:
    """GB, UTF-8 with and without BOM, four-byte characters, OCR look-alikes."""
    pages = [file.read_bytes() for file in root.glob("corpus/*/pages/**/*.html")]
    assert sum(page.startswith(b"\xef\xbb\xbf") for page in pages) >= 2
    kinds = [key for key, _ in groupby(sorted("utf-8" if _is_utf8(page) else "gb" for page in pages))]
    assert kinds == ["gb", "utf-8"]
    text = "".join(entry.body + entry.signature for entry in expected)
    assert [word for word in ("深人", "凋研", "己经", "宜传", "跨人", "一一", "㛃", "𠮷") if word not in text] == []


def test_second_site_is_of_another_design(expected: tuple[Entry, ...]) -> None:
    """Twenty entries titled by tags; the first site's pages hold no such row."""
    second = [entry for entry in expected if entry.volume == "Q2020"]
    assert (len(second), len({entry.section for entry in second})) == (20, 6)


def test_readme_says_the_right_number(root: Path, expected: tuple[Entry, ...]) -> None:
    """In both languages."""
    assert f"{len(expected)} entries" in (root / "README.md").read_text("utf-8")
    assert f"{len(expected)} 篇" in (root / "README.zh-CN.md").read_text("utf-8")


def test_archive_travels_with_the_package() -> None:
    """Found as package data, not by the checkout's path."""
    names = {path.name for path in files("corpus").iterdir()}
    assert {"manifest.toml", "README.md", "LICENSE", "2001", "2005"} <= names


def _is_utf8(page: bytes) -> bool:
    try:
        page.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True
