"""One address of every kind of page, in the sample archive; nothing here opens them."""

from urllib.parse import quote

SENT = "/?q="
MANY = "&year=2002&year=2003&not.year=2001&section=" + quote("信息与信访") + "&not.section=" + quote("大事记")
KINDS = {
    "home": "/",
    "results": SENT + quote("工会"),
    "results, compact": SENT + quote("工会") + "&view=compact",
    "results, explained": SENT + quote("职工 合同") + "&year=2002&explain=1",
    "results, by volume": SENT + quote("工会") + "&sort=book",
    "results, many filters": SENT + quote("职工") + MANY,
    "results, the last page": SENT + quote("工会") + "&page=11",
    "results, near ones alone": SENT + quote("缩短船抬周期"),
    "results, near ones under a filter": SENT + quote("家政培训") + "&year=2005",
    "results, none": SENT + "zzzzqq",
    "results, certainly none": SENT + quote('"没有这样一句"'),
    "concordance": "/concordance?q=" + quote("工会"),
    "trend, one": "/trend?q=" + quote("工会"),
    "trend, several": "/trend?q=" + quote("工会") + "&q=" + quote("培训") + "&q=" + quote("竞赛"),
    "trend, empty": "/trend",
    "trend, nowhere": "/trend?q=zzzzqq",
    "entry": "/entry/S2001-610202-1",
    "entry, marked": "/entry/S2001-610202-1?q=" + quote("船台"),
    "entry, a table": "/entry/S2001-611001-1",
    "entry, doubtful": "/entry/S2004-641501-1",
    "entry, lost characters": "/entry/S2003-631501-1",
    "entry, names": "/entry/S2005-651501-1",
    "receipt, nowhere": "/receipt?q=" + quote('"没有这样一句"'),
    "receipt, the same": "/receipt?q=" + quote("渔"),
    "receipt, changed": "/receipt?q="
    + quote("渔")
    + f"&total=1&generation=gen-20060501T120000000000&digest={'0' * 64}",
    "export": "/export?q=" + quote("工会") + "&year=2002",
    "export, chosen": "/export?id=S2001-611002-1&id=S2001-610202-1&id=none",
    "export, nothing": "/export?q=zzzzqq",
    "cite": "/cite?id=S2001-611002-1",
    "cite, several": "/cite?id=S2001-611002-1&id=S2001-610202-1&id=none&q=" + quote("集体合同"),
    "error, nothing to cite": "/cite",
    "volume": "/volume/S2001",
    "section": "/volume/S2002/" + quote("大事记"),
    "contributors": "/contributors",
    "contributors, one letter": "/contributors?letter=S",
    "contributors, found": "/contributors?q=sgl",
    "contributor": "/author?name=" + quote("邵国梁"),
    "holdings": "/holdings",
    "holdings, one volume": "/holdings/S2002",
    "holdings, one list": "/holdings/S2002/held",
    "facet": "/facet/section",
    "facet, of a search": "/facet/author?q=" + quote("工会") + "&year=2002",
    "about": "/about",
    "interface": "/api",
    "error, no such entry": "/entry/S2001-000000-9",
    "error, no such page": "/nothing",
}
"""A walk, a stored page and its frame are come to by links, since their addresses are made from the archive."""
