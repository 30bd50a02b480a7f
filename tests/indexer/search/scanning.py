"""A search engine without an index: it reads all of `entries.jsonl` for every question.

It is the second engine of the contract, and judges the first.  What matches, what is marked and what is counted it
takes from `judge`, which shares no matching code with the engines; scores are its own, and simple.
"""

import math
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from types import TracebackType
from typing import Self

from judge import Sought, String, apart, asked, folded, holds, marked, marked_near, occurrences, places_in, wanted_by
from plain_folding import pieces

from indexer.authority import NOBODY, Authority
from indexer.closing import Closing
from indexer.files.entrystore import read_entries, write_entries
from indexer.model import Entry
from indexer.search.fields import FACETS, FILTERS, TEXT_FIELDS, WEIGHTS, field_texts, filter_values
from indexer.search.order import printed_order, tie_break
from indexer.search.query.notes import Note, NoteCode, note
from indexer.search.query.tree import All, Any, Field, Filter, Match, Node, SearchRequest
from indexer.search.shown.concordance import Occurrence
from indexer.search.shown.hits import make_hit
from indexer.search.shown.marks import Found, Marks, merged
from indexer.search.shown.results import (
    EntryFound,
    Evidence,
    Facet,
    FacetValue,
    Form,
    Hit,
    PartCode,
    Printed,
    ResultPage,
    RunReading,
    ScorePart,
    Similar,
    VolumeCount,
    VolumeFound,
)
from indexer.search.shown.similar import ENOUGH, IN_BOTH, LISTED, MANY, RARE, SHORT, WORDS, telling_words
from indexer.search.shown.suggestions import Suggestion
from indexer.text.analyzer import analyze
from indexer.text.fold import fold
from indexer.text.pinyin import readings as heard
from indexer.text.variants import Likeness
from indexer.text.wordlists import function_words, generic_titles
from indexer.urls import page_key

_STEEP = 1.6
_SHARE = 0.2
"""Share of the best weight that makes an entry near enough; what is near is each engine's own, and no matter of the contract."""


