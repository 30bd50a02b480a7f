"""Writes previews as one HTML file that needs no other files."""

from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from jinja2 import Environment, PackageLoader, StrictUndefined

from indexer.errors import ConfigError
from indexer.files.durable import replacing
from indexer.stages.preview.changes import Changes
from indexer.stages.preview.shown import Preview
from search_app.cli.previewterminal import change_rows, summary
from search_app.words.problems import in_words
from search_app.words.rules import KINDS, RULES, facts, printable, runs

_MADE_HERE = b'content="nianjian preview"'
"""Stands near the beginning of every preview: nothing else is overwritten."""
_BEGINNING = 1000


def check_target(path: Path, data: Path) -> None:
    """See to it that a preview may be written to `path`: to a new file, or over an older preview.

    Raises `ConfigError` for anything else that is there, for a folder that is not, and inside the data folder.
    """
    why = ""
    if not path.name:
        why = "it names no file"
    elif not path.parent.is_dir():
        why = f"there is no folder {path.parent}"
    elif data.exists() and path.resolve().is_relative_to(data.resolve()):
        why = f"it lies in the data folder {data}"
    elif path.is_dir():
        why = "it is a folder"
    elif path.is_symlink() or (path.exists() and not path.is_file()):
        why = "what is there is no plain file"
    elif path.exists():
        with suppress(OSError), path.open("rb") as file:
            why = "" if _MADE_HERE in file.read(_BEGINNING) else "what is there is no preview, and would be lost"
    if why:
        raise ConfigError(f"cannot write {path}: {why}; give --html another file")


def write_previews(path: Path, shown: Sequence[Preview], found: Changes | None) -> None:
    """Write previews, and what another parse would change, to a file; an old file stays until the new one is whole.

    Raises `ConfigError` if it cannot be written.
    """
    html = previews_html(shown, found).encode("utf-8", "replace")
    try:
        with replacing(path) as file:
            file.write(html)
    except ConfigError as error:
        reason = getattr(error.__cause__, "strerror", "") or str(error)
        raise ConfigError(f"cannot write {path}: {reason}; give --html another file") from error


def previews_html(shown: Sequence[Preview], found: Changes | None) -> str:
    """Return the HTML page: outside text is escaped, the style included, and each piece named beside its colour.

    It contains no scripts.
    """
    places = Environment(
        loader=PackageLoader("search_app.web"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    places.filters["printable"] = printable
    return places.get_template("preview.html").render(
        shown=shown,
        facts=facts,
        runs=runs,
        in_words=in_words,
        kinds=KINDS,
        rules=RULES,
        changes=found,
        summary=summary(found) if found else "",
        rows=list(change_rows(found)) if found else [],
    )
