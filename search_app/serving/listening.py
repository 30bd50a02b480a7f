"""Lets a server stop listening without breaking off whoever has just connected, where Linux has the means.

Closing a socket that listens resets the connections in its queue, and Granian closes at once those it has accepted
and not yet heard from.  Elsewhere both are left as they are.
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
    (0x54, 0, 0, 0x12),  # of it, SYN and ACK
    (0x15, 0, 1, 0x02),  # if SYN alone
    (0x06, 0, 0, 0),  # drop
    (0x06, 0, 0, 0xFFFFFFFF),  # else take
)
"""A program of the packet filter: operation, steps to jump if so and if not, operand."""


def refuse_newcomers(listening: socket.socket) -> None:
    """Let nobody connect any more, in any process that shares the socket, while those who have are still accepted.

    Who tries is not answered, and tries again after a second.
    """
    if sys.platform == "linux":
        code = ctypes.create_string_buffer(b"".join(struct.pack("HBBI", *each) for each in _DROP_SYN))
        with suppress(OSError):
            program = struct.pack("HP", len(_DROP_SYN), ctypes.addressof(code))
            listening.setsockopt(socket.SOL_SOCKET, _SO_ATTACH_FILTER, program)


def accept_no_more(listening: int) -> None:
    """Put a socket to which nobody connects in the place of this process's descriptor of one that listens.

    Whoever waits there is left to other processes.  Whoever holds the descriptor notices nothing: its event loop
    watches the former socket, and an `accept` finds nobody.
    """
    if sys.platform == "linux":
        with suppress(OSError), socket.socket(socket.AF_UNIX) as silent:
            silent.bind("")  # a name of the kernel's choice, in no folder
            silent.listen()
            silent.setblocking(False)
            os.dup2(silent.fileno(), listening)
