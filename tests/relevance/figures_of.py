"""The means of the measures by type of query and engine, and their table."""

from collections.abc import Mapping, Sequence
from statistics import fmean

from judged import Judged
from measures import ndcg, recall, reciprocal_rank
from rankers import Ranker

BEGIN, END = "<!-- order: python tests/relevance --readme -->", "<!-- end of order -->"
MEASURES = {"nDCG@10": ndcg, "MRR": reciprocal_rank, "recall@50": recall}


def measure(found: Mapping[str, Ranker], queries: Sequence[Judged]) -> dict[str, dict[str, dict[str, float]]]:
    """Give each measure's mean, by type of query and engine."""
    types = [*dict.fromkeys(query.type for query in queries), "all"]
    figures: dict[str, dict[str, dict[str, float]]] = {kind: {} for kind in types}
    for name, rank in found.items():
        answers = [(query, rank(query.query)) for query in queries]
        for kind in types:
            chosen = [(query, ids) for query, ids in answers if kind in (query.type, "all")]
            figures[kind][name] = {
                label: fmean(take(ids, query.relevant) for query, ids in chosen) for label, take in MEASURES.items()
            }
    return figures


def put_into(readme: str, figures: Mapping[str, Mapping[str, Mapping[str, float]]]) -> str:
    """Give README with the table of nDCG@10 between its two marks replaced."""
    before, opening, rest = readme.partition(BEGIN)
    _, closing, after = rest.partition(END)
    if not closing:
        raise ValueError(f"README has no {BEGIN} … {END}")
    names = list(figures["all"])
    rows = [f"| {' | '.join(('questions', *names))} |", f"|---|{'---:|' * len(names)}"]
    for kind, of_engines in figures.items():
        rows.append(f"| {' | '.join((kind, *(format(of_engines[name]['nDCG@10'], '.3f') for name in names)))} |")
    return "\n".join((before + opening, "", *rows, "", closing + after))


def table(figures: Mapping[str, Mapping[str, Mapping[str, float]]]) -> str:
    """Set the figures as a Markdown table."""
    names = list(next(iter(figures.values())))
    rows = [f"| {' | '.join(('queries', 'measure', *names))} |", f"|---|---|{'---:|' * len(names)}"]
    for kind, of_engines in figures.items():
        for label in MEASURES:
            values = " | ".join(f"{of_engines[name][label]:.3f}" for name in names)
            rows.append(f"| {kind} | {label} | {values} |")
    return "\n".join(rows)
