"""SQLite FTS5 over words cut by jieba beforehand."""

import sqlite3

from sqlite_rival import SqliteEngine, build_with, quoted


def version():
    return f"SQLite {sqlite3.sqlite_version} FTS5 pre-cut"


def build(records, folder):
    build_with(records, folder, "unicode61", lambda record: record["cut"])


class Engine(SqliteEngine):
    def match(self, question):
        return "entries MATCH ?", [" AND ".join(quoted(" ".join(tokens)) for tokens in question["cut"])]
