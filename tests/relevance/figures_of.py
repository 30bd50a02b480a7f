"""The means of the measures by type of query and engine, and how they are told."""

from collections.abc import Mapping, Sequence
from statistics import fmean
from types import MappingProxyType

from judged import Judged
from measures import ndcg, recall, reciprocal_rank
from rankers import OURS, Ranker
from simulated import COUNT

BEGIN, END = "<!-- order: python tests/relevance --keep -->", "<!-- end of order -->"
"""Marks in a README, within its sentence of figures."""
MEASURES = {"nDCG@10": ndcg, "MRR": reciprocal_rank, "recall@50": recall}


_INTRODUCTION = """\
# Order

Made by `python tests/relevance --keep`; do not edit.

Questions of {types} types were judged by readers of the whole archive before any engine was asked.
Each engine then answered each; the figures are means.
"""
_HEADS: Mapping[str, str] = MappingProxyType(
    {
        "tuned": "{count} questions to the sample archive, on which the order was set ([queries.jsonl](queries.jsonl))",
        "unseen": "{count} questions to 300 entries that nothing was set on ([unseen](unseen/queries.jsonl))",
    }
)
_SIMULATED = """\
## Words that an entry is remembered by, one of them wrong

Of {count:,} simulated searches of three to five words that say most of an entry of the sample, one of which is of another entry, {first:.1%} list their entry first, and {listed:.1%} on the first page.
"""
_SENTENCES: Mapping[str, str] = MappingProxyType(
    {
        "README.md": "the order of results reaches nDCG@10 {ours:.3f} on {count} judged questions (the best of {others} others: {best:.3f})",
        "README.zh-CN.md": "结果的先后在 {count} 个经人评判的问题上达到 nDCG@10 {ours:.3f}（其余 {others} 种中最好的为 {best:.3f}）",
    }
)
"""What the READMEs say of it, by file name."""
Figures = Mapping[str, Mapping[str, Mapping[str, float]]]
"""By type of query, engine and measure."""


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


def document(figures: Mapping[str, Figures], counts: Mapping[str, int], simulated: tuple[float, float]) -> str:
    """Make the whole of RESULTS.md from the figures and numbers of questions of each collection."""
    parts = [_INTRODUCTION.format(types=len(figures["tuned"]) - 1).rstrip()]
    for name, of_collection in figures.items():
        parts.append(f"## {_HEADS[name].format(count=counts[name])}")
        for label in MEASURES:
            parts += [f"### {label}", table(of_collection, label)]
    first, listed = simulated
    parts.append(_SIMULATED.format(count=COUNT, first=first, listed=listed).rstrip())
    return "\n\n".join(parts) + "\n"


def table(figures: Figures, label: str) -> str:
    """Set one measure as a Markdown table."""
    names = list(figures["all"])
    rows = [f"| {' | '.join(('questions', *names))} |", f"|---|{'---:|' * len(names)}"]
    for kind, of_engines in figures.items():
        rows.append(f"| {' | '.join((kind, *(format(of_engines[name][label], '.3f') for name in names)))} |")
    return "\n".join(rows)


def put_into(readme: str, name: str, figures: Figures, count: int) -> str:
    """Put the sentence of figures between its two marks in the text of a README of that name."""
    before, opening, rest = readme.partition(BEGIN)
    _, closing, after = rest.partition(END)
    if not closing:
        raise ValueError(f"{name} has no {BEGIN} … {END}")
    reached = {engine: labels["nDCG@10"] for engine, labels in figures["all"].items()}
    ours = reached.pop(OURS)
    sentence = _SENTENCES[name].format(ours=ours, count=count, others=len(reached), best=max(reached.values()))
    return f"{before}{opening}{sentence}{closing}{after}"
