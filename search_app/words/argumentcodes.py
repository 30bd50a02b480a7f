"""Names what may be wrong with the arguments of an address."""

from enum import StrEnum


class ArgumentCode(StrEnum):
    """What is wrong with an argument of an address; the codes of notes beside those of the engine."""

    NO_YEAR = "no-year"
    TOO_MANY_VALUES = "too-many-values"
    UNKNOWN_VALUE = "unknown-value"
    CHOSEN_AND_EXCLUDED = "chosen-and-excluded"
    NO_SORT = "no-sort"
    NO_NUMBER = "no-number"
    NO_FORMAT = "no-format"
    NO_CLAIM = "no-claim"
    NO_SEARCH = "no-search"
    TOO_MANY_SEARCHES = "too-many-searches"
