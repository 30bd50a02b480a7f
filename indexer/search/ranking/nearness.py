"""Says how much of a query an entry that does not match must have to come near enough, and how many are looked at.

What an entry has of it is the points of `indexer.search.ranking.weighing.weighed`, seams included, and the sum of
`factor` over the words of `Relaxed.weighed` that it has; who has them is the engine's affair.
"""

LOOKED_AT = 200
"""Entries that are looked at closely: four times as many as are ever shown as near."""
SHARE_OF_POINTS = 0.07
"""An entry comes near enough if its words and bigrams have at least this share of the greatest points of any entry."""
SHARE_OF_WORDS = 0.4
"""Or if its words alone have this share of the greatest weight of any entry."""


def least(share: float, greatest: float) -> float:
    """Return the least that is near enough, given a share and the greatest that any entry has."""
    return max(1, share * greatest)
