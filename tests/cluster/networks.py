"""Gives each node of a cluster a network of its own on this machine, whose link can be taken down."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from nodes import AbsentError, Place


@dataclass(frozen=True, slots=True)
class Networks:
    """Networks that are linked by a bridge, to which this machine belongs, too."""

    name: str
    places: tuple[Place, ...]

    def cut(self, at: int) -> None:
        """Let nothing through to a place or from it; nobody is told, as when a cable is pulled."""
        _ip("link", "set", f"{self.name}v{at}", "down")

    def heal(self, at: int) -> None:
        """Let everything through again."""
        _ip("link", "set", f"{self.name}v{at}", "up")


@contextmanager
def networks(count: int = 3) -> Iterator[Networks]:
    """Make so many networks while the block runs.

    Raises `AbsentError` where that is not possible: it needs root, and a kernel that lets it.
    """
    if shutil.which("ip") is None:
        raise AbsentError("ip is absent: apt-get install iproute2")
    if os.geteuid():
        raise AbsentError("networks are made by root alone")
    name = f"nj{os.getpid() % 1_000_000}"
    subnet = f"10.213.{os.getpid() % 256}"
    try:
        _ip("link", "add", name, "type", "bridge")
        _ip("addr", "add", f"{subnet}.1/24", "dev", name)
        _ip("link", "set", name, "up")
        for at in range(count):
            _join(name, at, f"{subnet}.{at + 11}/24")
        yield Networks(
            name,
            tuple((f"{subnet}.{at + 11}", ("ip", "netns", "exec", f"{name}n{at}")) for at in range(count)),
        )
    finally:
        for at in range(count):
            subprocess.run(["ip", "netns", "del", f"{name}n{at}"], capture_output=True, check=False)
        subprocess.run(["ip", "link", "del", name], capture_output=True, check=False)


def _join(name: str, at: int, address: str) -> None:
    """Make a network that is linked to the bridge."""
    outer, inner, space = f"{name}v{at}", f"{name}w{at}", f"{name}n{at}"
    _ip("netns", "add", space)
    _ip("link", "add", outer, "type", "veth", "peer", "name", inner)
    _ip("link", "set", inner, "netns", space)
    _ip("link", "set", outer, "master", name)
    _ip("link", "set", outer, "up")
    for command in (("addr", "add", address, "dev", inner), ("link", "set", inner, "up"), ("link", "set", "lo", "up")):
        _ip("-n", space, *command)


def _ip(*command: str) -> None:
    done = subprocess.run(["ip", *command], capture_output=True, text=True, check=False)
    if done.returncode:
        raise AbsentError(f"ip {' '.join(command)}: {done.stderr.strip()}")
