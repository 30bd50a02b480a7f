"""The pages of contributors: the register, and what one of them signed."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from string import ascii_uppercase

from flask import Blueprint, abort, redirect, request
from werkzeug.sansio.response import Response

from indexer.model import Entry
from indexer.search.engine import Searcher
from search_app.shown.addresses import author_url
from search_app.shown.browsing.asking import printed
from search_app.shown.browsing.contents import Section, contents
from search_app.shown.browsing.registered import OFFICES, OTHER, Group, register
from search_app.shown.links import SearchState, exactly
from search_app.shown.naming import Names
from search_app.web.current import current_archive, current_site
from search_app.web.reader.rendering import render
from search_app.words.language import gettext

pages = Blueprint("people", __name__)

_ON_ONE_PAGE = 1500
"""Names that one page of the register holds; of a larger one it shows a letter at a time."""
_BESIDE = 12
"""How many of those who signed together with somebody are named."""


@dataclass(frozen=True, slots=True)
class SignedVolume:
    """What somebody signed in one volume."""

    first: Entry
    """One of the entries, which says what volume it is."""
    sections: tuple[Section, ...]

    @property
    def count(self) -> int:
        """Number of entries."""
        return sum(each.count for each in self.sections)


@pages.get("/author/")
@pages.get("/author/<path:name>")
def author(name: str | None = None) -> str | Response:
    """Show everything that a contributor signed, by year."""
    name = request.args.get("name", "") if name is None else name
    searcher, names = current_archive().open()
    entries = list(searcher.entries(printed(author=(name,))))
    if not entries:
        abort(404, description=gettext("没有署名“{name}”的条目").format(name=name))
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
        books=_by_yearbook(entries),
        total=len(entries),
        forms=forms.most_common(),
        is_decided=list(forms) != [name],
        beside=beside.most_common(_BESIDE),
        within=SearchState().adding("author", name),
        printed=as_printed,
        mentioned=searcher.count(as_printed.request()[0]) if as_printed else 0,
    )


@pages.get("/contributors")
def contributors() -> str:
    """Show everybody who signed something, by pinyin; with `q`, those whose names are like it.

    Of a large register one letter is shown at a time, `letter`.
    """
    text = request.args.get("q", "").strip()
    searcher, names = current_archive().open()
    groups = register(searcher, text) if text else current_archive().once(_everybody)
    total = sum(len(group.contributors) for group in groups)
    by_letter = {group.letter: group for group in groups}
    is_parted = total > _ON_ONE_PAGE
    asked = request.args.get("letter", "")
    letter = asked if asked in by_letter else next(iter(by_letter), "")
    return render(
        "contributors.html",
        groups=(by_letter[letter],) if is_parted else groups,
        letters=[each for each in (*ascii_uppercase, OTHER, OFFICES) if each in by_letter or len(each) == 1],
        by_letter=by_letter,
        letter=letter if is_parted else "",
        sought=text,
        total=total,
        offices=len(by_letter[OFFICES].contributors) if OFFICES in by_letter else 0,
        names=names,
    )


def _everybody(searcher: Searcher, _: Names) -> tuple[Group, ...]:
    return register(searcher)


def _by_yearbook(entries: Sequence[Entry]) -> list[list[SignedVolume]]:
    """Group entries by yearbook, and these by volume and year."""

    def volume(entry: Entry) -> tuple[str, int, str]:
        return entry.yearbook, entry.year, entry.volume

    listed = [list(inside) for _, inside in groupby(sorted(entries, key=volume), key=volume)]
    volumes = [SignedVolume(inside[0], contents(inside)) for inside in listed]
    return [list(inside) for _, inside in groupby(volumes, key=lambda each: each.first.yearbook)]
