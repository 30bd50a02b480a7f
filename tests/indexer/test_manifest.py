"""The manifest says what exists, and where it is wrong."""

from pathlib import Path

import pytest

from indexer.errors import ConfigError
from indexer.manifest import Manifest, load_manifest

SITE = """[[site]]
id = "x"
title = "年鉴"
publisher = "p"
licence = "l"
layout = "eastday-cms"
encoding = "utf-8"
"""


def test_bundled_manifest_knows_the_real_site_and_the_samples(manifest: Manifest) -> None:
    """By site and number of volumes; a URL leads to its volume."""
    assert [(site.id, len(site.volumes)) for site in manifest.sites] == [
        ("shzgh", 5),
        ("sample", 5),
        ("sample-2020", 1),
    ]
    url = "http://gov.eastday.com/renda/node5902/node6688/node6754/node9375/u1a1.html"
    assert [(volume.id, volume.covers_year) for volume in manifest.volumes if volume.covers(url)] == [("2003", 2002)]


def test_sections_of_several_years_belong_together(manifest: Manifest) -> None:
    """The printed form is kept; the canonical name stands beside it."""
    site = manifest.site_of("2002")
    assert site is not None
    assert {site.canonical_section(name) for name in ("局、产业工会", "局[产业]工会概况")} == {"局、产业工会"}
    assert site.canonical_section("信访") == "信访"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("x = ", "not TOML"),
        ("x = 1", "describes no site"),
        ("site = 3", "describes no site"),
        ('[[site]]\nid = "x"', "'volume' is missing"),
        (SITE + '[[site.volume]]\nid="a"\nyear=2001\nscope=["/renda/"]', "whole URLs"),
        (SITE + '[[site.volume]]\nid="a"\nyear=1\nscope=["http://a.b/"]\n' * 2, "stands twice"),
    ],
)
def test_wrong_manifest_is_named(tmp_path: Path, text: str, said: str) -> None:
    """The error names file and key."""
    file = tmp_path / "manifest.toml"
    file.write_text(text, "utf-8")
    with pytest.raises(ConfigError, match=said):
        load_manifest(file)


def test_missing_manifest_is_named(tmp_path: Path) -> None:
    """A path that is not there is an error of its own."""
    with pytest.raises(ConfigError, match="check the path"):
        load_manifest(tmp_path / "no.toml")
