"""Words the formats of exports, and what an export leaves out or gives under another name than it was asked for."""

from collections.abc import Mapping

from search_app.words.language import N_, Worded, gettext

NAMES: Mapping[str, str] = Worded(
    {
        "csv": N_("电子表格（CSV）"),
        "jsonl": "JSON Lines",
        "text": N_("纯文本"),
        "ris": "RIS",
        "bibtex": "BibTeX",
        "csl-json": "CSL-JSON",
        "gbt7714": N_("引文（GB/T 7714）"),
    }
)
USES: Mapping[str, str] = Worded(
    {
        "csv": N_("每篇一行，含全文、出处与所查字句的处数；可用 Excel、WPS、LibreOffice 打开"),
        "jsonl": N_("每行一个 JSON 对象，内容与表格相同，供程序读取"),
        "text": N_("题目、引文、正文依次排列，供阅读与打印"),
        "ris": N_("供文献管理软件导入，通行最广"),
        "bibtex": N_("供排版论文的程序导入"),
        "csl-json": N_("供引文程序导入，各项最全"),
        "gbt7714": N_("每篇一行参考文献，方括号中是下载的日期"),
    }
)


def foreign(entry_id: str, now: str | None, *, was_known: bool) -> str:
    """Word that a chosen id is no entry's; `now` is the id that its text has today, if any, under which it is given."""
    if now:
        return gettext("“{id}”的文字现在编号为“{now}”，已按它给出").format(id=entry_id, now=now)
    if was_known:
        return gettext("“{id}”的条目已不在本库，没有给出").format(id=entry_id)
    return gettext("没有编号为“{id}”的条目").format(id=entry_id)
