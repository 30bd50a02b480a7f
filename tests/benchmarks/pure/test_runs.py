"""A run that was cut off goes on where it was."""

import json
from pathlib import Path

import pytest
from measuring import runs


def test_what_is_there_is_not_measured_again(tmp_path: Path) -> None:
    """Smaller archives come first in the file; 0 is none."""
    file = tmp_path / "benchmarks.json"
    assert runs.begun([file]) == {}
    measured = runs.write(file, {"200": {"a": 1}, "30": {"b": 2}})
    assert list(measured["sizes"]) == ["30", "200"]
    there = runs.begun([tmp_path / "none.json", file])
    assert there == measured["sizes"]
    assert runs.wanted([30, 200, 1000, 0], there, []) == [1000]


def test_sizes_that_are_named_are_measured_anew() -> None:
    """Also where they are there."""
    assert runs.wanted([30, 200], {"200": {}}, [200]) == [200]


def test_another_machines_run_is_not_gone_on_with(tmp_path: Path) -> None:
    """Figures of two machines would stand in one table."""
    file = tmp_path / "benchmarks.json"
    file.write_text(json.dumps(runs.write(file, {}) | {"machine": "64 cores"}), "utf-8")
    with pytest.raises(SystemExit, match="another machine: begin anew"):
        runs.begun([file])
