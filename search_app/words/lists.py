"""Names the lists of pages that holdings are made of, and says what is in each."""

from collections.abc import Mapping

from search_app.words.language import N_, Worded

NAMES: Mapping[str, str] = Worded(
    {
        "linked": N_("目录所列"),
        "held": N_("已收"),
        "unlisted": N_("目录未列"),
        "missing": N_("缺"),
        "problems": N_("有疑问"),
        "changed": N_("前后不同"),
        "waiting": N_("待整理"),
        "lost": N_("存档损坏"),
    }
)
"""Lists of a volume's pages; `indexer.stages.holdings.LISTS` has the codes."""
MEANINGS: Mapping[str, str] = Worded(
    {
        "linked": N_("目录页上有链接的网页，不论收到没有；目录页自身不算。"),
        "held": N_("收存并整理过的网页，目录页不算。"),
        "unlisted": N_("收存了、而已收的目录页上都没有链接的网页：是别的页连到的，或随网页一起收来的。"),
        "missing": N_("目录页上有链接、而没有收到的网页。这些页上的文字，本库查不到。"),
        "problems": N_("整理时有看不明白的地方、还没有人核对过的网页。文字照录，署名、标题或编排可能有误。"),
        "changed": N_("先后收到两次以上、最后两次内容不同的网页。本库用最后一次的。"),
        "waiting": N_("上次整理之后才收到的网页，要等下次整理才查得到。"),
        "lost": N_("曾经收到、而存档已损坏的网页，读不出，或只能读出较旧的一次。"),
    }
)
"""What is in each list."""
