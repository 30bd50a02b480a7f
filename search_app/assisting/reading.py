"""Answers the tools that read what the archive holds: one entry, piece by piece, and the list of volumes."""

from indexer.model import Entry
from indexer.search.shown.results import VolumeCount
from search_app.assisting import replies
from search_app.assisting.arguments import ListVolumes, ReadEntry
from search_app.assisting.basis import of_record
from search_app.assisting.desk import Desk
from search_app.assisting.refusing import Refused, no_entry
from search_app.following.former import former_meanings
from search_app.shown.addresses import volume_url

AS_PRINTED = "The text is as the yearbook's page has it; nothing is corrected, errors of recognition included."
ALL_VOLUMES = "All volumes that have entries in this generation are counted; what was never captured is in none."


def read_entry(desk: Desk, asked: ReadEntry) -> replies.EntryReply:
    """Give a piece of an entry's text; raises `Refused` where there is no such entry, or it ends before the piece."""
    entry = desk.searcher.get(asked.id)
    if entry is None:
        raise no_entry(desk.archive, asked.id)
    text = text_of(entry)
    if asked.offset and asked.offset >= len(text):
        raise Refused(f"offset: the text of {entry.id} has {len(text)} characters; begin before its end")
    end = min(len(text), asked.offset + asked.length)
    return replies.EntryReply(
        **desk.facts(entry),
        basis=of_record(desk, AS_PRINTED),
        heading=entry.heading,
        source=entry.url,
        text=text[asked.offset : end],
        offset=asked.offset,
        characters=len(text),
        more=len(text) - end,
        next_offset=end if end < len(text) else None,
        former=tuple(replies.Former(each.until, each.title, each.now) for each in former_meanings(desk.archive, entry)),
    )


def text_of(entry: Entry) -> str:
    """Return what is read in pieces: the body, so that its offsets are the text's, then captions and signature."""
    return "\n".join((entry.body, *filter(None, (*entry.captions, entry.signature))))


def list_volumes(desk: Desk, asked: ListVolumes) -> replies.VolumesReply:
    """List the volumes that have entries, by yearbook and year."""
    known = desk.searcher.volumes()
    first = (asked.page - 1) * asked.size
    shown = known[first : first + asked.size]
    behind = max(0, len(known) - first - asked.size)
    return replies.VolumesReply(
        basis=of_record(desk, ALL_VOLUMES),
        total=len(known),
        volumes=tuple(_volume(desk, each) for each in shown),
        more=behind,
        next_page=asked.page + 1 if behind else None,
    )


def _volume(desk: Desk, each: VolumeCount) -> replies.Volume:
    names = desk.names
    known = names.described(each.volume, each.yearbook)
    return replies.Volume(
        volume=each.volume,
        yearbook=each.yearbook,
        title=names.title(each.volume, each.yearbook),
        year=each.year,
        covers_year=known.covers_year if known else 0,
        entries=each.entries,
        editor=known.editor if known else "",
        publisher=known.publisher if known else "",
        address=desk.address(volume_url(each.volume, None, names.apart(each.volume, each.yearbook))),
    )
