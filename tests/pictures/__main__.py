"""`python tests/pictures`: takes README's picture of the sample archive, with Chromium; run it when pages look otherwise.

--browser COMMAND    the browser to take it with (default: chromium)
"""

import argparse
import os
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlencode
from urllib.request import urlopen

PICTURE = Path(__file__).with_name("search.png")
SHOWN = urlencode({"q": "职工 集体合同", "year": ["2002", "2003"]}, doseq=True)
SIZE = "1100,590"
"""Two hits, and a file well below 200 kB."""
_TRIES = 120


def main() -> None:
    """Serve the sample, take a picture of a page of results, stop."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--browser", default="chromium")
    asked = options.parse_args()
    with tempfile.TemporaryDirectory() as folder, sample_served(folder) as address:
        flags = ["--headless", "--hide-scrollbars", "--force-device-scale-factor=1", f"--window-size={SIZE}"]
        if hasattr(os, "geteuid") and os.geteuid() == 0:
            flags.append("--no-sandbox")  # Chromium refuses root with it
        wanted = [f"--screenshot={PICTURE}", f"{address}?{SHOWN}"]
        subprocess.run([asked.browser, *flags, f"--user-data-dir={folder}/browser", *wanted], check=True)
    print(f"{PICTURE}: {PICTURE.stat().st_size:,} bytes")


@contextmanager
def sample_served(folder: str) -> Iterator[str]:
    """Serve the sample archive while the block runs; give its address."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-c", "from search_app.cli import main; main()", "--data", folder, "demo"]
    server = subprocess.Popen([*command, "--port", str(port)])
    address = f"http://127.0.0.1:{port}/"
    try:
        for _ in range(_TRIES):
            try:
                urlopen(address, timeout=5).close()
                break
            except OSError:
                time.sleep(0.5)
        yield address
    finally:
        server.terminate()
        server.wait(20)


if __name__ == "__main__":
    main()
