"""Says what an answer rests on: how many entries were compared, and whether exactly as printed."""

from indexer.search.query.plan import resolve
from indexer.search.query.tree import All, Any, Exact, Field, Match, Near, Node, Not, SearchRequest
from indexer.search.query.written import written
from search_app.assisting.desk import Desk
from search_app.assisting.replies import Basis
from search_app.words.receipts import sought

EXACTLY = (
    "character by character, disregarding only width, case, white space and what prints nothing: "
    "a total of 0 means that none of them has, as printed, what `read_as` says"
)
LOOSELY = (
    "for words without quotes, or with ~, also in traditional, variant and look-alike characters: "
    "for a proof put the string in double quotes"
)


def is_exact(query: Node | None) -> bool:
    """Return whether a query looks for nothing but strings as they are printed.

    >>> is_exact(Exact("集体")), is_exact(Match("集体")), is_exact(Not(Match("集体")))
    (True, False, False)
    """
    match query:
        case Match() | Any(()):  # without parts nothing was looked for, which proves nothing
            return False
        case Exact():
            return not query.alike
        case Near(parts) | All(parts) | Any(parts):
            return all(map(is_exact, parts))
        case Not(part) | Field(_, part):
            return is_exact(part)
        case _:
            return True


def of_search(desk: Desk, request: SearchRequest) -> Basis:
    """Return what the answer of a search rests on."""
    whole = len(desk.searcher)
    passing = desk.searcher.count(SearchRequest(filters=request.filters)) if request.filters else whole
    exact = is_exact(request.query)
    which = f"the {passing} entries that pass the filters (of {whole})" if request.filters else f"{whole} entries"
    is_empty = request.query in (None, Any(()))
    if request.query is None:
        how = f"No text was looked for: {which} were counted."
    elif is_empty:
        how = "Nothing was looked for: the query has no words."
    else:
        how = f"All {which} were compared, {EXACTLY if exact else LOOSELY}."
    leaves = resolve(request.query).leaves
    return Basis(
        generation=desk.searcher.generation,
        entries=whole,
        compared=0 if is_empty else passing,
        exact=exact,
        how=how,
        read_as=(written(request.query) if request.query else None) or "",
        sought=tuple(dict.fromkeys(line for leaf in leaves for line in sought(leaf))),
        warning=warning(desk),
    )


def of_record(desk: Desk, how: str) -> Basis:
    """Return what an answer rests on for which no text was looked for."""
    return Basis(
        generation=desk.searcher.generation,
        entries=len(desk.searcher),
        compared=0,
        exact=True,
        how=how,
        warning=warning(desk),
    )


def warning(desk: Desk) -> str:
    """Return what is not in order with the archive; empty if all is."""
    said = []
    if desk.archive.is_degraded():
        said.append("the published index is damaged: an older generation answers")
    if not desk.archive.follows_contributors():
        said.append("contributors.toml is refused: persons are named as decided before")
    return "; ".join(said)
