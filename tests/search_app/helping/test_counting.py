"""Every occurrence in its line, and how searches run through the volumes: interface and command line."""

import csv
import io
import json
from collections import Counter
from collections.abc import Callable
from random import Random

import pytest
from flask.testing import FlaskClient
from forked import nianjian

from indexer.config import DataFolder
from indexer.model import Entry
from indexer.search.fields import TEXT_FIELDS, field_texts
from indexer.text.fold import fold
from search_app.shown.tables.concordance import LINE_COLUMNS, LINE_SORTS
from search_app.shown.tables.trend import TREND_COLUMNS


def strings(entries: tuple[Entry, ...], rng: Random, times: int) -> list[str]:
    """Draw quoted strings of the archive."""
    found = []
    while len(found) < times:
        text = rng.choice(rng.choice(entries).body.split("\n"))
        start = rng.randrange(max(1, len(text)))
        string = text[start : start + rng.choice((1, 2, 2, 3, 5))].strip()
        if fold(string) and not set('"?*\\') & set(string):
            found.append(string)
    return found


def scanned(entry: Entry, string: str) -> int:
    """Count a string in an entry by reading."""
    texts = [text for field in TEXT_FIELDS for text in field_texts(entry)[field]]
    return sum(fold(text).count(fold(string)) for text in texts)


@pytest.mark.usefixtures("every_engine")
def test_lines_are_the_occurrences_of_a_scan(
    client: FlaskClient, expected: tuple[Entry, ...], rng: Random, times: Callable[[int], int]
) -> None:
    """Of 200 strings: as many as a scan finds in each entry, each with what stands around it in print."""
    for string in strings(expected, rng, times(200)):
        args = {"q": f'"{string}"', "format": "jsonl", "sort": rng.choice(LINE_SORTS)}
        lines = [json.loads(line) for line in client.get("/api/v1/concordance", query_string=args).text.splitlines()]
        counts = Counter(line["id"] for line in lines)
        assert counts == Counter({each.id: count for each in expected if (count := scanned(each, string))}), string
        entries = {each.id: each for each in expected}
        for line in lines:
            assert fold(line["node"]) == fold(string)
            texts = field_texts(entries[line["id"]])[line["field"]]
            start = line["start"]
            assert any(
                text[start : start + len(line["node"])] == line["node"]
                and text[max(0, start - 40) : start] == line["left"]
                and text[start + len(line["node"]) :][:40] == line["right"]
                for text in texts
            )


@pytest.mark.usefixtures("every_engine")
def test_trend_is_that_of_a_scan(
    client: FlaskClient, expected: tuple[Entry, ...], rng: Random, times: Callable[[int], int]
) -> None:
    """Of 50 strings: entries, occurrences and characters of each volume, and what follows from them."""
    drawn = strings(expected, rng, times(50))
    for some in (drawn[at : at + 5] for at in range(0, len(drawn), 5)):
        answer = client.get("/api/v1/trend", query_string=[("q", f'"{string}"') for string in some]).json
        assert [each["query"] for each in answer["searches"]] == [f'"{each}"' for each in dict.fromkeys(some)]
        for search in answer["searches"]:
            string = search["query"].strip('"')
            for row in search["volumes"]:
                inside = [each for each in expected if each.volume == row["volume"]]
                counts = [scanned(each, string) for each in inside]
                length = sum(
                    len(fold(text)) for each in inside for name in TEXT_FIELDS for text in field_texts(each)[name]
                )
                assert (row["entries"], row["characters"]) == (len(inside), length)
                assert (row["found"], row["occurrences"]) == (sum(map(bool, counts)), sum(counts))
                assert row["occurrences_per_100000"] == round(sum(counts) * 100_000 / length, 2)
            assert len(search["volumes"]) == len({each.volume for each in expected})


@pytest.mark.usefixtures("every_engine")
def test_lines_are_ordered_by_what_stands_beside(client: FlaskClient) -> None:
    """Read away from the occurrence, folded."""
    for side in ("left", "right"):
        lines = client.get(f"/api/v1/concordance?q=工会&sort={side}&size=1000").json["lines"]
        assert len(lines) > 100
        # A letter keeps the white space beside it from being folded away as that of an edge.
        read = [fold(f"{line['left']}a")[-2::-1] if side == "left" else fold(f"a{line['right']}")[1:] for line in lines]
        assert [each[:24] for each in read] == sorted(each[:24] for each in read)


