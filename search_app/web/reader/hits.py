"""Writes a list of hits in HTML, by the patterns of `_hits.html`."""

from collections.abc import Sequence
from functools import lru_cache
from html import escape
from types import SimpleNamespace

from jinja2 import Environment

from indexer.model import Entry
from indexer.search.shown.results import Form, Hit, Snippet
from search_app.shown.naming import Names
from search_app.web.reader.mixing import mixed_html
from search_app.web.reader.patterns import Patterns
from search_app.words import answers
from search_app.words.language import gettext

_FILE = "_hits.html"
_KEPT = 2048
"""Origins of entries that are kept as written, some 500 bytes each: many entries have the same."""


class HitList:
    """The hits of a page in one language; `links` are the addresses of the app."""

    def __init__(self, environment: Environment, links: SimpleNamespace) -> None:
        """Take the language's environment; nothing is read yet."""
        self._environment = environment
        self._links = links
        self._patterns = Patterns(environment, _FILE)
        self._origins = lru_cache(_KEPT)(self._write_origin)

    def __call__(
        self,
        hits: Sequence[tuple[int, Hit]],
        first: int,
        view: str,
        with_volume: bool,
        names: Names,
        text: str,
        hit_args: str,
    ) -> str:
        """Return a list of hits, each with its place among them.

        `first` numbers them; 0 stands for entries that only come near, whose addresses have the query's text alone
        and not `hit_args`, what all hits of a search have in theirs.
        """
        compact = view == "compact"
        written = []
        for at, hit in hits:
            number = first + at if first else 0
            entry_id, url = hit.entry.id, self._links.hit_url if first else self._links.entry_url
            address = url(entry_id, hit_args, number) if first else url(entry_id, text)
            written.append(
                self._hit(hit, number, address, compact, self._origin(hit.entry, compact, with_volume, names))
            )
        fill = self._patterns.get("list", compact, bool(first))
        return fill({"first": str(first + hits[0][0]), "hits": "\n".join(written)})

    def _hit(self, hit: Hit, number: int, url: str, compact: bool, origin: str) -> str:
        entry = hit.entry
        places, fields = answers.places(hit.reasons) if number and hit.reasons else ("", "")
        fill = self._patterns.get("hit", compact, bool(number), bool(places))
        return fill(
            {
                "number": str(number),
                "said": str(number) if number < 1000 else answers.number(number),
                "id": escape(entry.id),
                "url": escape(url),
                "title": _spans(hit.title) or escape(answers.title("")),
                "origin": origin,
                "snippet": _spans(hit.snippet),
                "why": self._why(hit),
                "places": escape(places),
                "fields": escape(fields),
            }
        )

    def _origin(self, entry: Entry, compact: bool, with_volume: bool, names: Names) -> str:
        """Return from where an entry is, and who signed it."""
        heading = "" if compact or entry.heading == entry.title else entry.heading
        volume = names.badge(entry) if with_volume else ""
        return self._origins(volume, entry.section, heading, tuple(names.signers(entry)) if entry.authors else ())

    def _write_origin(self, volume: str, section: str, heading: str, signers: tuple[tuple[str, str], ...]) -> str:
        fill = self._patterns.get("origin", bool(volume), bool(heading), bool(signers))
        return fill(
            {
                "volume": mixed_html(volume),
                "section": mixed_html(section or answers.section("")),
                "heading": mixed_html(heading),
                "authors": escape(gettext("、")).join([self._author(form, person) for form, person in signers]),
            }
        )

    def _author(self, form: str, person: str) -> str:
        fill = self._patterns.get("author", person != form)
        return fill({"url": escape(self._links.author_url(person)), "person": escape(person), "form": escape(form)})

    def _why(self, hit: Hit) -> str:
        """Return what is said of a hit that has not all words as they were typed, and of its score if it is explained."""
        said = [answers.having(hit)] if hit.has or hit.lacks else []
        said += [answers.reason(each) for each in hit.reasons if each.form is not Form.PRINTED]
        written = [self._patterns.get("why")({"said": mixed_html(each)}) for each in said]
        if hit.parts:
            written.append(str(self._environment.get_template(_FILE).module.score(hit)))  # type: ignore[attr-defined]
        return "".join(written)


def _spans(spans: Snippet) -> str:
    """Return a stretch of an entry with what was found marked."""
    return "".join(
        [f"<mark>{escape(each.text, False)}</mark>" if each.marked else escape(each.text, False) for each in spans]
    )
