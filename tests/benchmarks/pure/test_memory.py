"""What `/proc` says of a process's memory is read."""

import os

from measuring.memory import family, parts, rollup

ROLLUP = """\
55759d9b2000-7ffc5faf9000 ---p 00000000 00:00 0                          [rollup]
Rss:                5120 kB
Pss:                2048 kB
Pss_File:           1024 kB
Anonymous:          3072 kB
"""


def test_lines_are_megabytes_by_name() -> None:
    """The line of addresses is none."""
    assert rollup(ROLLUP) == {"Rss": 5.0, "Pss": 2.0, "Pss_File": 1.0, "Anonymous": 3.0}


def test_a_living_process_has_parts_and_one_that_ended_has_none() -> None:
    """What ends while it is looked at counts nothing."""
    assert min(parts(os.getpid()).values()) > 0
    assert parts(2**30) == {"anonymous_mb": 0.0, "mapped_mb": 0.0, "pss_mb": 0.0}
    assert family(os.getpid())[0] == os.getpid()
