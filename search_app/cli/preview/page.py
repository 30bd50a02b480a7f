"""Writes previews as one HTML file that needs no other files."""

from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from indexer.errors import ConfigError, reason_of
from indexer.files.durable import replacing
from indexer.stages.preview.changes import Changes
from indexer.stages.preview.shown import Preview
from search_app.cli.preview.terminal import change_rows, summary
from search_app.words.answers import listed
from search_app.words.findings import finding
from search_app.words.language import SIMPLIFIED, gettext, ngettext, spoken
from search_app.words.problems import in_words
from search_app.words.rules import KINDS, RULES, facts, printable, runs

_MADE_HERE = b'content="nianjian preview"'
"""Stands near the beginning of every preview: nothing else is overwritten."""
_BEGINNING = 1000


def check_target(path: Path, data: Path) -> None:
    """See to it that a preview may be written to `path`: to a new file, or over an older preview.

    Raises `ConfigError` for anything else that is there, for a folder that is not, and inside the data folder.
    """
    if not path.name:
        raise ConfigError("preview-target-nameless", path=path)
    if not path.parent.is_dir():
        raise ConfigError("preview-target-folder-missing", path=path, folder=path.parent)
    if data.exists() and path.resolve().is_relative_to(data.resolve()):
        raise ConfigError("preview-target-in-data", path=path, folder=data)
    if path.is_dir():
        raise ConfigError("preview-target-folder", path=path)
    if path.is_symlink() or (path.exists() and not path.is_file()):
        raise ConfigError("preview-target-no-file", path=path)
    if path.exists():
        with suppress(OSError), path.open("rb") as file:
            if _MADE_HERE not in file.read(_BEGINNING):
                raise ConfigError("preview-target-no-preview", path=path)


def write_previews(path: Path, shown: Sequence[Preview], found: Changes | None) -> None:
    """Write previews, and what another parse would change, to a file; an old file stays until the new one is whole.

    Raises `ConfigError` if it cannot be written.
    """
    html = previews_html(shown, found).encode("utf-8", "replace")
    try:
        with replacing(path) as file:
            file.write(html)
    except ConfigError as error:
        reason = reason_of(error.__cause__ or error)
        raise ConfigError("preview-unwritable", path=path, reason=reason) from error


def previews_html(shown: Sequence[Preview], found: Changes | None) -> str:
    """Return the HTML page: outside text is escaped, the style included, and each piece named beside its colour.

    It contains no scripts.
    """
    places = Environment(
        loader=PackageLoader("search_app.web"),
        extensions=["jinja2.ext.i18n"],
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    places.install_gettext_callables(gettext, ngettext, newstyle=True)  # type: ignore[attr-defined]  # the extension's
    places.filters["printable"] = printable
    return places.get_template("preview.html").render(
        shown=shown,
        language=spoken(),
        zh=Markup(f' lang="{SIMPLIFIED}"') if spoken() != SIMPLIFIED else "",
        facts=facts,
        runs=runs,
        in_words=in_words,
        kinds=KINDS,
        rules=RULES,
        changes=found,
        listed=listed,
        finding=finding,
        summary=summary(found) if found else "",
        rows=list(change_rows(found)) if found else [],
    )
