"""Marks the archive's Chinese where it stands in a reader's own sentences, so that a voice changes there."""

import re
from html import escape

from markupsafe import Markup

from search_app.words.language import ENGLISH, spoken

FOREIGN = ' lang="zh-Hans"'
_CHARACTERS = r"[\u2e80-\u2fff\u3001-\u9fff\uf900-\ufaff\uff01-\uff60\U00020000-\U0003ffff]"
_CHINESE = re.compile(rf"{_CHARACTERS}+(?:[\s\d]+{_CHARACTERS}+)*")
_MARKED = rf"<span{FOREIGN}>\g<0></span>"


def mixed(text: str) -> str | Markup:
    """Mark the Chinese in a sentence for whoever reads English: words of the archive, in which a voice must change.

    Between two languages that are both Chinese nothing is marked, since no character tells them apart.  Mark-up may be
    passed that has no Chinese in its tags.
    """
    if spoken() != ENGLISH:
        return text
    return Markup(_CHINESE.sub(_MARKED, text if isinstance(text, Markup) else escape(text)))


def mixed_html(text: str) -> str:
    """Return the mark-up of a text with its Chinese marked, as `mixed` does."""
    written = escape(text)
    return written if spoken() != ENGLISH else _CHINESE.sub(_MARKED, written)
