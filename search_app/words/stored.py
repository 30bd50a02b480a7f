"""Words what is said of stored pages: places in them, what is absent from them, and why one cannot be shown."""

from indexer.parse.entries.drafts import Kind
from indexer.parse.page.stylesheets import Part
from indexer.stages.replay.facing import Place
from indexer.stages.replay.parts import Unshown
from search_app.words.language import N_, Worded

PLACES = Worded(
    {
        Place.ENTRY: N_("条目"),
        Place.ABOVE: N_("站点导航、位置行"),
        Place.HEADING: N_("页题"),
        Place.BELOW: N_("页脚"),
        Place.UNSEEN: N_("表单、嵌入内容里的字"),
        Place.OTHER: N_("不属条目"),
    }
)
"""Names of the parts of a page."""
FATES = Worded(
    {
        Place.ENTRY: N_("取作条目"),
        Place.ABOVE: N_("导航不属条目；位置行说明年卷和栏目。"),
        Place.HEADING: N_("全页条目共同的题目；没有自己题目的条目以它为题。"),
        Place.BELOW: N_("不属条目，照录于此。"),
        Place.UNSEEN: N_("浏览器不当作正文显示，照录于此。"),
        Place.OTHER: N_("没有取作条目，照录于此。"),
    }
)
"""What becomes of the text of each."""
ABSENT = Worded(
    {
        Part.PICTURE: N_("〔图未收存：{name}〕"),
        Part.STYLE: N_("〔样式表未收存：{name}〕"),
        Part.OBJECT: N_("〔嵌入内容不显示：{name}〕"),
        Part.FRAME: N_("〔框架不显示：{name}〕"),
    }
)
"""What stands in a page in place of something."""
UNSHOWN = Worded(
    {
        Unshown.TOO_LARGE: N_("这一页太大，不能显示；原字节可以下载。"),
        Unshown.UNKNOWN_ENCODING: N_("这一页的字节不属任何已知的编码，不能显示；原字节可以下载。"),
    }
)
COLOURS = {
    Kind.TITLE: "k-title",
    Kind.BODY: "k-text",
    Kind.SIGNATURE: "k-sign",
    Kind.AUTHOR: "k-sign",
    Kind.HEADING: "k-note",
    Kind.CAPTION: "k-note",
    Kind.DROPPED: "k-none",
    Kind.UNKNOWN: "k-none",
}
"""Classes of the style sheet by which pieces of a page are told apart."""


def absent(part: Part, name: str) -> str:
    """Word what stands in a page in place of something that is not held, or never shown."""
    return ABSENT[part].format(name=name)
