"""`python tests/pictures`: takes README's picture of the sample archive, with Chromium; run it when pages look otherwise.

--browser COMMAND    the browser to take it with (default: chromium)
"""

import argparse
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from urllib.parse import urlencode

sys.path.insert(0, str(Path(__file__).parent.parent / "search_app"))

from served import served

PICTURE = Path(__file__).with_name("search.png")
SHOWN = urlencode({"q": "职工 集体合同", "year": ["2002", "2003"]}, doseq=True)
SIZE = "1100,590"
"""Two hits, and a file well below 200 kB."""


def main() -> None:
    """Serve the sample, take a picture of a page of results, stop."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--browser", default="chromium")
    asked = options.parse_args()
    command = [sys.executable, "-c", "from search_app.cli import main; main()", "demo"]
    with tempfile.TemporaryDirectory() as folder, served(command, Path(folder)) as address:
        flags = [
            "--headless",
            "--lang=zh-CN",
            "--accept-lang=zh-CN",
            "--hide-scrollbars",
            "--force-device-scale-factor=1",
            f"--window-size={SIZE}",
        ]
        if hasattr(os, "geteuid") and os.geteuid() == 0:
            flags.append("--no-sandbox")  # Chromium refuses root with it
        wanted = [f"--screenshot={PICTURE}", f"{address}?{SHOWN}"]
        subprocess.run([asked.browser, *flags, f"--user-data-dir={folder}/browser", *wanted], check=True)
    print(f"{PICTURE}: {PICTURE.stat().st_size:,} bytes")


if __name__ == "__main__":
    main()
