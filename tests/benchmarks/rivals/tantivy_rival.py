"""Tantivy by its Python binding, the words cut by jieba beforehand."""

import tantivy


def version():
    return f"tantivy {tantivy.__version__}"


def _schema():
    builder = tantivy.SchemaBuilder()
    for field in ("title", "heading", "body"):
        builder.add_text_field(field, stored=field != "body", tokenizer_name="whitespace")
    builder.add_text_field("cut", stored=True, tokenizer_name="whitespace")
    builder.add_text_field("id", stored=True, tokenizer_name="raw")
    for field in ("year", "section", "author"):
        builder.add_text_field(field, stored=True, tokenizer_name="raw", fast=True)
    return builder.build()


def build(records, folder):
    index = tantivy.Index(_schema(), path=str(folder))
    writer = index.writer(heap_size=256_000_000, num_threads=2)
    for record in records:
        writer.add_document(
            tantivy.Document(
                id=record["id"],
                title=record["title"],
                heading=record["heading"],
                cut=record["cut"],
                year=str(record["year"]),
                section=record["section"],
                author=record["authors"],
            )
        )
    writer.commit()
    writer.wait_merging_threads()


class Engine:
    def __init__(self, folder):
        self.schema = _schema()
        self.index = tantivy.Index(self.schema, path=str(folder))
        self.index.reload()
        self.searcher = self.index.searcher()

    def ask(self, question):
        query = self._query(question["cut"], ())
        filtered = self._query(question["cut"], question["filters"])
        first = (question["page"] - 1) * 10
        found = self.searcher.search(filtered, 10, count=True, offset=first)
        facets = {}
        whole = {}
        for field in ("year", "section", "author"):
            # A facet's counts leave its own selection out of account.
            if any(name == field for name, _ in question["filters"]):
                facets[field] = self._count(query, (field,))[field]
            else:
                whole[field] = None
        facets.update(self._count(filtered, tuple(whole)))
        snippets = tantivy.SnippetGenerator.create(self.searcher, query, self.schema, "cut")
        snippets.set_max_num_chars(120)
        hits = []
        for score, address in found.hits:
            document = self.searcher.doc(address)
            record = {name: document[name] for name in ("id", "title", "heading", "year", "section", "author")}
            hits.append({**record, "score": score, "snippet": snippets.snippet_from_doc(document).to_html()})
        return {"total": found.count, "hits": hits, "facets": facets}

    def _count(self, query, fields):
        wanted = {field: {"terms": {"field": field, "size": 20}} for field in fields}
        found = self.searcher.aggregate(query, wanted)
        return {field: found[field]["buckets"] for field in fields}

    def _query(self, strings, filters):
        must = []
        for tokens in strings:
            if len(tokens) > 1:
                must.append(tantivy.Query.phrase_query(self.schema, "cut", tokens))
            else:
                must.append(tantivy.Query.term_query(self.schema, "cut", tokens[0]))
        for field, value in filters:
            exact = tantivy.Query.term_query(self.schema, field, value)
            must.append(tantivy.Query.const_score_query(exact, 0.0))
        if len(must) == 1:
            return must[0]
        return tantivy.Query.boolean_query([(tantivy.Occur.Must, each) for each in must])


open_engine = Engine
