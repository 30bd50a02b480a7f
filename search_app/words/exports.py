"""Words what an export leaves out, or gives under another name than it was asked for."""

from search_app.words.language import gettext


def foreign(entry_id: str, now: str | None, *, was_known: bool) -> str:
    """Word that a chosen id is no entry's; `now` is the id that its text has today, if any, under which it is given."""
    if now:
        return gettext("“{id}”的文字现在编号为“{now}”，已按它给出").format(id=entry_id, now=now)
    if was_known:
        return gettext("“{id}”的条目已不在本库，没有给出").format(id=entry_id)
    return gettext("没有编号为“{id}”的条目").format(id=entry_id)
