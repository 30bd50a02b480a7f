"""Stops a server from listening without cutting off clients that have just connected; works on Linux only.

Closing a listening socket resets the connections in its queue, and Granian closes at once those it has accepted but not
yet heard from.  On other systems both remain as they are.
"""

import ctypes
import os
import socket
import struct
import sys
from contextlib import suppress

_SO_ATTACH_FILTER = 26
_DROP_SYN = (
    (0x30, 0, 0, 13),  # load the byte of TCP's flags
    (0x54, 0, 0, 0x12),  # keep only SYN and ACK
    (0x15, 0, 1, 0x02),  # if SYN alone
    (0x06, 0, 0, 0),  # drop
    (0x06, 0, 0, 0xFFFFFFFF),  # otherwise accept
)
"""A packet filter program: operation, instructions to skip if true and if false, operand."""


def refuse_newcomers(listening: socket.socket) -> None:
    """Refuse new connections, in all processes that share the socket; those already made are still accepted.

    Clients that try get no answer, and try again after a second.
    """
    if sys.platform == "linux":
        code = ctypes.create_string_buffer(b"".join(struct.pack("HBBI", *each) for each in _DROP_SYN))
        with suppress(OSError):
            program = struct.pack("HP", len(_DROP_SYN), ctypes.addressof(code))
            listening.setsockopt(socket.SOL_SOCKET, _SO_ATTACH_FILTER, program)


def accept_no_more(listening: int) -> None:
    """Replace this process's listening descriptor by a socket to which nobody connects.

    Waiting clients are left to other processes.  Whoever uses the descriptor notices nothing: its event loop watches
    the former socket, and an `accept` finds nobody.
    """
    if sys.platform == "linux":
        with suppress(OSError), socket.socket(socket.AF_UNIX) as silent:
            silent.bind("")  # the kernel chooses a name outside the file system
            silent.listen()
            silent.setblocking(False)
            os.dup2(silent.fileno(), listening)
