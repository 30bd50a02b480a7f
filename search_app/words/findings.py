"""Words what the indexer found while it worked: why something was left out, lost, refused, or differs.

It says these in English, in one line with names and numbers in it, and keeps them so in ledger and files.  Here the
line is read by the sentence that it was made from, and said in the language in use.
"""

import re
from collections.abc import Mapping
from functools import cache

from indexer.errors import sentences
from search_app.words.language import ENGLISH, N_, Worded, gettext, spoken

STATES: Mapping[str, str] = Worded(
    {"pending": N_("pending"), "done": N_("done"), "failed": N_("failed"), "refused": N_("refused")}
)
"""What has become of a URL of a crawl."""
FINDINGS = (
    # Imports
    N_("not HTML"),
    N_("not HTML ({kind})"),
    N_("not HTML, as the archive gives it"),
    N_("empty"),
    N_("over {limit} bytes"),
    N_("neither a file nor a folder"),
    N_("a note of macOS about another file"),
    N_("a file of the system or of the program that saved the site"),
    N_("a link to a folder that is read in its own place; not followed"),
    N_("a link that leads out of the folder; not followed"),
    N_("a picture or style sheet that no page in scope refers to"),
    N_("a zip file in a folder is not looked into; import it by itself"),
    N_("cannot be read: {reason}; mend its permissions"),
    N_("cannot be read: {reason}; mend its permissions, or copy it again"),
    N_("cannot be unpacked: {reason}"),
    N_("its name leads out of the archive"),
    N_("holds no WARC file"),
    N_("is listed, but not in the file; bring it in by itself"),
    N_("lies in {count} others; unzip them and import it by itself"),
    N_(
        "its SHA-256 is not the one in datapackage.json; to take what can be read all the same, unzip it and import it "
        "by itself"
    ),
    N_("a {kind} record holds no page as the site sent it"),
    N_("it holds no record"),
    N_("its body is empty"),
    N_("status {status}"),
    N_("revisit record of a capture of {time} that is not held; import the file that has {url} too"),
    N_("revisit record of a capture that is not held; import the file that has {url} too"),
    N_("revisit record of {url}, whose bytes are others than it says"),
    N_("which pictures it shows cannot be told ({reason}); report this page to our makers"),
    N_("taken out of the archive with `nianjian forget`"),
    # Records that cannot be read
    N_("damaged to offset {end}: {why}; restore it from a copy, what can be read is taken"),
    N_("damaged: {why}"),
    N_("no record begins here"),
    N_("nothing but zeros"),
    N_("it breaks off"),
    N_("it breaks off {count} bytes before its end"),
    N_("its gzip member is damaged, and it has no digest to tell whether it is whole"),
    N_("it shares its gzip member with another record; bring the file in with `nianjian import`"),
    N_("its record is no longer in the file"),
    N_("its block digest does not hold"),
    N_("its payload digest does not hold"),
    N_("its payload is over {limit} bytes"),
    N_("its HTTP header breaks off"),
    N_("it has no HTTP header"),
    N_("it has no WARC-Type"),
    N_("it has no WARC-Target-URI"),
    N_("it has no WARC-Date"),
    N_("it was cut in segments, which are not put together"),
    N_("it goes on with a record that was cut in segments"),
    N_("{path} is gone; restore it from a copy"),
    # Web archives
    N_("listed twice"),
    N_("captured later than wanted"),
    N_("another capture of the page is taken"),
    N_("the same host, spelt otherwise than the manifest knows; add it to the site's `hosts`, run this again"),
    N_("a row without a URL"),
    N_("a row whose time is none"),
    N_("a row that has not the list's {count} columns"),
    N_("a row that cannot be read; run the same command again"),
    N_("not below {prefix}"),
    N_("status that HTTP has not"),
    N_("not asked for: the archive does not answer"),
    N_("not asked for: the archive does not answer; run the same command again"),
    N_("the archive answers {status}"),
    N_("the archive leads on to {url}, which is no capture of it"),
    # Crawls
    N_("outside the scope of its volume"),
    N_("its host is a private address"),
    N_("robots.txt forbids it"),
    N_("redirects to {url}"),
    N_("redirects to {url}, outside the scope"),
    N_("redirects in a circle, through {url}"),
    N_("redirects without end"),
    N_("redirects for now to {url}, a page that stands for itself"),
    N_("status 304 for a page that is not held"),
    N_("the parser failed: {reason}"),
    N_("the parser failed: {reason}; its bytes are stored"),
    N_("{what}; the capture that has it, of {day}, stays"),
    N_("it has no text any more"),
    N_("{count} failures one after another, the last: {url}: {reason}"),
    N_("{url} asks to wait {seconds} s; run `nianjian crawl` again after that"),
    # Checks
    N_("nothing is parsed yet: `nianjian parse`"),
    N_("nothing is indexed yet: `nianjian index`"),
    N_("{path} is not read; bring it in with `nianjian import`"),
    N_(
        "{count} records are not in the ledger as they lie in the files, the first: {file}, offset {offset}: {page}; run "
        "`nianjian rebuild-ledger`"
    ),
    N_("{id} is not in entries.jsonl, but the stored pages give it; run `nianjian parse`"),
    N_("{id} is in entries.jsonl, but the stored pages do not give it; run `nianjian parse`"),
    N_("{id}: {fields} in entries.jsonl not as the stored pages give it; run `nianjian parse`"),
    N_("{id} is not in the index, but entries.jsonl give it; run `nianjian index`"),
    N_("{id} is in the index, but entries.jsonl do not give it; run `nianjian index`"),
    N_("{id}: {fields} in the index not as entries.jsonl give it; run `nianjian index`"),
    N_("{generation}, {count} entries"),
    # Pages
    N_("{count} bytes"),
    N_("{count} tags"),
    N_("byte {number}"),
    N_("character {number}"),
    N_("byte order mark"),
    N_("bytes"),
    N_("frame"),
    N_("footer"),
    N_("page's end"),
    N_("breadcrumb"),
    # Manifests
    N_("manifest {source} is in {encoding}, and read so; save it as UTF-8"),
    N_("manifest {source}: {key} is ignored; pages are read as what their bytes are"),
    N_("sites new: {names}"),
    N_("sites gone: {names}"),
    N_("site {name} changes: {keys}"),
    N_("sites {names} change: {keys}"),
    N_("volumes new: {names}"),
    N_("volumes gone: {names}"),
    N_("volume {name} changes: {keys}"),
    N_("volumes {names} change: {keys}"),
    N_("the order of volumes changes: of two whose scopes overlap, the first has the pages of both"),
    N_("entries change their ids with their volume: {moves}"),
)
"""The sentences that findings are made from."""
_PLACE = re.compile(r"\{(\w+)[^{}]*\}")


