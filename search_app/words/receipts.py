"""Words how a search was carried out and whether its receipt still stands."""

from collections.abc import Mapping

from indexer.search.query.plan import InOrder, Leaf, Within
from indexer.search.query.terms import Term
from indexer.text.variants import Likeness
from search_app.words import answers
from search_app.words.language import N_, Worded, gettext

LIKENESS: Mapping[Likeness, str] = Worded(
    {
        Likeness.PRINTED: N_("“{text}”：逐字核对，只忽略全半角、大小写、空白和不显示的字符"),
        Likeness.VARIANT: N_("“{text}”：连同繁简异体字和数字的另一写法"),
        Likeness.ALIKE: N_("“{text}”：连同繁简异体字、数字的另一写法和形近字"),
    }
)
"""How a string was looked for."""


def sought(leaf: Leaf) -> list[str]:
    """Word each string of a leaf, and how they must stand together."""
    lines = [_term(term, leaf.scope) for term in leaf.terms]
    match leaf.together:
        case Within(distance):
            lines.append(gettext("以上各词相隔至多 {n} 字").format(n=distance))
        case InOrder():
            lines.append(gettext("以上各段依次出现，通配符处可有他字"))
    return lines


def _term(term: Term, scope: str) -> str:
    said = LIKENESS[term.likeness].format(text=term.text)
    field = answers.FIELD_NAMES.get(scope)
    return gettext("{field}中的{said}").format(field=field, said=said) if field else said
