"""Names the formats in which entries are taken away, and says what each is for."""

from collections.abc import Mapping

from search_app.words.language import N_, Worded

NAMES: Mapping[str, str] = Worded(
    {
        "csv": N_("CSV 表格"),
        "text": N_("纯文本"),
        "gbt7714": N_("引文（GB/T 7714）"),
        "ris": N_("RIS"),
        "bibtex": N_("BibTeX"),
        "csl-json": N_("CSL-JSON"),
        "jsonl": N_("JSON Lines"),
    }
)
USES: Mapping[str, str] = Worded(
    {
        "csv": N_("每篇一行，含全文、出处与所查字句的处数；可用 Excel、WPS、LibreOffice 打开"),
        "text": N_("题目、引文、正文依次排列，供阅读与打印"),
        "gbt7714": N_("每篇一行参考文献，方括号中是今天的日期"),
        "ris": N_("供 EndNote、NoteExpress、Zotero、知网研学导入"),
        "bibtex": N_("供 LaTeX、JabRef 导入"),
        "csl-json": N_("供 Zotero、Pandoc 等引文程序导入"),
        "jsonl": N_("每行一个 JSON 对象，供程序读取"),
    }
)
