"""Writes previews as one HTML file that needs no other files."""

from collections.abc import Sequence
from pathlib import Path

from jinja2 import Environment, PackageLoader, StrictUndefined

from indexer.errors import ConfigError
from indexer.files.durable import replacing
from indexer.stages.preview.changes import Changes
from indexer.stages.preview.shown import Preview
from search_app.cli.previewterminal import change_rows, summary
from search_app.cli.rulewords import KINDS, RULES, facts, printable, runs
from search_app.web.doubtful import in_words


def write_previews(path: Path, shown: Sequence[Preview], found: Changes | None) -> None:
    """Write previews, and what another parse would change, to a file; an old file stays until the new one is whole.

    Raises `ConfigError` if it cannot be written.
    """
    html = previews_html(shown, found).encode("utf-8", "replace")
    if path.is_dir():
        raise ConfigError(f"cannot write {path}: it is a folder; give --html a file")
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
