"""A digest is the same in whatever notation, and one that says nothing is not held against a page."""

import base64
import hashlib

import pytest

from indexer.warc.digests import digest_of, holds, same_notation

BODY = "年鉴".encode("gbk")
SHA1 = hashlib.sha1(BODY).hexdigest()
B32 = base64.b32encode(hashlib.sha1(BODY).digest()).decode()


@pytest.mark.parametrize(
    ("claimed", "written"),
    [
        (f"sha1:{B32}", f"sha1:{SHA1}"),
        (f" SHA-1 : {B32.lower()} ", f"sha1:{SHA1}"),
        (f"sha1:{SHA1.upper()}", f"sha1:{SHA1}"),
        (digest_of(BODY), f"sha256:{hashlib.sha256(BODY).hexdigest()}"),
        (f"sha384:{hashlib.sha384(BODY).hexdigest()}", f"sha384:{hashlib.sha384(BODY).hexdigest()}"),
        (f"sha1:{SHA1[:-1]}", ""),
        (f"sha1:{SHA1[:-1]}g", ""),
        (f"sha256:{B32}", ""),
        (f"blake2b:{SHA1}", ""),
        ("sha1:１２", ""),
        ("sha1:\x00" + SHA1, ""),
        ("sha1", ""),
        ("sha1:", ""),
        (":", ""),
        ("", ""),
    ],
)
def test_digest_is_written_one_way(claimed: str, written: str) -> None:
    """Algorithm, colon, hexadecimal digits; nothing for what is no digest of its algorithm."""
    assert same_notation(claimed) == written


def test_digest_holds_for_any_reading_of_a_payload() -> None:
    """Writers disagree on which bytes they hash: those as sent, or those of the page."""
    assert [holds(f"sha1:{B32}", readings) for readings in ((b"x", BODY), (b"x",), ())] == [True, False, False]


@pytest.mark.parametrize("claimed", ["", "xyz", "blake9:xyz", "sha1:xyz", "md5:"])
def test_digest_that_says_nothing_is_not_checked(claimed: str) -> None:
    """An unknown algorithm, or no digest of its algorithm."""
    assert holds(claimed, (b"other",))
