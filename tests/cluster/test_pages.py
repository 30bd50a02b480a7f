"""The browser suite passes as it is, whichever engine holds the index."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.cluster
PART = ("reading/test_walking.py", "reading/test_browsing.py", "taking/test_in_browser.py")
"""Pages that ask for everything found, a page of it, what stands beside a hit; all of the suite is run by hand."""


def test_browser_suite_passes_with_its_archive_in_a_cluster(
    cluster_settings: dict[str, str], often: int, root: Path, tmp_path: Path
) -> None:
    """Unchanged: the settings alone say where the index is."""
    if not (shutil.which("chromium") or shutil.which("chromium-browser")):
        pytest.skip("Chromium is absent: apt-get install chromium fonts-noto-cjk")
    chosen = [f"tests/search_app/{name}" for name in PART] if often < 1000 else ["tests"]
    command = [sys.executable, "-m", "pytest", "-m", "browser", "-n", "0", "-q", "-p", "no:cacheprovider"]
    done = subprocess.run(
        [*command, "--basetemp", str(tmp_path / "browser"), *chosen],
        cwd=root,
        env=os.environ | cluster_settings,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout[-4000:]
    print(done.stdout.splitlines()[-1])
