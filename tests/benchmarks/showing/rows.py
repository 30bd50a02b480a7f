"""Writes tables and times as Markdown."""

from collections.abc import Iterable, Sequence


def table(columns: Sequence[str], rows: Iterable[Sequence[str]], words: int = 1) -> str:
    """Make a table; the first `words` columns hold words, the others numbers."""
    rule = ["---" if number < words else "---:" for number in range(len(columns))]
    lines = [f"| {' | '.join(columns)} |", f"|{'|'.join(rule)}|"]
    return "\n".join([*lines, *(f"| {' | '.join(cells)} |" for cells in rows)])


def ms(seconds: float) -> str:
    """Give seconds as milliseconds."""
    return f"{seconds * 1000:.2f} ms"


def megabytes(size: float) -> str:
    """Give bytes as megabytes."""
    return f"{size / 1e6:,.0f} MB"


def ratio(one: float, other: float) -> str:
    """Give one ÷ the other, a small one with a third digit."""
    value = one / other
    return f"{value:.2f}" if value >= 0.1 else f"{value:.3f}"
