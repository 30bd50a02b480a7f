"""Says on the terminal what a long run is doing."""

import sys
import time


def say(what: str) -> None:
    """Say it, with the time of day."""
    print(f"  {time.strftime('%H:%M:%S')} {what}", file=sys.stderr, flush=True)
