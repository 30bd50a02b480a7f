"""Says which generation takes the place of the published one when that is taken back; every engine uses it."""

from collections.abc import Sequence


def reserves(names: Sequence[str], current: str) -> list[str]:
    """Return the finished generations beside the published one, that which is put in its place first.

    `names` are given newest first.  The newest before it comes first; where there is none, it was put in the place of a
    newer one itself, which is nearest to it.

    >>> reserves(["gen-3", "gen-2", "gen-1"], "gen-2")
    ['gen-1', 'gen-3']
    """
    return [name for name in names if name < current] + sorted(name for name in names if name > current)
