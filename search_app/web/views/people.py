"""The pages of contributors: the register, and what one of them signed."""

from collections import Counter
from itertools import groupby

from flask import Blueprint, abort, redirect, request
from werkzeug.sansio.response import Response

from indexer.model import Entry
from search_app.shown.asking import limited
from search_app.shown.links import author_url, exactly
from search_app.shown.registered import register
from search_app.web.archive import current_archive, current_site
from search_app.web.rendering import render

pages = Blueprint("people", __name__)


@pages.get("/author/")
@pages.get("/author/<path:name>")
def author(name: str | None = None) -> str | Response:
    """Show everything that a contributor signed, by year."""
    name = request.args.get("name", "") if name is None else name
    searcher, names = current_archive().open()
    entries = list(searcher.entries(limited(author=(name,))))
    if not entries:
        abort(404, description=f"没有署名“{name}”的条目")
    signed = [(form, person) for each in entries for form, person in names.signers(each)]
    if name not in (person for _, person in signed):
        # A printed form: its page is that of the person.
        return redirect(current_site().link(author_url(next(person for form, person in signed if form == name))), 302)
    forms = Counter(form for form, person in signed if person == name)
    beside = Counter(other for each in entries for other in names.persons(each) if other != name)
    as_printed = exactly(name)
    return render(
        "author.html",
        name=name,
        names=names,
        volumes=_by_volume(entries),
        entries=entries,
        forms=forms.most_common(),
        is_decided=list(forms) != [name],
        beside=beside.most_common(12),
        printed=as_printed,
        mentioned=searcher.count(as_printed.request()[0]) if as_printed else 0,
    )


@pages.get("/contributors")
def contributors() -> str:
    """Show everybody who signed something, by pinyin; with `q`, those whose names are like it."""
    text = request.args.get("q", "").strip()
    searcher, names = current_archive().open()
    groups = register(searcher, text)
    total = sum(len(group.contributors) for group in groups)
    return render("contributors.html", groups=groups, sought=text, total=total, names=names)


def _by_volume(entries: list[Entry]) -> list[list[Entry]]:
    """Group entries by volume; by yearbook, then year."""

    def volume(entry: Entry) -> tuple[str, int, str]:
        return entry.yearbook, entry.year, entry.volume

    return [list(inside) for _, inside in groupby(sorted(entries, key=volume), key=volume)]
