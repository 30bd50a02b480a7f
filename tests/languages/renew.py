"""Renews the catalogues of sentences: `python tests/languages/renew.py`, with `--check` only says what is amiss.

Each sentence stands in the code as one language has it.  `zh_Hans` has the English ones in simplified Chinese, `en` the
Chinese ones in English: both are written by people, into the `.po` files.  `zh_Hant` has all, and is made by machine.
The `.mo` files are what the program reads; they are kept in the repository, since installing does not make them.
"""

import re
import sys
from collections.abc import Iterator, Mapping
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from opencc import OpenCC
from sentences import CHINESE, ROOT, said

from search_app.words.language import CATALOGUES, DOMAIN, ENGLISH, SIMPLIFIED, TRADITIONAL, locale_of

_PLACES = re.compile(r"%\(\w+\)[sd]|\{[^{}]*\}")
_NOT_WORDS = re.compile(rf"{_PLACES.pattern}|`[^`]*`|<[^>]*>")
"""Places, what is typed, and mark-up: they are in no language."""
_LATIN = re.compile("[A-Za-z]")
_TO_TRADITIONAL = OpenCC("s2tw")
"""Characters as Taiwan's standard has them, which Hong Kong reads as well: 為, 裡, 著.  OpenCC's own (`s2t`) are those of
scholars (爲, 裏), which no interface has; `s2twp` exchanges words, too, so that a 文件 of an archive becomes a 檔案."""
HAND_MADE = (SIMPLIFIED, ENGLISH)
Sentences = Mapping[tuple[str, ...], set[str]]
"""Forms of each sentence, with the files that say it."""


class Bare(Catalog):
    """A catalogue whose header says what programs need, and nothing that changes by itself, such as a day."""

    @property
    def mime_headers(self) -> list[tuple[str, str]]:  # type: ignore[override]
        """The header's names and values."""
        return [
            ("Language", str(self.locale)),
            ("MIME-Version", "1.0"),
            ("Content-Type", "text/plain; charset=utf-8"),
            ("Content-Transfer-Encoding", "8bit"),
            ("Plural-Forms", self.plural_forms),
        ]


def sentences(root: Path = ROOT) -> dict[tuple[str, ...], set[str]]:
    """Return all sentences of the program."""
    found: dict[tuple[str, ...], set[str]] = {}
    for each in said(root):
        found.setdefault(each.forms, set()).add(each.place)
    return found


def is_chinese(forms: tuple[str, ...]) -> bool:
    """Return whether a sentence stands in the code in Chinese: English ones quote some, Chinese ones some English."""
    words = _NOT_WORDS.sub("", "".join(forms))
    return len(CHINESE.findall(words)) >= max(len(_LATIN.findall(words)), 1)


def po_file(language: str, folder: Path = CATALOGUES) -> Path:
    """Return the file that people edit."""
    return folder / locale_of(language) / "LC_MESSAGES" / f"{DOMAIN}.po"


def read(language: str, folder: Path = CATALOGUES) -> Catalog:
    """Return the catalogue as it is; an empty one where there is none yet."""
    file = po_file(language, folder)
    content = file.read_bytes() if file.exists() else b""
    return read_po(BytesIO(content), locale=locale_of(language), domain=DOMAIN)


def renewed(known: Sentences, folder: Path = CATALOGUES) -> dict[str, Catalog]:
    """Return the catalogues with the sentences that there are today, and what is known of their translations."""
    made = {language: _empty(language) for language in HAND_MADE}
    for language, catalogue in made.items():
        before = read(language, folder)
        for forms in known:
            if is_chinese(forms) == (language == ENGLISH):
                old = before.get(forms[0])
                _add(catalogue, forms, known[forms], old.string if old and not old.fuzzy else "")
    made[TRADITIONAL] = _empty(TRADITIONAL)
    for forms, places in known.items():
        simplified = forms if is_chinese(forms) else _forms(made[SIMPLIFIED][forms[0]].string)
        _add(made[TRADITIONAL], forms, places, _TO_TRADITIONAL.convert(simplified[-1]))
    return made


def _empty(language: str) -> Catalog:
    return Bare(locale=locale_of(language), domain=DOMAIN, header_comment="", fuzzy=False)


def _add(catalogue: Catalog, forms: tuple[str, ...], places: set[str], translation: str | tuple[str, ...]) -> None:
    """Add a sentence; where it is about a number of things, with as many forms as the language has."""
    is_counted = len(forms) > 1
    written = _forms(translation)
    several = (written * catalogue.num_plurals)[: catalogue.num_plurals] if len(written) == 1 else written
    catalogue.add(
        forms if is_counted else forms[0],
        several if is_counted else written[0],
        locations=[(place, 0) for place in sorted(places)],
    )


def _forms(translation: str | tuple[str, ...] | list[str]) -> tuple[str, ...]:
    return (translation,) if isinstance(translation, str) else tuple(translation)


def files(catalogues: Mapping[str, Catalog], folder: Path = CATALOGUES) -> dict[Path, bytes]:
    """Return what the files are to hold: those that people edit, and those that the program reads."""
    content = {}
    for language, catalogue in catalogues.items():
        text, compiled = BytesIO(), BytesIO()
        write_po(text, catalogue, width=0, sort_output=True, include_lineno=False)
        write_mo(compiled, catalogue)
        content[po_file(language, folder)] = text.getvalue()
        content[po_file(language, folder).with_suffix(".mo")] = compiled.getvalue()
    return content


def faults(catalogue: Catalog) -> Iterator[str]:
    """Yield what is wrong with the translations of a catalogue: missing, doubtful, or with other values in them."""
    for message in catalogue:
        if message.id:
            forms, written = _forms(message.id), _forms(message.string)
            if not all(written):
                yield f"{catalogue.locale}: not translated: {forms[0]}"
            elif message.fuzzy:
                yield f"{catalogue.locale}: doubtful: {forms[0]}"
            elif len(forms) > 1 and len(written) != catalogue.num_plurals:
                yield f"{catalogue.locale}: it has {len(written)} forms, not {catalogue.num_plurals}: {forms[0]}"
            elif not _keeps_values(forms, written):
                yield f"{catalogue.locale}: other values than {_values(forms[-1])}: {written}"


def _keeps_values(forms: tuple[str, ...], written: tuple[str, ...]) -> bool:
    """Return whether a translation has the values of its sentence; that of one thing need not say the number."""
    wanted = _values(forms[-1])
    return _values(written[-1]) == wanted and all(_values(each) <= wanted for each in written)


def _values(sentence: str) -> set[str]:
    return set(_PLACES.findall(sentence))


def stale(content: Mapping[Path, bytes]) -> Iterator[str]:
    """Yield the files that do not hold what they are to hold."""
    for path, wanted in content.items():
        if not path.exists() or path.read_bytes() != wanted:
            yield f"{path}: not as `python tests/languages/renew.py` makes it"


def main(arguments: list[str]) -> int:
    """Renew the catalogues, or with `--check` only compare; return 1 where something is amiss, which is printed."""
    catalogues = renewed(sentences())
    content = files(catalogues)
    wrong = [fault for catalogue in catalogues.values() for fault in faults(catalogue)]
    if arguments == ["--check"]:
        wrong += stale(content)
    else:
        for path, data in content.items():
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
    for line in wrong:
        print(line, file=sys.stderr)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