class ScanningSearcher(Closing):
    """All entries, in the order of year and id."""

    def __init__(self, entries: Iterable[Entry], generation: str = "scan", authority: Authority = NOBODY) -> None:
        """Take the entries."""
        self._authority = authority
        self.generation = generation
        self._entries: list[Entry] | None = sorted(entries, key=lambda each: tie_break(each.year, each.id))
        self._matched: dict[Node | None, list[Entry]] = {}
        """What matches the query asked last."""
        self._holders: dict[String, int] = {}

    def without(self, pages: frozenset[str]) -> "ScanningSearcher":
        """Leave out the entries of some pages."""
        return ScanningSearcher(
            (each for each in self._all if page_key(each.url) not in pages), self.generation, self._authority
        )

    def attributed(self, authority: Authority) -> "ScanningSearcher":
        """Say who is who."""
        return ScanningSearcher(self._all, self.generation, authority)

    def persons(self, entry: Entry) -> tuple[str, ...]:
        """Name the persons who signed an entry."""
        return tuple(self._authority.person_of(form, entry) for form in entry.authors)

    def suggest(self, text: str, limit: int = 10) -> tuple[Suggestion, ...]:
        """Suggest nothing: which phrases there are is an engine's own."""
        return ()

    def readings(self, char: str) -> tuple[str, ...]:
        """Say how a character sounds."""
        return heard(char)

    def search(self, request: SearchRequest) -> ResultPage:
        """Read everything, and give one page of what matches."""
        query = request.query
        matched = self._matching(query)
        found = [each for each in matched if self._passes(each, request.filters)]
        scores = {each.id: self._parts(each, query) for each in found}
        alike = [each.id for each in found if query is not None and is_only_alike(each, query)]
        top = max((total(parts) for parts in scores.values()), default=0.0)
        if len(alike) < len(found):
            for each in found:
                if alike and each.id not in alike:
                    scores[each.id].append(ScorePart(PartCode.AS_MEANT, "", top + 1))
        ordered = self._ordered(found, request.sort, lambda each: total(scores[each.id]))
        first = (request.page - 1) * request.size
        shown = ordered[first : first + request.size]
        sought = marked(query) if query is not None else []
        hits = (self._hit(each, scores[each.id], sought, request, query) for each in shown)
        return ResultPage(
            total=len(found),
            occurrences=sum(occurrences(each, sought) for each in found),
            hits=tuple(hits),
            facets=tuple(self._facet(request, matched, field, "", 20) for field in FACETS),
            readings=tuple(readings(query, found)),
            notes=tuple(self._notes(request, found, alike, shown)),
        )

    def evidence(self, request: SearchRequest, limit: int, *, near_enough: bool = False) -> tuple[Evidence, ...]:
        """Weigh the words that entries have which do not match, and the pairs of characters in them."""
        query = request.query
        typed, weighed = near_words(query)
        if query is None or not weighed:
            return ()
        parts = query.parts if isinstance(query, All) else (query,)
        rest = tuple(part for part in parts if not isinstance(part, Match))
        pairs = {String(word.text[at : at + 2]) for word in typed for at in range(len(word.text) - 1)}
        meeting = [each for each in self._all if holds(each, All(rest))]
        weights = {
            each.id: sum(self._rarity(word) for word in {*weighed, *pairs} if has(each, word)) for each in meeting
        }
        matched = {each.id for each in self._matching(query)}
        least = _SHARE * max(weights.values(), default=0.0) if near_enough else 0.0
        meets = near_enough and any(each.strings for part in rest for each in wanted_by(part))
        near = [
            each
            for each in meeting
            if (meets or (weights[each.id] > 0 and weights[each.id] >= least))
            and each.id not in matched
            and self._passes(each, request.filters)
        ]
        scores = {each.id: self._parts(each, query) for each in near}
        ordered = self._ordered(near, "relevance", lambda each: total(scores[each.id]))[:limit]
        return tuple(
            Evidence(
                each.id,
                total(scores[each.id]),
                tuple(word.text for word in typed if has(each, word)),
                tuple(scores[each.id]) if request.explain else (),
            )
            for each in ordered
        )

    def near_hits(self, request: SearchRequest, found: Sequence[Evidence]) -> tuple[Hit, ...]:
        """Mark what such entries have."""
        hits = []
        for each in found:
            entry = self.get(each.id)
            if entry is None or request.query is None:
                raise ValueError(f"{each.id}: no entry comes near under this id")
            typed, _ = near_words(request.query)
            marks = marks_in(entry, marked_near(request.query))
            lacks = tuple(word.text for word in typed if word.text not in each.had)
            meant = taken_for(marked_near(request.query))
            hits.append(make_hit(entry, each.points, marks, meant, each.parts, each.had, lacks))
        return tuple(hits)

    def count(self, request: SearchRequest) -> int:
        """Count what matches."""
        return sum(1 for _ in self.entries(request))

    def facet(self, request: SearchRequest, field: str, prefix: str = "", limit: int = 20) -> Facet:
        """Count one field's values."""
        if field not in FILTERS:
            raise ValueError(f"no facet {field!r}")
        return self._facet(request, self._matching(request.query), field, prefix, limit)

    def get(self, entry_id: str) -> Entry | None:
        """Find an entry by its id."""
        return next((each for each in self._all if each.id == entry_id), None)

    def similar(self, entry_id: str, limit: int = LISTED) -> tuple[Similar, ...]:
        """Compare an entry with every other one, word by word."""
        asked = self.get(entry_id)
        if asked is None:
            return ()
        counts = telling_words(asked)
        words = {each.id: words_of(each) for each in self._all}
        near = [words[each.id] for each in self._all if each.section == asked.section]
        worths = {}
        for word in counts:
            held = sum(word in each for each in words.values())
            here = sum(word in each for each in near)
            if held >= 2 and held * RARE <= len(words) and not (len(near) >= MANY and here * 2 > len(near)):
                worths[word] = round(1000 * counts[word] * (1 - math.log(held) / math.log(len(words))) ** 2)
        looked_at = sorted(worths, key=lambda word: (-worths[word], word))[:WORDS]
        found = []
        for each in self._all:
            shared = [word for word in looked_at if word in words[each.id] and each.id != entry_id]
            titles = [fold(each.title), fold(each.heading) if each.title in generic_titles() else ""]
            sums = (worths[word] * (IN_BOTH if any(word in title for title in titles) else 1) for word in shared)
            strings = [folded(text) for name in TEXT_FIELDS for text in field_texts(each)[name]]
            like = sum(sums) / (SHORT + sum(map(len, strings)) + len(strings))
            if like >= ENOUGH:
                apart = [word for word in shared if not any(word in other and word != other for other in shared)]
                found.append((-like, Similar(each, tuple(apart[:4]))))
        listed: dict[tuple[str, str], Similar] = {}
        for _, each in sorted(found, key=lambda pair: pair[0]):
            listed.setdefault((each.entry.title, each.entry.body), each)
        return tuple(listed.values())[:limit]

    def entries(self, request: SearchRequest, first: int = 0) -> Iterator[Entry]:
        """Give all that matches but the first ones."""
        query = request.query
        found = [each for each in self._matching(query) if self._passes(each, request.filters)]
        return iter(self._ordered(found, request.sort, lambda each: total(self._parts(each, query)))[first:])

    def found(self, request: SearchRequest, first: int = 0) -> Iterator[EntryFound]:
        """Give the same, each with how many places of it are marked."""
        places = Counter(line.entry.id for line in self.occurrences(request))
        return (EntryFound(entry, places[entry.id]) for entry in self.entries(request, first))

    def occurrences(self, request: SearchRequest, order: str = "entry", first: int = 0) -> Iterator[Occurrence]:
        """Give every place that is marked, with what stands around it."""
        if order not in ("entry", "left", "right"):
            raise ValueError(f"no order {order!r}")
        lines = []
        asked = request if order == "entry" else replace(request, sort="year-asc")
        sought = marked(request.query) if request.query is not None else []
        for entry in self.entries(asked):
            for field, texts in field_texts(entry).items():
                for text in texts:
                    printed = pieces(text)
                    for start, end in apart(places_in(field, folded(text), sought)):
                        place = printed[start].start, printed[end - 1].end
                        before, after = folded(text)[:start][::-1], folded(text)[end:]
                        line = Occurrence(
                            entry,
                            field,
                            place[0],
                            text[max(0, place[0] - 40) : place[0]],
                            text[slice(*place)],
                            text[place[1] : place[1] + 40],
                        )
                        lines.append((before if order == "left" else after, line))
        if order != "entry":
            lines.sort(
                key=lambda each: [
                    ord(char) if ord(char) < 0x10000 else 0xD800 + ord(char) / 2**21 for char in each[0][:24]
                ]
            )
        return iter([line for _, line in lines][first:])

    def trend(self, request: SearchRequest) -> tuple[VolumeFound, ...]:
        """Count what matches in each volume, and what there is."""
        sought = marked(request.query) if request.query is not None else []
        matched = {each.id for each in self._matching(request.query)}
        rows: dict[tuple[str, int, str], list[int]] = {}
        for each in self._all:
            if self._passes(each, request.filters):
                row = rows.setdefault((each.yearbook, each.year, each.volume), [0, 0, 0, 0])
                if each.id in matched:
                    row[0] += 1
                    row[1] += occurrences(each, sought)
                row[2] += 1
                texts = (
                    text for name, each_text in field_texts(each).items() if name in TEXT_FIELDS for text in each_text
                )
                row[3] += sum(map(len, map(folded, texts)))
        return tuple(VolumeFound(book, volume, year, *row) for (book, year, volume), row in sorted(rows.items()))

    def volumes(self) -> tuple[VolumeCount, ...]:
        """Count the entries of each volume."""
        counts = Counter((each.yearbook, each.year, each.volume) for each in self._all)
        return tuple(VolumeCount(book, volume, year, size) for (book, year, volume), size in sorted(counts.items()))

    def __len__(self) -> int:
        """Count all entries."""
        return len(self._all)

    def close(self) -> None:
        """Forget the entries."""
        self._entries, self._matched = None, {}

    @property
    def _all(self) -> list[Entry]:
        if self._entries is None:
            raise RuntimeError(f"the searcher of {self.generation} is closed")
        return self._entries

    def _ordered(self, found: list[Entry], sort: str, score: Callable[[Entry], float]) -> list[Entry]:
        keys: dict[str, Callable[[Entry], object]] = {
            "relevance": lambda each: -score(each),
            "year-asc": lambda each: each.year,
            "year-desc": lambda each: -each.year,
            "book": printed_order,
        }
        return sorted(found, key=keys[sort])  # type: ignore[arg-type]

    def _matching(self, query: Node | None) -> list[Entry]:
        if query not in self._matched:
            self._matched = {query: [each for each in self._all if query is None or holds(each, query)]}
        return self._matched[query]

    def _rarity(self, string: String) -> float:
        if string not in self._holders:
            self._holders[string] = sum(1 for each in self._all if has(each, string))
        holders = self._holders[string]
        return max(0.0, math.log(len(self._all) / (holders + 1)) + 1) ** _STEEP

    def _parts(self, entry: Entry, query: Node | None) -> list[ScorePart]:
        """Give a point for each word by its rarity, and how often it stands in heavy fields."""
        parts = []
        for string in dict.fromkeys(each for sought in marked(query) for each in sought.strings) if query else ():
            if string.text not in function_words():
                weight = sum(
                    boost(entry, name) * len(string.stands_at(folded(text)))
                    for name, texts in field_texts(entry).items()
                    for text in texts
                )
                points = self._rarity(string) * weight / (weight + 1)
                parts += [ScorePart(PartCode.WORD, string.text, points)] if points else []
        return parts

    def _hit(
        self, entry: Entry, parts: list[ScorePart], sought: list[Sought], request: SearchRequest, query: Node | None
    ) -> Hit:
        told = tuple(parts) if request.explain else ()
        return make_hit(entry, total(parts), marks_in(entry, sought), taken_for(sought), told)

    def _values(self, entry: Entry) -> dict[str, tuple[str, ...]]:
        return {**filter_values(entry), "author": self._authority.persons_of(entry)}

    def _passes(self, entry: Entry, filters: Iterable[Filter]) -> bool:
        """Say whether an entry passes all filters; a printed form means the person it always means."""
        values = self._values(entry)
        return all(bool(set(values[each.field]) & self._meant(each)) is not each.exclude for each in filters)

    def _meant(self, chosen: Filter) -> set[str]:
        plain = self._authority.plain if chosen.field == "author" else {}
        return {plain.get(value, value) for value in chosen.values}

    def _facet(self, request: SearchRequest, matched: list[Entry], field: str, prefix: str, limit: int) -> Facet:
        meant = self._authority.plain if field == "author" else {}
        chosen = [meant.get(value, value) for value in request.selected(field)]
        out = [meant.get(value, value) for value in request.excluded(field)]
        others = [each for each in request.filters if each.field != field]
        without = [each for each in matched if self._passes(each, others)]
        counts: Counter[str] = Counter()
        for each in without:
            mine = set(self._values(each)[field])
            counts.update(value for value in mine if not mine & (set(out) - {value}))
        known = [value for value, count in counts.items() if count and value.startswith(prefix)]
        always = list(dict.fromkeys((*chosen, *out)))
        key: Callable[[str], object] = (
            (lambda value: value) if field == "year" else (lambda value: (-counts[value], value))
        )
        listed = sorted({*known} | {*always}, key=key)  # type: ignore[arg-type]
        first = set(sorted(listed, key=key)[:limit]) | set(always)  # type: ignore[arg-type]
        shown = [value for value in listed if value in first]
        values = (FacetValue(value, counts[value], value in chosen, value in out) for value in shown)
        return Facet(field, tuple(values), len(listed) - len(shown))

    def _notes(
        self, request: SearchRequest, found: list[Entry], alike: list[str], shown: list[Entry]
    ) -> Iterator[Note]:
        if alike:
            behind = request.sort == "relevance" and len(alike) < len(found)
            yield note(NoteCode.ALIKE_BEHIND if behind else NoteCode.ALIKE, entries=len(alike))
        if found and request.size and not shown:
            yield note(NoteCode.PAST_END, page=request.page)


