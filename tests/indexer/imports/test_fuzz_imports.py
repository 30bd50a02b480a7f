"""Whatever is brought in, nothing breaks and nothing hangs, and what nothing has touched comes out.

`NIANJIAN_FUZZ=20000` tries more inputs than usual; `NIANJIAN_SEED=…` tries those of an earlier run again.
"""

import os
import resource
import shutil
import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from random import Random
from types import FrameType

from kinds_mutations import Input, bomb, record_file
from kinds_odd_zips import odd_folder, odd_wacz, odd_zip

from indexer.config import DataFolder
from indexer.errors import YearbookError
from indexer.imports.findings import Original
from indexer.imports.settings import Reading
from indexer.imports.sources import find_sources, read_source
from indexer.manifest import Manifest
from indexer.model import Skipped
from indexer.stages.importing import import_paths, page_store
from indexer.store.ledger import Loss
from indexer.warc.records import Fetched

COUNT = int(os.environ.get("NIANJIAN_FUZZ") or 800)
KINDS = (*[record_file] * 60, *[odd_zip] * 20, *[odd_wacz] * 15, *[odd_folder] * 10)
SLOW = 3.0
"""Seconds of work that no input may take."""
HUNG = 30
"""Seconds after which an input is given up."""
MEMORY = 768 << 20
"""Bytes by which the process may grow: a payload of 64 MiB is held a few times while its codings are undone."""


class Hung(BaseException):
    """An input takes too long; no reader may take it for a fault of the input."""


def test_no_input_breaks_the_import(folder: Path, manifest: Manifest, seed: str) -> None:
    """Nothing but the project's own errors, no input that takes long, no loss of what is whole."""
    before, wrong = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, []
    for number in range(COUNT):
        rng = Random(f"{seed}/{number}")
        made = bomb(rng) if number % 500 == 7 else rng.choice(KINDS)(rng)
        begun = time.process_time()
        why = tried(made, folder / "one", manifest, whole=number % 4 == 0)
        if not why and (taken := time.process_time() - begun) > SLOW:
            why = f"it takes {taken:.1f} s"
        if why:
            wrong.append(f"input {number} ({', '.join(made.files)}; {made.done}): {why}")
    grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) << 10
    assert wrong[:20] == [], f"{len(wrong)} of {COUNT}"
    assert grown < MEMORY


def tried(made: Input, folder: Path, manifest: Manifest, *, whole: bool) -> str:
    """Read an input, and import it if `whole`; say what is wrong with that."""
    folder.mkdir()
    pages: set[tuple[str, bytes]] = set()
    try:
        path = written(made, folder / "in")
        with at_most(HUNG):
            pages = pages_of(path, manifest)
            if whole:
                pages &= imported(path, DataFolder(folder / "data"), manifest, any_page=bool(pages))
            missing = made.sure.items() - pages
    except YearbookError as error:
        return (
            f"{error!r} though {sorted(url for url, _ in pages) or sorted(made.sure)} are whole"
            if pages or made.sure
            else ""
        )
    except (Exception, Hung) as error:
        place = error.__traceback__
        while place and place.tb_next:
            place = place.tb_next
        return f"{error!r} at {place and place.tb_frame.f_code.co_filename}:{place and place.tb_lineno}"
    finally:
        shutil.rmtree(folder)
    return f"{sorted(url for url, _ in missing)} are whole and do not come" if missing else ""


def pages_of(path: Path, manifest: Manifest) -> set[tuple[str, bytes]]:
    """Read a path; give URLs and bodies of pages.  What is left out must have a name that can be printed."""
    pages = set()
    for source in find_sources([path]):
        for each in read_source(source, Reading(path.name, None, manifest.volumes)):
            if isinstance(each, Skipped):
                f"{each.name}: {each.why}".encode()
            fetched = each.fetched if isinstance(each, Original) else each
            if isinstance(fetched, Fetched):
                pages.add((fetched.page.url, fetched.page.body))
    return pages


def imported(path: Path, data: DataFolder, manifest: Manifest, *, any_page: bool) -> set[tuple[str, bytes]]:
    """Import a path, and read everything back; where `any_page` is in it, that must succeed."""
    try:
        import_paths(data, [path], manifest, None)
    except YearbookError:
        if any_page:
            raise
        return set()
    store = page_store(data, manifest)
    assert not [each for each in store.pages() if isinstance(each, Loss)]
    return {(each.page, store.read(each).body) for each in store.captures()}


def written(made: Input, top: Path) -> Path:
    """Write an input; give the path to import."""
    for name, data in made.files.items():
        file = top / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(data)
    return top if len(made.files) > 1 else top / next(iter(made.files))


@contextmanager
def at_most(seconds: int) -> Iterator[None]:
    """Break off what takes longer."""

    def give_up(_number: int, frame: FrameType | None) -> None:
        raise Hung(f"no end after {seconds} s")

    earlier = signal.signal(signal.SIGALRM, give_up)
    signal.alarm(seconds)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, earlier)
