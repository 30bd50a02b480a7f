"""What `wrk` prints is read, or the benchmark ends."""

import pytest
from measuring import wrk

PRINTED = """\
Running 3s test @ http://127.0.0.1:8000
  1 threads and 8 connections
  Thread Stats   Avg      Stdev     Max   +/- Stdev
    Latency     3.71ms    2.16ms  29.29ms   85.38%
    Req/Sec     2.24k   240.62     2.61k    70.00%
  Latency Distribution
     50%  950.00us
     75%    4.52ms
     90%    6.09ms
     99%    1.07s
  6716 requests in 3.01s, 29.09MB read
Requests/sec:   2234.56
Transfer/sec:      9.68MB
"""


def test_rate_and_waiting_are_seconds() -> None:
    """Whatever unit it chose."""
    found = {"per_second": 2234.56, "p50": 0.00095, "p99": 1.07}
    assert wrk.read(PRINTED) == wrk.read(PRINTED.replace("1.07s", "1.07s ")) == found  # it fills seconds up so


def test_answers_that_are_none_are_seen() -> None:
    """Refusals are quick, and count as answers in its figures."""
    lines = ["Non-2xx or 3xx responses: 12", "Socket errors: connect 0, read 3, write 0, timeout 0"]
    assert wrk.errors(PRINTED) == []
    assert wrk.errors("".join(f"{PRINTED}  {line}\n" for line in lines)) == lines


def test_other_output_ends_the_benchmark() -> None:
    """Nothing is guessed."""
    with pytest.raises(SystemExit, match="not known"):
        wrk.read(PRINTED.replace("99%", "98%"))