class ScanningBuilder:
    """Writes entries to a file when its block ends."""

    def __init__(self, path: Path) -> None:
        """Set the file."""
        self._path = path
        self._entries: dict[str, Entry] = {}

    def add(self, entry: Entry) -> None:
        """Add an entry."""
        if entry.id in self._entries:
            raise ValueError(f"entry id {entry.id!r} stands twice")
        self._entries[entry.id] = entry

    def __enter__(self) -> Self:
        """Start."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Write, unless the block failed."""
        if kind is None:
            write_entries(self._path, self._entries.values())


def open_scanning(path: Path) -> ScanningSearcher:
    """Open a file of entries."""
    return ScanningSearcher(read_entries(path))


def has(entry: Entry, string: String) -> bool:
    """Say whether a string stands in an entry's texts."""
    return any(string.stands_at(folded(text)) for name in TEXT_FIELDS for text in field_texts(entry)[name])


def words_of(entry: Entry) -> set[str]:
    """Give the words that stand in an entry's weighted texts, long ones and those inside them."""
    return {word for name in WEIGHTS for text in field_texts(entry)[name] for word in analyze(text)}


def boost(entry: Entry, name: str) -> float:
    """Weigh a field; under a generic title the heading tells what the entry is about."""
    generic = fold(entry.title) in generic_titles()
    return WEIGHTS.get("title" if generic and name == "heading" else name, 0.0)


