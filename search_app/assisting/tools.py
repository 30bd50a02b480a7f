"""Lists the tools that assistants are offered, and answers a call to one.  Knows no protocol."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import msgspec

from search_app.assisting import arguments, instructions, replies
from search_app.assisting.counting import concordance, trend
from search_app.assisting.desk import Desk, sit_down
from search_app.assisting.finding import count, search
from search_app.assisting.reading import list_volumes, read_entry
from search_app.assisting.refusing import Refused, failed
from search_app.assisting.wording import worded
from search_app.following.archive import Archive
from search_app.web.site import Site
from search_app.words.language import ENGLISH, speak


@dataclass(frozen=True, slots=True)
class Tool:
    """What an assistant may call."""

    name: str
    title: str
    said: str
    """What it is for."""
    takes: type[Any]
    """One of `arguments.Arguments`."""
    gives: type[Any]
    """One of `replies.Reply`."""
    run: Callable[[Desk, Any], replies.Reply]


_ALL = (
    Tool("search", "Search", instructions.SEARCH, arguments.Search, replies.SearchReply, search),
    Tool("read_entry", "Read an entry", instructions.READ_ENTRY, arguments.ReadEntry, replies.EntryReply, read_entry),
    Tool("count", "Count entries", instructions.COUNT, arguments.Count, replies.CountReply, count),
    Tool(
        "concordance",
        "Occurrences in their lines",
        instructions.CONCORDANCE,
        arguments.Concordance,
        replies.ConcordanceReply,
        concordance,
    ),
    Tool("trend", "Through the volumes", instructions.TREND, arguments.Trend, replies.TrendReply, trend),
    Tool(
        "list_volumes",
        "List volumes",
        instructions.LIST_VOLUMES,
        arguments.ListVolumes,
        replies.VolumesReply,
        list_volumes,
    ),
)
TOOLS: Mapping[str, Tool] = {tool.name: tool for tool in _ALL}


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer of a call."""

    values: dict[str, Any]
    """As the tool's schema says."""
    text: str


@dataclass(frozen=True, slots=True)
class Assistance:
    """The tools of one archive."""

    archive: Archive
    site: Site
    today: Callable[[], date] = date.today

    def call(self, name: str, given: dict[str, Any]) -> Answer:
        """Answer a call of a tool; raises `Refused` with one line where it cannot be.

        It speaks English, whatever the process does: whoever reads a schema in English expects that.
        """
        speak(ENGLISH)
        if name not in TOOLS:
            raise Refused(f"there is no tool {name[:40]!r}; there are {', '.join(TOOLS)}")
        tool = TOOLS[name]
        asked = arguments.read_arguments(given, tool.takes)
        try:
            reply = tool.run(sit_down(self.archive, self.site, self.today()), asked)
        except Refused:
            raise
        except Exception as error:
            raise failed(self.archive, error) from error
        return Answer(msgspec.to_builtins(reply), worded(reply))


def schema_of(kind: type[Any]) -> dict[str, Any]:
    """Return the JSON Schema of a tool's arguments or answer: an object, with the parts that it refers to."""
    (root,), parts = msgspec.json.schema_components([kind], ref_template="#/$defs/{name}")
    own = parts.pop(root["$ref"].rpartition("/")[2])
    # Defaults of tuples are tuples, which JSON has not.
    made: dict[str, Any] = msgspec.json.decode(msgspec.json.encode(own | ({"$defs": parts} if parts else {})))
    return made
