"""Says what suggestions compare of a text."""

from indexer.text.fold import fold
from indexer.text.variants import Likeness, likened


def compared(text: str) -> str:
    """Return the letters, characters and digits of a text, whatever their width, case or form.

    >>> compared("“ＡＢ”、勞動")
    'ab劳动'
    """
    return likened("".join(filter(str.isalnum, fold(text))), Likeness.VARIANT)
