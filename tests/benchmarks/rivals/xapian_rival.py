"""Xapian, the words cut by jieba beforehand; run by Debian's Python, which its binding belongs to."""

import json

import xapian

FACETS = ("year", "section", "author")


def version():
    return f"Xapian {xapian.version_string()}"


def build(records, folder):
    database = xapian.WritableDatabase(str(folder / "db"), xapian.DB_CREATE_OR_OPEN)
    generator = xapian.TermGenerator()
    for record in records:
        document = xapian.Document()
        generator.set_document(document)
        generator.index_text(record["cut"])
        document.add_boolean_term(f"XY{record['year']}")
        document.add_boolean_term(f"XS{record['section']}")
        document.add_value(0, str(record["year"]))
        document.add_value(1, record["section"])
        document.add_value(2, "、".join(record["authors"]))
        kept = {name: record[name] for name in ("id", "title", "heading", "year", "section", "authors", "cut")}
        document.set_data(json.dumps(kept))
        database.add_document(document)
    database.commit()
    database.close()


class Engine:
    def __init__(self, folder):
        self.database = xapian.Database(str(folder / "db"))

    def ask(self, question):
        query = self._query(question["cut"])
        filtered = self._filtered(query, question["filters"])
        enquire = xapian.Enquire(self.database)
        enquire.set_query(filtered)
        spies = {field: xapian.ValueCountMatchSpy(slot) for slot, field in enumerate(FACETS)}
        selected = [field for field, _ in question["filters"]]
        for field, spy in spies.items():
            if field not in selected:
                enquire.add_matchspy(spy)
        # All are checked: the total and the counts must be exact.
        found = enquire.get_mset((question["page"] - 1) * 10, 10, self.database.get_doccount())
        if selected:  # a facet's counts leave its own selection out of account
            whole = xapian.Enquire(self.database)
            whole.set_query(query)
            for field in selected:
                whole.add_matchspy(spies[field])
            whole.get_mset(0, 0, self.database.get_doccount())
        facets = {
            field: [(item.term.decode(), item.termfreq) for item in spy.top_values(20)] for field, spy in spies.items()
        }
        hits = []
        for match in found:
            record = json.loads(match.document.get_data())
            snippet = found.snippet(record.pop("cut").encode(), 400).decode()
            hits.append({**record, "score": match.weight, "snippet": snippet})
        return {"total": found.get_matches_estimated(), "hits": hits, "facets": facets}

    def ids(self, question):
        enquire = xapian.Enquire(self.database)
        enquire.set_query(self._filtered(self._query(question["cut"]), question["filters"]))
        found = enquire.get_mset(0, self.database.get_doccount())
        return [json.loads(match.document.get_data())["id"] for match in found]

    def close(self):
        self.database.close()

    def _filtered(self, query, filters):
        for field, value in filters:
            prefix = "XY" if field == "year" else "XS"
            query = xapian.Query(xapian.Query.OP_FILTER, query, xapian.Query(prefix + value))
        return query

    def _query(self, strings):
        parts = []
        for tokens in strings:
            words = [token.lower() for token in tokens]
            parts.append(xapian.Query(xapian.Query.OP_PHRASE, words) if len(words) > 1 else xapian.Query(words[0]))
        return xapian.Query(xapian.Query.OP_AND, parts)
