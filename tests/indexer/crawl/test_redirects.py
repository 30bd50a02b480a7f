"""Where a URL only leads on: which page it is then, what is asked again, and what is a loss."""

import subprocess
from pathlib import Path

from forked import nianjian
from scripted import Answer, Scripted, links, page, to

from indexer.config import DataFolder
from indexer.crawl.frontier import Frontier
from indexer.stages.importing import page_store


def crawl(folder: Path, manifest: Path, *args: str) -> subprocess.CompletedProcess[str]:
    """Run `nianjian crawl` to its end."""
    return nianjian("--data", folder / "data", "--manifest", manifest, "crawl", *args)


def reasons(folder: Path, site: Scripted, *volumes: str) -> dict[str, str]:
    """Give the reason of every path that is not stored, without the site's address."""
    with page_store(DataFolder(folder / "data")).ledger() as ledger:
        unstored = Frontier(ledger).unstored(volumes or ["L1"])
    return {each.url.removeprefix(site.address): each.reason.replace(site.address, "") for each in unstored}


def stored(folder: Path, site: Scripted) -> list[str]:
    """Give the paths of all captures."""
    captures = page_store(DataFolder(folder / "data")).captures()
    return sorted(capture.url.removeprefix(site.address) for capture in captures)


def test_other_url_of_a_page_is_no_loss(tmp_path: Path, serving) -> None:  # type: ignore[no-untyped-def]
    """Moved for good, or led to for now by this URL alone: the page counts, where it lies."""
    site = Scripted(
        {
            "/L1/index.html": links("a.html", "old.html", "new.html", "chain1.html"),
            "/L1/a.html": page("甲"),
            "/L1/old.html": to("a.html", 301),
            "/L1/new.html": to("b.html"),
            "/L1/b.html": page("乙"),
            "/L1/chain1.html": to("chain2.html", 308),
            "/L1/chain2.html": to("chain3.html", 307),
            "/L1/chain3.html": page("丙"),
        }
    )
    with serving(site):
        manifest = site.manifest(tmp_path, L1="index.html")
        done = crawl(tmp_path, manifest)
        asked = len(site.log)
        again = crawl(tmp_path, manifest)
    assert (done.returncode, again.returncode) == (0, 0), done.stderr + again.stderr
    assert stored(tmp_path, site) == ["/L1/a.html", "/L1/b.html", "/L1/chain3.html", "/L1/index.html"]
    assert reasons(tmp_path, site)["/L1/old.html"] == "redirects to /L1/a.html"
    assert sorted(site.log[asked:]) == ["/L1/chain2.html", "/L1/new.html", "/robots.txt"]


def test_page_that_leads_elsewhere_for_now_is_asked_again(tmp_path: Path, serving) -> None:  # type: ignore[no-untyped-def]
    """An overloaded site sends readers to its front page, or away: a loss, until the page comes."""
    front, away = "/L1/index.html", "http://other.example/busy.html"
    site = Scripted(
        {
            "/L1/index.html": links("a.html", "b.html", "c.html"),
            "/L1/a.html": [to(front), page("甲")],
            "/L1/b.html": [to(away), page("乙")],
            "/L1/c.html": to(away, 301),
        }
    )
    with serving(site):
        manifest = site.manifest(tmp_path, L1="index.html")
        done = crawl(tmp_path, manifest)
        before = reasons(tmp_path, site)
        again = crawl(tmp_path, manifest)
    assert (done.returncode, again.returncode) == (1, 0), done.stderr + again.stderr
    assert before == {
        "/L1/a.html": f"redirects for now to {front}, a page that stands for itself",
        "/L1/b.html": f"redirects to {away}, outside the scope",
        "/L1/c.html": f"redirects to {away}, outside the scope",
    }
    assert "2 pages failed" in done.stderr
    assert stored(tmp_path, site) == ["/L1/a.html", "/L1/b.html", "/L1/index.html"]
    assert list(reasons(tmp_path, site)) == ["/L1/c.html"]


def test_circle_of_redirects_is_a_loss_and_asked_again(tmp_path: Path, serving) -> None:  # type: ignore[no-untyped-def]
    """To itself, or there and back, for good or for now."""
    site = Scripted(
        {
            "/L1/index.html": links("self.html", "there.html"),
            "/L1/self.html": [to("self.html", 301), page("甲")],
            "/L1/there.html": to("back.html"),
            "/L1/back.html": [to("there.html", 301), page("乙")],
        }
    )
    with serving(site):
        manifest = site.manifest(tmp_path, L1="index.html")
        done = crawl(tmp_path, manifest)
        before = reasons(tmp_path, site)
        again = crawl(tmp_path, manifest)
    assert (done.returncode, again.returncode) == (1, 0), done.stderr + again.stderr
    assert before == {
        "/L1/self.html": "redirects in a circle, through /L1/self.html",
        "/L1/there.html": "redirects to /L1/back.html",
        "/L1/back.html": "redirects in a circle, through /L1/there.html",
    }
    assert stored(tmp_path, site) == ["/L1/back.html", "/L1/index.html", "/L1/self.html"]


def test_links_of_a_page_that_sends_its_readers_on_are_followed(tmp_path: Path, serving) -> None:  # type: ignore[no-untyped-def]
    """By a refresh; what it leads to besides is found there alone."""
    body = b"<html><meta http-equiv=refresh content='0;url=next.html'><a href=beside.html>x</a></html>"
    site = Scripted(
        {
            "/L1/index.html": links("old.html"),
            "/L1/old.html": Answer(body),
            "/L1/next.html": page("甲"),
            "/L1/beside.html": page("乙"),
        }
    )
    with serving(site):
        done = crawl(tmp_path, site.manifest(tmp_path, L1="index.html"))
    assert done.returncode == 0, done.stderr
    assert stored(tmp_path, site) == ["/L1/beside.html", "/L1/index.html", "/L1/next.html"]


def test_what_leads_into_another_volume_is_asked_for_by_its_crawl(tmp_path: Path, serving) -> None:  # type: ignore[no-untyped-def]
    """A link and a redirect: entered for that volume, nothing of it is asked now, and nothing is forgotten."""
    site = Scripted(
        {
            "/L1/index.html": links("moved.html", "/L2/linked.html"),
            "/L1/moved.html": to("/L2/target.html", 301),
            "/L2/index.html": page("目录"),
            "/L2/target.html": page("甲"),
            "/L2/linked.html": page("乙"),
        }
    )
    with serving(site):
        manifest = site.manifest(tmp_path, L1="index.html", L2="index.html")
        first = crawl(tmp_path, manifest, "L1")
        before = stored(tmp_path, site)
        second = crawl(tmp_path, manifest, "L2")
    assert (first.returncode, second.returncode) == (0, 0), first.stderr + second.stderr
    assert before == ["/L1/index.html"]
    assert stored(tmp_path, site) == ["/L1/index.html", "/L2/index.html", "/L2/linked.html", "/L2/target.html"]


def test_seed_that_moved_and_is_gone_is_a_loss(tmp_path: Path, serving) -> None:  # type: ignore[no-untyped-def]
    """The manifest says that it is there: that it is gone under another name is no less a loss; exit 2, for all is."""
    site = Scripted({"/L1/index.html": to("home.html", 301)})
    with serving(site):
        done = crawl(tmp_path, site.manifest(tmp_path, L1="index.html"))
    assert (done.returncode, "nothing is stored" in done.stderr) == (2, True)
