"""The row of 鹿鸣岭林场年鉴: HTML 4 tables in UTF-8, heading in b, titles in dt, paragraphs in dd."""

import re
from dataclasses import replace

from indexer.parse.layouts import EASTDAY

ROW = replace(
    EASTDAY,
    breadcrumb=re.compile(r"浏览路径\s*:"),
    volume_in_trail=re.compile(r"(?P<year>[12]\d{3})\s*年版[\s→]*(?P<section>.*)", re.DOTALL),
    heading_tag="b",
    title_tag="dt",
    close=re.compile(r"▲\s*回页首"),
    footer=re.compile(r"版权所有\s*:|鹿ICP备"),
    page_number=re.compile(r"/show-(\d+(?:-\d+)?)\.shtml$"),
    next_page=re.compile(r"后页"),
    pager=re.compile(r"分页浏览\s*:(?:[\s\d|]|前页|后页)*"),
)
