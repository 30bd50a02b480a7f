"""Asks addresses over HTTP by `wrk`, and reads what it prints: a client in C takes little of the machine it measures."""

import re
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path
from typing import TypedDict

from measuring.saying import say

NEEDS = "many readers are left out: apt-get install wrk"
_SCRIPT = """\
local requests, at = {}, 0
function init(args)
  for path in io.lines(args[1]) do requests[#requests + 1] = wrk.format("GET", path) end
end
function request()
  at = at % #requests + 1
  return requests[at]
end
"""
"""Goes through a file of addresses, again and again, over however many connections."""
_TIMES = 3
"""How often at most, before the benchmark ends."""
_UNITS = {"us": 1e-6, "ms": 1e-3, "s": 1.0, "m": 60.0}


class Rate(TypedDict):
    """What some clients got."""

    per_second: float
    """Answers, of all clients together."""
    p50: float
    """Seconds that one client waited."""
    p99: float


def is_installed() -> bool:
    """Tell whether it can be run."""
    return shutil.which("wrk") is not None


def ask(port: int, paths: Sequence[str], clients: int, seconds: int, folder: Path) -> Rate:
    """Have clients ask as fast as they are answered; where anything but 200 came, they ask again."""
    script, asked = folder / "wrk.lua", folder / "wrk.paths"
    script.write_text(_SCRIPT, "utf-8")
    asked.write_text("".join(f"{path}\n" for path in paths), "utf-8")
    # One thread: it is no bottleneck, and the machine's cores belong to the server.
    command = ["wrk", "-t1", f"-c{clients}", f"-d{seconds}s", "--timeout", "30s", "--latency", "-s", str(script)]
    command += [f"http://127.0.0.1:{port}", "--", str(asked)]
    for _ in range(_TIMES):
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        if done.returncode == 0 and not errors(done.stdout):
            return read(done.stdout)
        say(f"wrk is asked again: {'; '.join(errors(done.stdout)) or done.stderr}")
    raise SystemExit(f"wrk failed {_TIMES} times:\n{done.stdout}{done.stderr}")


def errors(printed: str) -> list[str]:
    """Give what `wrk` says of answers that were none: refusals are quick, and count as answers in its figures."""
    return re.findall(r"^ *((?:Non-2xx or 3xx responses|Socket errors): .*)$", printed, re.MULTILINE)


def read(printed: str) -> Rate:
    """Read what `wrk --latency` printed."""
    rate = re.search(r"^Requests/sec: +([\d.]+)$", printed, re.MULTILINE)
    waited = {
        share: float(number) * _UNITS[unit]
        for share, number, unit in re.findall(r"^ +(\d+)% +([\d.]+)(us|ms|s|m) *$", printed, re.MULTILINE)
    }
    if rate is None or not {"50", "99"} <= waited.keys():
        raise SystemExit(f"wrk printed what is not known:\n{printed}")
    return {"per_second": float(rate[1]), "p50": waited["50"], "p99": waited["99"]}
