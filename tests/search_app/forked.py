"""Runs `nianjian` as another process, forked from one that has imported it: most of a short command's time is imports.

The process is the command's own: its arguments, environment, folder, output and exit code; only what is imported, and
nothing that was read or made, is there when it begins.
"""

import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from multiprocessing import get_context
from pathlib import Path
from tempfile import TemporaryDirectory

IMPORTED = ["search_app.cli", "rjieba", "scrapy.crawler", "scrapy.core.downloader.handlers.http11"]
"""What commands use, some of it imported late; Twisted's reactor, which opens files, is none of it."""


def nianjian(
    *args: object,
    cwd: Path | None = None,
    env: Mapping[str, str] | None = None,
    before: str = "",
    timeout: float = 180,
) -> "subprocess.CompletedProcess[str]":
    """Run a command to its end, after some code of the test's own."""
    context = get_context("forkserver")
    context.set_forkserver_preload(IMPORTED)
    words = list(map(str, args))
    with TemporaryDirectory() as folder:
        said = [Path(folder, "output"), Path(folder, "errors")]
        inside = cwd or Path.cwd(), dict(os.environ if env is None else env)
        process = context.Process(target=_become, args=(words, said, *inside, before))
        process.start()
        process.join(timeout)
        if process.exitcode is None:
            process.kill()
            process.join()
            raise subprocess.TimeoutExpired(words, timeout)
        return subprocess.CompletedProcess(
            words, process.exitcode, *(each.read_bytes().decode("utf-8").replace("\r\n", "\n") for each in said)
        )


def _become(args: Sequence[str], said: Sequence[Path], cwd: Path, env: Mapping[str, str], before: str) -> None:
    """Be the command."""
    os.chdir(cwd)
    os.environ.clear()
    os.environ.update(env)
    for number, path in enumerate(said, 1):
        with path.open("wb") as file:
            os.dup2(file.fileno(), number)
    sys.stdout = os.fdopen(1, "w", encoding="utf-8", closefd=False)
    sys.stderr = os.fdopen(2, "w", buffering=1, encoding="utf-8", errors="backslashreplace", closefd=False)
    sys.argv = ["nianjian", *args]
    exec(before, {})
    from search_app.cli import main

    main()
