"""Serves an archive by a command, on a port of its own, while something looks at it."""

import os
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.request import urlopen

_TRIES = 600


@contextmanager
def served(command: list[str], folder: Path, **settings: str) -> Iterator[str]:
    """Run a command that serves, while the block runs; give its address.  It ends with 0."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = subprocess.Popen(
        [*command, "--port", str(port)], cwd=folder, env=os.environ | settings, stdout=subprocess.DEVNULL
    )
    address = f"http://127.0.0.1:{port}/"
    try:
        for _ in range(_TRIES):
            try:
                urlopen(address, timeout=5).close()
                break
            except OSError:
                time.sleep(0.1)
        yield address
    finally:
        server.terminate()
        assert server.wait(20) == 0
