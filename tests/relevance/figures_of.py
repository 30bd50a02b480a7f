"""The means of the measures by type of query and engine, and their table."""

from collections.abc import Mapping, Sequence
from statistics import fmean

from judged import Judged
from measures import ndcg, recall, reciprocal_rank
from rankers import Ranker

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


def table(figures: Mapping[str, Mapping[str, Mapping[str, float]]]) -> str:
    """Set the figures as a Markdown table."""
    names = list(next(iter(figures.values())))
    rows = [f"| {' | '.join(('queries', 'measure', *names))} |", f"|---|---|{'---:|' * len(names)}"]
    for kind, of_engines in figures.items():
        for label in MEASURES:
            values = " | ".join(f"{of_engines[name][label]:.3f}" for name in names)
            rows.append(f"| {kind} | {label} | {values} |")
    return "\n".join(rows)