def total(parts: Iterable[ScorePart]) -> float:
    """Add up a score, so that equal parts give equal scores."""
    return round(math.fsum(part.score for part in parts), 9)


def is_only_alike(entry: Entry, query: Node) -> bool:
    """Say whether an entry has one of the strings only in the form of a look-alike."""
    texts = field_texts(entry)
    for scopes, strings, _ in marked(query):
        printed = [folded(text) for name in scopes for text in texts[name]]
        for string in strings:
            meant = String(string.text, min(string.likeness, Likeness.VARIANT))
            if any(map(string.stands_at, printed)) and not any(map(meant.stands_at, printed)):
                return True
    return False


def readings(query: Node | None, found: list[Entry]) -> Iterator[RunReading]:
    """Say how runs were cut."""
    for run, scopes in cut_runs(query, TEXT_FIELDS):
        words = tuple(string.text for string in asked(run))
        held = [
            each for each in found if any(fold(run.text) in folded(t) for n in scopes for t in field_texts(each)[n])
        ]
        yield RunReading(run.text, words, len(held))


def cut_runs(query: Node | None, scopes: tuple[str, ...]) -> Iterator[tuple[Match, tuple[str, ...]]]:
    """Give the runs that are cut into several words, with the fields in which they are looked for."""
    match query:
        case Match() if len(asked(query)) > 1:
            yield query, scopes
        case All(parts) | Any(parts):
            for part in parts:
                yield from cut_runs(part, scopes)
        case Field(name, inner):
            yield from cut_runs(inner, (name,))