def finding(line: str) -> str:
    """Return a line of the indexer's in the language in use, and as it is where it is made from no known sentence.

    What stands in the places of a sentence may be a finding, too.
    """
    if spoken() == ENGLISH:
        return line
    for pattern, sentence in _patterns():
        if found := pattern.fullmatch(line):
            values = {name: finding(value) if value != line else value for name, value in found.groupdict().items()}
            return _filled(gettext(sentence), values)
    return line


def _filled(sentence: str, values: Mapping[str, str]) -> str:
    """Fill in what is written already, whatever form the sentence asks for."""
    return _PLACE.sub(lambda place: values[place[1]], sentence)


@cache
def _patterns() -> tuple[tuple[re.Pattern[str], str], ...]:
    """Return a pattern for each sentence, errors' among them; of two that fit, the one with more words comes first."""
    known = sorted((*FINDINGS, *sentences().values()), key=lambda each: -len(_PLACE.sub("", each)))
    return tuple((_pattern(each), each) for each in known if len(_PLACE.sub("", each)) > _FEW)


def _pattern(sentence: str) -> re.Pattern[str]:
    seen: set[str] = set()
    parts = []
    for at, part in enumerate(_PLACE.split(sentence)):
        if at % 2 == 0:
            parts.append(re.escape(part))
        else:
            parts.append(f"(?P={part})" if part in seen else f"(?P<{part}>.+?)")
            seen.add(part)
    return re.compile("".join(parts), re.DOTALL)


_FEW = 3
"""Characters that a sentence must have beside its places, to be told by them."""
