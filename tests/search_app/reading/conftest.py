"""Readers with and without script, and a large archive: a volume of 1,500 entries that more than 1,500 people signed."""

from collections.abc import Callable, Iterator
from functools import partial
from itertools import product
from typing import TYPE_CHECKING

import pytest
from served import served
from visits import Visits, visiting

from indexer.config import DataFolder
from indexer.model import Entry
from indexer.search.factory import open_builder

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

SECTIONS = (*tuple(f"第{number}编" for number in "一二三四五六七八九十"), "大事记", "名录")
FAMILIES = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏"
GIVEN = tuple(map("".join, product("建国志明文海", "华平军伟芳英敏静强杰")))


@pytest.fixture(params=[True, False], ids=["with script", "without script"])
def read(visit: Visits, request: pytest.FixtureRequest) -> "partial[Page]":
    """Open pages of the sample archive, with script and without."""
    return partial(visit, java_script_enabled=request.param)


def _entries() -> Iterator[Entry]:
    people = tuple(map("".join, product(FAMILIES, GIVEN)))
    for number in range(1500):
        section = SECTIONS[number * len(SECTIONS) // 1500]
        authors = people[number::1500]
        title = f"{number % 12 + 1}月{number % 28 + 1}日" if section == "大事记" else f"第 {number} 件职工的事"
        yield Entry.from_record(
            {
                "id": f"2002-{number}-1",
                "yearbook": "",
                "volume": "2002",
                "year": 2002,
                "section": section,
                "heading": section,
                "title": title * (20 if number == 7 else 1),
                "authors": list(authors),
                "signature": "、".join(authors),
                "body": "、".join(people[:500])
                if section == "名录" and number % 12 == 0
                else f"工会办了第 {number} 件事。" * 6,
                "captions": [],
                "url": f"http://example.org/{number // 10}.html",
                "position": number % 10 + 1,
                "order": number,
            }
        )


@pytest.fixture(scope="session")
def large(tmp_path_factory: pytest.TempPathFactory) -> DataFolder:
    """The large archive; not to be changed."""
    data = DataFolder(tmp_path_factory.mktemp("large"))
    with open_builder(data.root) as builder:
        for entry in _entries():
            builder.add(entry)
    return data


@pytest.fixture(scope="session")
def large_address(
    large: DataFolder, serve: Callable[..., list[str]], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[str]:
    """Where the large archive is served."""
    with served(serve(large), tmp_path_factory.mktemp("served")) as found:
        yield found.rstrip("/")


@pytest.fixture
def visit_large(chromium: "Browser", large_address: str) -> Iterator[Visits]:
    """Open pages of the large archive; in the end no browser may have complained."""
    with visiting(chromium, large_address) as visits:
        yield visits
