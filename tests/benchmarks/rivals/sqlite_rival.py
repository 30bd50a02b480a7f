"""SQLite FTS5: common to its two tokenizers."""

import sqlite3

FACETS = ("year", "section", "author")


def build_with(records, folder, tokenizer, column):
    connection = sqlite3.connect(folder / "entries.db")
    connection.executescript(
        f"""
        CREATE VIRTUAL TABLE entries USING fts5(text, tokenize = '{tokenizer}');
        CREATE TABLE records (
            number INTEGER PRIMARY KEY, id TEXT, title TEXT, heading TEXT, year TEXT, section TEXT, author TEXT
        );
        CREATE TABLE authors (number INTEGER, author TEXT);
        CREATE INDEX authors_of ON authors (number);
        """
    )
    for number, record in enumerate(records):
        fields = ("id", "title", "heading")
        values = [record[name] for name in fields]
        row = (number, *values, str(record["year"]), record["section"], "、".join(record["authors"]))
        connection.execute("INSERT INTO records VALUES (?, ?, ?, ?, ?, ?, ?)", row)
        connection.executemany("INSERT INTO authors VALUES (?, ?)", [(number, name) for name in record["authors"]])
        connection.execute("INSERT INTO entries (rowid, text) VALUES (?, ?)", (number, column(record)))
    connection.execute("INSERT INTO entries (entries) VALUES ('optimize')")
    connection.commit()
    connection.close()


class SqliteEngine:
    def __init__(self, folder):
        self.connection = sqlite3.connect(folder / "entries.db")
        self.connection.execute("PRAGMA mmap_size = 1000000000")
        self.connection.execute("PRAGMA cache_size = -200000")
        self.connection.execute("PRAGMA temp_store = MEMORY")

    def match(self, question):
        """Give a condition on the table `entries`, and its values."""
        raise NotImplementedError

    def ask(self, question):
        execute = self.connection.execute
        where, values = self.match(question)
        limits, wanted = self._limits(question)
        execute("DROP TABLE IF EXISTS temp.found")
        execute("CREATE TEMP TABLE found AS SELECT rowid AS number FROM entries WHERE " + where, values)
        found = "FROM found JOIN records r ON r.number = found.number"
        (total,) = execute(f"SELECT count(*) {found} WHERE true{limits}", wanted).fetchone()
        facets = {}
        for field in FACETS:
            # A facet's counts leave its own selection out of account.
            others, of = self._limits(question, but=field)
            name, source = f"r.{field}", found
            if field == "author":
                name, source = "a.author", f"{found} JOIN authors a ON a.number = r.number"
            facets[field] = execute(
                f"SELECT {name}, count(*) AS n {source} WHERE true{others} GROUP BY 1 ORDER BY n DESC, 1 LIMIT 20", of
            ).fetchall()
        hits = execute(
            "SELECT r.*, bm25(entries), snippet(entries, 0, '<b>', '</b>', '…', 60) FROM entries "
            f"JOIN records r ON r.number = entries.rowid WHERE {where}{limits} "
            "ORDER BY rank, r.number LIMIT 10 OFFSET ?",
            [*values, *wanted, (question["page"] - 1) * 10],
        ).fetchall()
        return {"total": total, "hits": hits, "facets": facets}

    def ids(self, question):
        where, values = self.match(question)
        limits, wanted = self._limits(question)
        sql = f"SELECT r.id FROM entries JOIN records r ON r.number = entries.rowid WHERE {where}{limits}"
        return [row[0] for row in self.connection.execute(sql, [*values, *wanted])]

    def _limits(self, question, but=""):
        filters = [(field, value) for field, value in question["filters"] if field != but]
        return "".join(f" AND r.{field} = ?" for field, _ in filters), [value for _, value in filters]

    def close(self):
        self.connection.close()


def quoted(string):
    """Give a string as FTS5 quotes it."""
    return '"' + string.replace('"', '""') + '"'
