"""Says to readers what about an entry is doubtful; `problems` says the same to whoever looks after the archive."""

from collections.abc import Mapping

from indexer.parse.problems import Code
from search_app.words.language import N_, Worded

_WHO = N_("这一篇由谁署名不能确定：“{where}”")
_SEVERAL = N_("这一篇里可能还有另一篇：“{where}”")
_WHEN = N_("这一条的日期可能有误：“{where}”")
DOUBTS: Mapping[str, str] = Worded(
    {
        Code.NEXT_MISSING: N_("下页未收，文字可能不全"),
        Code.TEXT_AFTER: N_("署名之后还有文字，未必属于这一篇：“{where}”"),
        Code.TWO_SIGNATURES: _WHO,
        Code.UNCLEAR_SIGNATURE: _WHO,
        Code.SIGNS_SEVERAL: _WHO,
        Code.SYSTEM_AUTHOR: _WHO,
        Code.BYLINE_INSIDE: _WHO,
        Code.NEAR_NAME: N_("署名“{0}”只见这一次，可能是“{1}”之误"),
        Code.BRACKET_INSIDE: _SEVERAL,
        Code.LONG: N_("这一篇比同卷别的长得多，里面可能还有另一篇"),
        Code.FEW: N_("本页别的卷里都分几篇，这一页只得一篇，里面可能还有另一篇"),
        Code.UNBALANCED: N_("题名的括号不配对，题名可能有误"),
        Code.HEADING_INSIDE: N_("“{where}”取作以下各篇的页题，未必如此"),
        Code.NOT_ASCENDING: _WHEN,
        Code.NO_MONTH: _WHEN,
        Code.YEAR_UNKNOWN: N_("原网页没有写明是哪一年的"),
        Code.YEAR_CONFLICT: N_("原网页写的年份与网址不一致，取 {0} 年"),
        Code.PRIVATE: N_("原网页用了自造的字，未必能显示"),
    }
)
"""A sentence for each code that a reader should know of, with placeholders for the problem's place and values."""


def doubt(code: str, where: str, values: tuple[str, ...]) -> str:
    """Word a doubt."""
    return DOUBTS[code].format(*values, where=where)
