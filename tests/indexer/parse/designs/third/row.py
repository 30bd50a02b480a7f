"""The row of 霁江航运年鉴: XHTML in GBK, heading in h1, titles in strong that runs into the first paragraph."""

import re
from dataclasses import replace

from indexer.parse.layouts import EASTDAY

_GAP = r"[\s\d/|<>«»()\[\]]*"

ROW = replace(
    EASTDAY,
    breadcrumb=re.compile(r"您现在所在位置\s*:"),
    volume_in_trail=re.compile(r"(?P<year>[12]\d{3})\s*卷[\s»>]*(?P<section>.*)", re.DOTALL),
    news_in_trail=re.compile(r"»\s*正文\s*$"),
    heading_tag="h1",
    title_tag="strong",
    close=re.compile(r"^返回本卷目录$"),
    footer=re.compile(r"主办单位\s*:|霁ICP备\d+号"),
    page_number=re.compile(r"/t\d{8}_(\d+(?:_\d+)?)\.htm$"),
    next_page=re.compile(r"后一页"),
    pager=re.compile(rf"{_GAP}(?:(?:前一页|后一页|第\s*\d+\s*页|共\s*\d+\s*页){_GAP})+"),
)