@pytest.mark.usefixtures("every_engine")
def test_a_page_of_lines_is_cut_from_all(client: FlaskClient) -> None:
    """Pages joined are the whole, as CSV and JSON lines give it; the total is theirs."""
    whole = client.get("/api/v1/concordance?q=职工&year=2002&sort=left&format=jsonl").text.splitlines()
    first = client.get("/api/v1/concordance?q=职工&year=2002&sort=left&size=7").json
    assert first["total"] == len(whole)
    pages = [
        line
        for page in range(1, -(-len(whole) // 7) + 1)
        for line in client.get(f"/api/v1/concordance?q=职工&year=2002&sort=left&size=7&page={page}").json["lines"]
    ]
    assert pages == list(map(json.loads, whole))
    answer = client.get("/api/v1/concordance?q=职工&year=2002&sort=left&format=csv")
    assert answer.mimetype == "text/csv"
    rows = list(csv.DictReader(io.StringIO(answer.data.decode("utf-8-sig"))))
    assert tuple(rows[0]) == LINE_COLUMNS
    assert [row["id"] for row in rows] == [line["id"] for line in pages]


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("/api/v1/concordance?q=a&sort=up", "sort"),
        ("/api/v1/concordance?q=a&format=xls", "format"),
        ("/api/v1/concordance?q=a&size=0", "size"),
        ("/api/v1/concordance?q=a&year=abc", "年份"),
        ("/api/v1/trend", "q="),
        ("/api/v1/trend?q=1&q=2&q=3&q=4&q=5&q=6&q=7", "6"),
        ("/api/v1/trend?q=a&format=jsonl", "format"),
    ],
)
def test_wrong_arguments_are_refused(client: FlaskClient, path: str, said: str) -> None:
    """As a problem that names the argument."""
    answer = client.get(path)
    assert (answer.status_code, answer.mimetype) == (400, "application/problem+json")
    assert said in answer.json["detail"]


@pytest.mark.usefixtures("every_engine")
def test_what_finds_nothing_has_no_lines(client: FlaskClient) -> None:
    """Nor has a search without strings."""
    for query in ("q=鱻鱻", "q=", "year=2002"):
        assert client.get(f"/api/v1/concordance?{query}").json["lines"] == []
        assert client.get(f"/api/v1/concordance?{query}&format=jsonl").text == ""


@pytest.mark.usefixtures("chinese", "every_engine")
def test_command_prints_lines_and_trend(sample: DataFolder) -> None:
    """For people, and as the interface gives it."""
    shown = nianjian("--data", sample.root, "concordance", "再就业", "--sort", "right").stdout.splitlines()
    assert (shown[0], len(shown)) == ("4 处", 5)
    lines = nianjian("--data", sample.root, "concordance", "再就业", "--jsonl").stdout.splitlines()
    assert [json.loads(line)["node"] for line in lines] == ["再就业"] * 4
    table = nianjian("--data", sample.root, "trend", "再就业", "信访", "--year", "2002", "--csv").stdout
    rows = list(csv.reader(io.StringIO(table.removeprefix("\ufeff"))))
    assert (tuple(rows[0]), [row[0] for row in rows[1:]]) == (TREND_COLUMNS, ["再就业", "信访"])
    found = json.loads(nianjian("--data", sample.root, "trend", "再就业", "--json").stdout)
    assert found["searches"][0]["occurrences"] == 4
    assert "S2002" in nianjian("--data", sample.root, "trend", "再就业").stdout


@pytest.mark.parametrize(
    "args",
    [("concordance", "工会", "--sort", "up"), ("trend",), ("trend", " "), ("trend", *"一二三四五六七"), ("trend", "工会", "--yeer", "2002")],
)  # fmt: skip
def test_wrong_commands_do_nothing(sample: DataFolder, args: tuple[str, ...]) -> None:
    """One line, exit code 2."""
    done = nianjian("--data", sample.root, *args)
    assert (done.returncode, done.stdout) == (2, "")
    assert len(done.stderr.splitlines()) == 1
