"""Refuses what cannot be told without the archive's public address."""

from flask import abort

from search_app.web.current import current_site
from search_app.words.language import gettext


def public_root() -> str:
    """Return what the archive's public addresses begin with; answer 404, naming the setting, where it has none."""
    site = current_site()
    if not site.origin:
        abort(404, description=gettext("这里要写完整网址，本站还没有公布地址：请管理者设定 NIANJIAN_PUBLIC_URL"))
    return site.root