def near_words(query: Node | None) -> tuple[list[String], list[String]]:
    """Give the words typed that say something, and these with the shorter ones inside them."""
    runs = [part for part in (query.parts if isinstance(query, All) else (query,)) if isinstance(part, Match)]
    weighed = [string for run in runs for sought in marked_near(run) for string in sought.strings]
    typed = [string for string in weighed if any(string in asked(run) for run in runs)]
    return list(dict.fromkeys(typed)), list(dict.fromkeys(weighed))


def marks_in(entry: Entry, sought: Sequence[Sought]) -> Found:
    """Mark an entry's texts."""
    found: Found = {}
    for name, texts in field_texts(entry).items():
        marks = []
        for text in texts:
            printed = pieces(text)
            found_here = places_in(name, folded(text), sought)
            ranges = sorted((printed[start].start, printed[end - 1].end) for start, end in found_here)
            marks.append((text, Marks(merged(ranges), ranges)))
        if any(each.ranges for _, each in marks):
            found[name] = marks
    return found


def taken_for(sought: Sequence[Sought]) -> Callable[[str], Printed]:
    """Give a function that says what a printed string was taken for."""

    def said(printed: str) -> Printed:
        strings = [string for each in sought for string in each.strings]
        if fold(printed) in [string.text for string in strings]:
            return Printed(printed)
        whole = [(0, len(fold(printed)))]
        for string in strings:
            if string.stands_at(fold(printed)) == whole:
                meant = String(string.text, min(string.likeness, Likeness.VARIANT))
                is_same = meant.stands_at(fold(printed)) == whole
                return Printed(printed, Form.VARIANT if is_same else Form.ALIKE, string.text)
        return Printed(printed)

    return said
