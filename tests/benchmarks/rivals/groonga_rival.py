"""Groonga as an HTTP server, its bigram tokenizer; the query cache is off, since it would answer from memory."""

import json
import shutil
import socket
import subprocess
import time
import urllib.parse
from http.client import HTTPConnection

_SCHEMA = """\
table_create Entries TABLE_HASH_KEY ShortText
column_create Entries title COLUMN_SCALAR ShortText
column_create Entries heading COLUMN_SCALAR ShortText
column_create Entries body COLUMN_SCALAR Text
column_create Entries signature COLUMN_SCALAR ShortText
table_create Years TABLE_HASH_KEY ShortText
table_create Sections TABLE_HASH_KEY ShortText
table_create Authors TABLE_HASH_KEY ShortText
column_create Entries year COLUMN_SCALAR Years
column_create Entries section COLUMN_SCALAR Sections
column_create Entries authors COLUMN_VECTOR Authors
"""
_INDEX = """\
table_create Terms TABLE_PAT_KEY ShortText --default_tokenizer TokenBigram --normalizer NormalizerAuto
column_create Terms text COLUMN_INDEX|WITH_POSITION|WITH_SECTION Entries title,heading,body,signature
column_create Years entries COLUMN_INDEX Entries year
column_create Sections entries COLUMN_INDEX Entries section
column_create Authors entries COLUMN_INDEX|WITH_SECTION Entries authors
"""
_FIELDS = ("_key", "title", "heading", "body", "signature", "year", "section", "authors")


def version():
    text = subprocess.run(["groonga", "--version"], capture_output=True, text=True, check=True).stdout
    return "Groonga " + text.split()[1]


def build(records, folder):
    rows = [
        {
            "_key": record["id"],
            "year": str(record["year"]),
            **{name: record[name] for name in ("title", "heading", "body", "signature", "section", "authors")},
        }
        for record in records
    ]
    # A line an entry: Groonga reads a line at a time, and all entries in one are too long at some size.
    load = "load --table Entries\n[\n" + ",\n".join(json.dumps(row, ensure_ascii=False) for row in rows) + "\n]\n"
    # The index is made after loading: Groonga builds it in bulk then, which is its faster way.
    commands = (_SCHEMA + load + _INDEX).encode()
    subprocess.run(
        ["groonga", "-n", str(folder / "db")], input=commands, stdout=subprocess.DEVNULL, check=True, timeout=3600
    )


_COLUMNS = "_key,title,heading,year,section,authors,_score,snippet_html(body)"
"""What a page shows of a hit."""


class Engine:
    def __init__(self, folder):
        self.server, port = serve(folder)
        self.connection = HTTPConnection("127.0.0.1", port)
        self.connection.connect()

    def ask(self, question):
        answer = self._select(path(question))
        (total,), _, *rows = answer[1][0]
        return {"total": total, "hits": rows, "facets": answer[1][1]}

    def ids(self, question):
        return [row[0] for row in self._select(path(question, "-1", "_key"))[1][0][2:]]

    def _select(self, asked):
        self.connection.request("GET", asked)
        return json.loads(self.connection.getresponse().read())

    def close(self):
        self.server.terminate()
        self.server.wait()


def serve(folder):
    """Serve an index over HTTP; give the process and its port."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [shutil.which("groonga"), "--protocol", "http", "-s", "--bind-address", "127.0.0.1"]
    server = subprocess.Popen(
        [*command, "--port", str(port), "--cache-limit", "0", str(folder / "db")],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
    )
    for _ in range(200):
        try:
            socket.create_connection(("127.0.0.1", port)).close()
            break
        except OSError:
            time.sleep(0.05)
    return server, port


def path(question, limit="10", columns=_COLUMNS):
    """Give the address of a question: its page of hits with snippets and facets, or with another limit all ids."""
    arguments = {
        "table": "Entries",
        "match_columns": "title * 3 || heading * 1.5 || body || signature",
        "query": " ".join(f'"{string}"' for string in question["words"]),
        "sort_keys": "-_score,_key",
        "limit": limit,
        "offset": str((question["page"] - 1) * 10 if limit == "10" else 0),
        "output_columns": columns,
        "cache": "no",
    }
    filtered = dict(question["filters"])
    conditions = [f"{field} == {json.dumps(value, ensure_ascii=False)}" for field, value in filtered.items()]
    for field, column in (("year", "year"), ("section", "section"), ("author", "authors")):
        arguments[f"drilldowns[{field}].keys"] = column
        arguments[f"drilldowns[{field}].sort_keys"] = "-_nsubrecs,_key"
        arguments[f"drilldowns[{field}].limit"] = "20"
        arguments[f"drilldowns[{field}].output_columns"] = "_key,_nsubrecs"
    if conditions:
        arguments["filter"] = " && ".join(conditions)
    return "/d/select?" + urllib.parse.urlencode(arguments)
