"""Whole archives are taken away in constant memory, and spreadsheets find no formula in them."""

import csv
import io
import json
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

from indexer.model import Entry
from indexer.search.factory import open_builder
from search_app.shown.exporting.formats import FORMATS
from search_app.shown.tables.csvlines import csv_lines

ENTRIES = 50_000
ROOM = 20 << 20
"""Bytes that the process may grow by."""


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An archive of so many entries, of five volumes and two kilobytes each."""
    folder = tmp_path_factory.mktemp("many")
    with open_builder(folder) as builder:
        for at in range(ENTRIES):
            year = 2001 + at % 5
            text = "".join(f"第{at}条{part}号工会办事，职工满意。" for part in range(40))
            builder.add(
                Entry(
                    f"{year}-{at}-1", f"V{year}", year, "工会工作", "综述", f"第{at}条", (f"人{at % 700}",),
                    f"（人{at % 700}）", text, (), f"http://a.example/{at}.html", 1, at, "沧浦工会年鉴",
                )
            )  # fmt: skip
    return folder


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="reads the memory of a process in /proc")
@pytest.mark.parametrize("name", FORMATS)
@pytest.mark.parametrize(("query", "sort"), [("", "book"), ("工会", "relevance")])
def test_whole_sets_are_streamed_in_constant_memory(many: Path, name: str, query: str, sort: str) -> None:
    """In every format; there is a piece for each entry, and the time to the first is printed."""
    command = [sys.executable, str(Path(__file__).with_name("whole_set.py")), str(many), name, query, sort]
    found = json.loads(subprocess.run(command, check=True, capture_output=True, timeout=600).stdout)
    assert found["pieces"] == ENTRIES + {"csv": 1, "csl-json": 1}.get(name, 0)
    assert found["growth"] < ROOM
    print(f"{name} {query} {sort}: {found}")


@pytest.fixture
def calc(tmp_path: Path) -> Callable[[str], Iterator[tuple[str, bool]]]:
    """Give a function that has LibreOffice import a table, and gives the first cell of each row: its text, and whether
    it is a formula."""
    command = shutil.which("soffice")
    if command is None:
        pytest.skip("LibreOffice is absent: apt-get install libreoffice-calc-nogui")
    space = {"table": "urn:oasis:names:tc:opendocument:xmlns:table:1.0"}

    def read(text: str) -> Iterator[tuple[str, bool]]:
        (tmp_path / "table.csv").write_bytes(text.encode())
        # Commas, quotation marks, UTF-8, and formulas evaluated (the last but two), as who clicks through has it.
        how = "--infilter=CSV:44,34,76,1,,0,false,true,false,false,false,-1,true"
        home = f"-env:UserInstallation=file://{tmp_path}/home"
        made = [command, home, "--headless", how, "--convert-to", "fods", "--outdir", str(tmp_path)]
        subprocess.run([*made, str(tmp_path / "table.csv")], check=True, capture_output=True, timeout=300)
        for row in ElementTree.parse(tmp_path / "table.fods").getroot().iterfind(".//table:table-row", space):
            cell = row.find("table:table-cell", space)
            assert cell is not None
            yield "".join(cell.itertext()).strip(), any("formula" in each for each in cell.attrib)

    return read


@pytest.mark.slow
def test_libreoffice_finds_no_formula(
    by_hand: Callable[[str, str], list[dict[str, Any]]], calc: Callable[[str], Iterable[tuple[str, bool]]]
) -> None:
    """In cells that people named; the same cells as they are would be some, so that it is seen to look."""
    values = [each["value"] for each in by_hand("cells.toml", "cell")]
    ours = list(calc("".join(csv_lines(["a"], ([value] for value in values)))))
    assert [said for said, is_formula in ours if is_formula] == []
    written = io.StringIO()
    csv.writer(written).writerows([value] for value in values)
    assert any(is_formula for _, is_formula in calc(written.getvalue()))
