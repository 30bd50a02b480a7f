"""Tantivy by its Python binding, the words cut by jieba beforehand."""

import tantivy

FACETS = ("year", "section", "author")


def version():
    return f"Tantivy {tantivy.__version__.split()[1].strip('v,')}"


def _schema():
    builder = tantivy.SchemaBuilder()
    builder.add_text_field("title", stored=True, tokenizer_name="whitespace")
    builder.add_text_field("heading", stored=True, tokenizer_name="whitespace")
    builder.add_text_field("cut", stored=True, tokenizer_name="whitespace")
    builder.add_text_field("id", stored=True, tokenizer_name="raw")
    for field in FACETS:
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
        found = self.searcher.search(filtered, 10, count=True, offset=(question["page"] - 1) * 10)
        selected = [field for field, _ in question["filters"]]
        facets = self._count(filtered, [field for field in FACETS if field not in selected])
        if selected:  # a facet's counts leave its own selection out of account
            facets.update(self._count(query, selected))
        snippets = tantivy.SnippetGenerator.create(self.searcher, query, self.schema, "cut")
        snippets.set_max_num_chars(120)
        hits = []
        for score, address in found.hits:
            document = self.searcher.doc(address)
            record = {name: document[name] for name in ("id", "title", "heading", *FACETS)}
            hits.append({**record, "score": score, "snippet": snippets.snippet_from_doc(document).to_html()})
        return {"total": found.count, "hits": hits, "facets": facets}

    def ids(self, question):
        found = self.searcher.search(self._query(question["cut"], question["filters"]), 1_000_000)
        return [self.searcher.doc(address)["id"][0] for _, address in found.hits]

    def close(self):
        pass

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
