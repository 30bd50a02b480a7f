"""Runs the web app in a production server (Granian); holds no page and no command."""

import os
import socket
from pathlib import Path

from granian import Granian
from granian.constants import Interfaces

from indexer.errors import ConfigError

_THREADS = 4
"""Threads a worker answers with: searches hold the interpreter's lock, more threads only wait for it."""


def check_address(host: str, port: int) -> None:
    """Raise `ConfigError` when the address cannot be listened on."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)
        with socket.socket(found[0][0], socket.SOCK_STREAM) as probe:
            if os.name == "posix":
                probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(found[0][4])
    except OSError as error:
        reason = error.strerror or str(error)
        raise ConfigError(f"cannot listen on {host} port {port}: {reason}; choose another with --port") from error


def serve(data_dir: Path, manifest: Path | None, host: str, port: int, workers: int) -> None:
    """Serve one data folder until interrupted."""
    # Workers are new processes and make the app themselves: these tell them from what.
    os.environ["NIANJIAN_DATA"] = str(data_dir.absolute())
    os.environ.pop("NIANJIAN_MANIFEST", None)
    if manifest:
        os.environ["NIANJIAN_MANIFEST"] = str(manifest.absolute())
    Granian(
        "search_app.factory:create_app",
        factory=True,
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=workers,
        respawn_failed_workers=True,
        blocking_threads=_THREADS,
        log_level="warning",  # type: ignore[arg-type]
    ).serve()
