"""Says to the cluster which entries pass a request's filters; filters speak of persons where people have decided who is who."""

from collections.abc import Iterator
from dataclasses import dataclass

from indexer.authority import NOBODY, Authority, Person
from indexer.search.fields import value_of
from indexer.search.opensearch.connection import Query
from indexer.search.opensearch.matching.strings import (
    EVERYTHING,
    NOTHING,
    all_of,
    any_of,
    but,
    can_be_sent,
    standing,
)
from indexer.search.opensearch.shape import MOST_TERMS
from indexer.search.query.terms import Term
from indexer.search.query.tree import SearchRequest, meant
from indexer.text.fold import fold


@dataclass(frozen=True, slots=True)
class Shown:
    """What of a generation may be shown, and who its authors are."""

    visible: tuple[Query, ...] = ()
    """What every question is limited to; nothing if all may be shown."""
    authority: Authority = NOBODY

    def meant(self, request: SearchRequest) -> SearchRequest:
        """Return a request with the persons whom printed forms mean, where it is filtered by these."""
        return meant(request, self.authority) if self.authority and request.filters else request

    def filters(self, request: SearchRequest, despite_field: str = "", despite: str = "") -> list[Query]:
        """Return what an entry must meet to pass all filters; the request is one that `meant` returned.

        The selection in `despite_field` is left out, and there the exclusion of the value `despite`.
        """
        found = list(self.visible)
        for each in request.filters:
            if each.exclude:
                values = tuple(value for value in each.values if each.field != despite_field or value != despite)
                found += [{"bool": {"must_not": [self.having(each.field, values)]}}] if values else []
            elif each.field != despite_field:
                found.append(self.having(each.field, each.values))
        return found

    def having(self, field: str, values: tuple[str, ...]) -> Query:
        """Return a query for the entries that have one of some values in a facet."""
        values = tuple(filter(can_be_sent, values))
        if field == "year":
            years = [int(value) for value in values if _is_year(value)]
            return {"terms": {"year": years}} if years else NOTHING
        if field == "author" and self.authority:
            return any_of([each for value in values for each in self.by_person(value)])
        return {"terms": {field: list(values)}} if values else NOTHING

    def by_person(self, name: str) -> list[Query]:
        """Return queries for the entries of a person, one for each printed form that may mean them."""
        authority = self.authority
        forms = {name, *(form for form, whose in authority.plain.items() if whose == name)}
        forms.update(
            form for form, persons in authority.conditional.items() if any(each.name == name for each in persons)
        )
        return [query for form in sorted(forms) for query in self._by_form(form, name)]

    def _by_form(self, form: str, name: str) -> Iterator[Query]:
        """Yield queries for the entries in which a printed form means a person."""
        printed: Query = {"term": {"author": form}}
        before: list[Query] = []
        for person in self.authority.conditional.get(form, ()):
            here = _conditions(person)
            if person.name == name:
                yield but(all_of([printed, here]), *before)
            before.append(here)
        if self.authority.person_named(form) == name:
            yield but(printed, *before) if before else printed


def without(pages: frozenset[str]) -> tuple[Query, ...]:
    """Return what questions are limited to where every entry of some pages (canonical URLs) is left out."""
    sent = sorted(filter(can_be_sent, pages))
    parts = [sent[at : at + MOST_TERMS] for at in range(0, len(sent), MOST_TERMS)]
    return ({"bool": {"must_not": [{"terms": {"page": part}} for part in parts]}},) if parts else ()


def _conditions(person: Person) -> Query:
    """Return a query for the entries that meet a person's conditions."""
    found: list[Query] = []
    if person.sections:
        found.append({"terms": {"section": [value_of(section) for section in person.sections]}})
    if person.years:
        found.append({"range": {"year": {"gte": person.years[0], "lte": person.years[1]}}})
    if person.units:
        found.append(any_of([each for unit in person.units for each in _with_unit(fold(unit))]))
    return all_of(found)


def _with_unit(unit: str) -> Iterator[Query]:
    """Yield queries for the entries in whose heading or signature a unit stands."""
    if not unit:
        yield EVERYTHING
        return
    term = Term(unit)
    yield standing("heading", term)
    # A heading equal to the title is no text of its own.
    yield all_of([{"term": {"headed": True}}, standing("title", term)])
    yield standing("signature", term)


def _is_year(value: str) -> bool:
    """Return whether a value is one that the facet of years has: a number as it is written."""
    digits = value.removeprefix("-")
    return digits.isascii() and digits.isdecimal() and len(digits) < 10 and str(int(value)) == value
