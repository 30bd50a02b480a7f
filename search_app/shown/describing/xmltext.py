"""Makes any text one that XML can hold."""

import re

_FORBIDDEN = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What is no `Char` of XML 1.0: control characters, halves of surrogate pairs, U+FFFE and U+FFFF."""


def xml_text(text: str) -> str:
    """Return a text with U+FFFD, as a reader sees it, in the place of each character that XML cannot hold."""
    return _FORBIDDEN.sub("\ufffd", text)
