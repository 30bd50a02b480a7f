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
        execute("DROP TABLE IF EXISTS temp.found")
        execute("CREATE TEMP TABLE found AS SELECT rowid AS number FROM entries WHERE " + where, values)
        conditions = [
            (
                "EXISTS (SELECT 1 FROM authors a WHERE a.number = r.number AND a.author = ?)"
                if field == "author"
                else f"r.{field} = ?"
            )
            for field, _ in question["filters"]
        ]
        wanted = [value for _, value in question["filters"]]
        limited = "FROM found f JOIN records r ON r.number = f.number"
        chosen = limited + (" WHERE " + " AND ".join(conditions) if conditions else "")
        (total,) = execute(f"SELECT count(*) {chosen}", wanted).fetchone()
        facets = {}
        for field in FACETS:
            source, of = (limited, []) if field in dict(question["filters"]) else (chosen, wanted)
            name = f"r.{field}"
            if field == "author":
                source = source.replace(
                    "ON r.number = f.number", "ON r.number = f.number JOIN authors a ON a.number = r.number"
                )
                name = "a.author"
            facets[field] = execute(
                f"SELECT {name}, count(*) AS n {source} GROUP BY 1 ORDER BY n DESC, 1 LIMIT 20", of
            ).fetchall()
        limits = " AND ".join(conditions).replace("r.", "records.").replace("records.number", "records.number")
        more = f" AND {limits}" if conditions else ""
        hits = execute(
            "SELECT records.*, bm25(entries), snippet(entries, 0, '<b>', '</b>', '…', 60) FROM entries "
            f"JOIN records ON records.number = entries.rowid WHERE {where}{more} "
            "ORDER BY rank, records.number LIMIT 10 OFFSET ?",
            [*values, *wanted, (question["page"] - 1) * 10],
        ).fetchall()
        return {"total": total, "hits": hits, "facets": facets}

    def ids(self, question):
        where, values = self.match(question)
        conditions = [
            (
                "EXISTS (SELECT 1 FROM authors a WHERE a.number = records.number AND a.author = ?)"
                if field == "author"
                else f"records.{field} = ?"
            )
            for field, _ in question["filters"]
        ]
        more = "".join(f" AND {each}" for each in conditions)
        sql = f"SELECT records.id FROM entries JOIN records ON records.number = entries.rowid WHERE {where}{more}"
        return [row[0] for row in self.connection.execute(sql, [*values, *(value for _, value in question["filters"])])]

    def close(self):
        self.connection.close()


def quoted(string):
    """Give a string as FTS5 quotes it."""
    return '"' + string.replace('"', '""') + '"'
