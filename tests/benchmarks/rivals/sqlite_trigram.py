"""SQLite FTS5 with its trigram tokenizer; strings of less than three characters are looked for with `instr`"""

import sqlite3

from sqlite_rival import SqliteEngine, build_with, quoted


def version():
    return f"SQLite {sqlite3.sqlite_version} FTS5 trigram"


def build(records, folder):
    def text(record):
        return "\n".join((record["title"], record["heading"], record["body"], record["signature"]))

    build_with(records, folder, "trigram", text)


class Engine(SqliteEngine):
    def match(self, question):
        long = [string for string in question["words"] if len(string) > 2]
        short = [string for string in question["words"] if len(string) < 3]
        conditions = ["entries MATCH ?"] if long else []
        conditions += ["instr(entries.text, ?) > 0"] * len(short)
        values = [" AND ".join(map(quoted, long))] if long else []
        return " AND ".join(conditions), values + short
