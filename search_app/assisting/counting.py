"""Answers the tools that go through occurrences and volumes: concordance and trend."""

from search_app.assisting import replies
from search_app.assisting.arguments import Concordance, Trend, as_asked
from search_app.assisting.basis import of_search
from search_app.assisting.desk import Desk
from search_app.assisting.finding import notes_of, refuse
from search_app.shown.addresses import lines_url, trend_url
from search_app.shown.searching.answered import filter_notes
from search_app.shown.tables.concordance import line_json, lines_from_args
from search_app.shown.tables.trend import TREND_COLUMNS, trend_rows, trends, trends_from_args


def concordance(desk: Desk, asked: Concordance) -> replies.ConcordanceReply:
    """Give occurrences in their lines, and the entries that they are of."""
    args = as_asked(asked)
    wanted, wrong = lines_from_args(args)
    refuse(wrong)
    request, notes = wanted.state.request()
    total, shown = wanted.total(desk.searcher), wanted.shown(desk.searcher)
    behind = max(0, total - wanted.page * wanted.size)
    entries = {line.entry.id: line.entry for line in shown}
    return replies.ConcordanceReply(
        basis=of_search(desk, request),
        query=wanted.state.text,
        total=total,
        page=wanted.page,
        size=wanted.size,
        sort=wanted.sort,
        lines=tuple(_line(line_json(line)) for line in shown),
        entries=tuple(replies.Named(**desk.facts(entry)) for entry in entries.values()),
        more=behind,
        next_page=wanted.page + 1 if behind else None,
        notes=notes_of((*notes, *filter_notes(wanted.state, desk.names))),
        address=desk.address(lines_url(wanted.state)),
    )


def _line(told: dict[str, object]) -> replies.Line:
    return replies.Line(**{name: told[name] for name in replies.Line.__struct_fields__})  # type: ignore[arg-type]


def trend(desk: Desk, asked: Trend) -> replies.TrendReply:
    """Count searches in every volume."""
    states, wrong = trends_from_args(as_asked(asked))
    refuse(wrong)
    found = trends(states, desk.searcher)
    return replies.TrendReply(
        searches=tuple(
            replies.Searched(
                query=each.state.text,
                found=each.found,
                occurrences=each.occurrences,
                basis=of_search(desk, each.state.request()[0]),
                volumes=tuple(
                    replies.VolumeFigures(**dict(zip(TREND_COLUMNS[1:], row[1:], strict=True)))  # type: ignore[arg-type]
                    for row in trend_rows([each])
                ),
                notes=notes_of((*each.notes, *filter_notes(each.state, desk.names))),
            )
            for each in found
        ),
        address=desk.address(trend_url([each.text for each in states], states[0], "")),
    )
