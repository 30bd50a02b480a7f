"""Signatures are told from other closing parentheses by the whole of what they hold."""

import pytest

from indexer.parse.entries.signature import closing_signature, inner_signature, signature_authors


@pytest.mark.parametrize(
    ("inner", "authors"),
    [
        ("夏至善", ("夏至善",)),
        ("钟毅", ("钟毅",)),
        ("蔡晓霞 章维", ("蔡晓霞", "章维")),
        ("严 龙 王泓 摄", ("严龙", "王泓")),
        ("王 芩", ("王芩",)),
        ("王 刚", ("王刚",)),
        ("朱 明 远", ("朱明远",)),
        ("王 刚 李 明", ("王刚", "李明")),
        ("王 建国", ("王建国",)),
        ("王一平 丁 一 赵 大 海", ("王一平", "丁一", "赵大海")),
        ("王　刚、李明，赵六", ("王刚", "李明", "赵六")),
        ("市总组织部 杨建华", ("杨建华",)),
        ("市总组织部杨建华", ("杨建华",)),
        ("上海邮政工会", ("上海邮政工会",)),
        ("曹杨街道总工会供稿", ("曹杨街道总工会",)),
        ("研究室", ("研究室",)),
        ("陈凌风/文 林文宪/图", ("陈凌风", "林文宪")),
        ("左思源/文 蒋宁/图", ("左思源", "蒋宁")),
        ("供稿：张 三", ("张三",)),
        ("撰稿人：王五、赵六", ("王五", "赵六")),
        ("欧阳修文", ("欧阳修文",)),
        ("王见", ("王见",)),
        ("陈年", ("陈年",)),
        ("李科", ("李科",)),
        ("王 文", ("王文",)),
        ("章㛃", ("章㛃",)),
        ("𠮷小明", ("𠮷小明",)),
        ("买买提·吐尔逊", ("买买提·吐尔逊",)),
        ("高 兴", ("高兴",)),
        ("丘　陵、王刚", ("丘陵", "王刚")),
    ],
)
def test_names_are_read(inner: str, authors: tuple[str, ...]) -> None:
    """Every form of LAYOUTS gives its names."""
    assert signature_authors(inner) == authors


@pytest.mark.parametrize(
    "inner",
    [
        "1",
        "7",
        "见附表",
        "2001年",
        "详见第3页",
        "以上数据由统计局提供",
        "5名",
        "下同",
        "专报",
        "100%出席",
        "3.2万人(次",
        "按姓氏笔画为序",
        "略",
        "试行",
        "二等奖获得者五名",
    ],
)
def test_other_parentheses_are_no_signature(inner: str) -> None:
    """Numbers, references and remarks name nobody."""
    assert signature_authors(inner) is None


@pytest.mark.parametrize(
    ("text", "authors"),
    [
        ("工作。(夏至善)", ("夏至善",)),
        ("工作。（夏至善)", ("夏至善",)),
        ("工作。 （夏至善）。 ", ("夏至善",)),
        ("工作。（夏至善", ("夏至善",)),
        ("(夏至善)", ("夏至善",)),
        ("工作(夏至善)", ("夏至善",)),
    ],
)
def test_closing_signature_tolerates_widths_and_a_missing_bracket(text: str, authors: tuple[str, ...]) -> None:
    """Mixed widths, 。 after it and a lost closing bracket do not hide a signature."""
    found = closing_signature(text)
    assert found is not None
    assert found.authors == authors


@pytest.mark.parametrize(
    "text", ["", "工作。", "工作(见附表)", "(夏至善)工作。", "参加(培训，", "开展活动(试点单位)", "(" * 300]
)
def test_no_signature_where_none_closes_the_text(text: str) -> None:
    """A parenthesis in the middle, or of other words, is text."""
    assert closing_signature(text) is None


def test_signature_inside_the_text_is_seen() -> None:
    """A second signature in one entry is found, so that it can be reported."""
    assert inner_signature("结束。（夏至善）会后又议。") == "（夏至善）"
    assert inner_signature("获奖者（夏至善）出席。") == ""
