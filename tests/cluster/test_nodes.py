"""The cluster on which the distributed engine is tested is a real one: it answers while a node is killed, and heals."""

import json
from urllib.request import Request, urlopen

import pytest
from nodes import Cluster, Node, ask

pytestmark = pytest.mark.cluster
INDEX = {
    "settings": {"number_of_shards": 3, "number_of_replicas": 1},
    "mappings": {"properties": {"text": {"type": "text", "analyzer": "standard"}, "year": {"type": "integer"}}},
}


def fill(node: Node, index: str, count: int) -> None:
    """Put so many documents into an index, and make them searchable."""
    lines = [
        json.dumps(each)
        for at in range(count)
        for each in ({"index": {"_index": index, "_id": str(at)}}, {"text": f"工会 {at}", "year": 2001 + at % 5})
    ]
    data = ("\n".join(lines) + "\n").encode()
    request = Request(f"{node.address}/_bulk?refresh=true", data, {"Content-Type": "application/x-ndjson"})
    with urlopen(request, timeout=60) as answer:
        assert not json.load(answer)["errors"]


def test_a_killed_node_takes_no_document_with_it(cluster: Cluster) -> None:
    """Every shard has a copy on another node; the node that comes back finds the cluster, and it is green again."""
    first, second, third = cluster.nodes
    ask(first, "/killed", "PUT", INDEX)
    fill(first, "killed", 300)
    cluster.ready(3)
    third.kill()
    cluster.ready(2, "yellow")
    for node in (first, second):
        found = ask(
            node, "/killed/_search", "POST", {"query": {"match_phrase": {"text": "工会"}}, "track_total_hits": True}
        )
        assert (found["hits"]["total"]["value"], found["_shards"]["failed"]) == (300, 0)
    cluster.start(third)
    cluster.ready(3)
    assert ask(third, "/killed/_count")["count"] == 300
    ask(first, "/killed", "DELETE")
