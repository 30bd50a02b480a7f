"""Serves the tools to assistants over the Model Context Protocol: on standard input and output, or over HTTP.

The only module that knows the protocol, and the SDK that speaks it (extra `mcp`).
"""

import logging
import os
import signal
import socket
import sys
from collections.abc import Callable
from functools import partial
from typing import Any

import anyio
import mcp_types as types
import uvicorn
from mcp.server import Server, ServerRequestContext
from mcp.server.stdio import stdio_server
from mcp.server.transport_security import TransportSecuritySettings

from indexer.errors import ConfigError, reason_of
from search_app.assisting.instructions import INSTRUCTIONS
from search_app.assisting.refusing import Refused
from search_app.assisting.tools import TOOLS, Assistance, Tool, schema_of
from search_app.web.site import Site

PATH = "/mcp"
"""Where the tools are reached over HTTP."""
_LOCAL = ("127.0.0.1", "localhost", "[::1]")
_NAME = "nianjian"
_log = logging.getLogger(__name__)


def make_server(assistance: Assistance, version: str) -> Server[Any]:
    """Return the protocol's server of an archive's tools; `version` is the program's."""
    one_at_a_time = anyio.CapacityLimiter(1)

    async def list_tools(
        context: ServerRequestContext[Any], params: types.PaginatedRequestParams | None
    ) -> types.ListToolsResult:
        return types.ListToolsResult(tools=list(map(_told, TOOLS.values())))

    async def call_tool(
        context: ServerRequestContext[Any], params: types.CallToolRequestParams
    ) -> types.CallToolResult:
        try:
            # A search holds the interpreter's lock, so that several at once would only wait for it.
            call = partial(assistance.call, params.name, params.arguments or {})
            answer = await anyio.to_thread.run_sync(call, limiter=one_at_a_time)
        except Refused as why:
            return types.CallToolResult(content=[_text(f"{params.name[:40]}: {why}")], is_error=True)
        return types.CallToolResult(content=[_text(answer.text)], structured_content=answer.values)

    return Server(
        _NAME,
        version=version,
        title="Yearbook archive",
        instructions=INSTRUCTIONS,
        on_list_tools=list_tools,
        on_call_tool=call_tool,
    )


def _told(tool: Tool) -> types.Tool:
    return types.Tool(
        name=tool.name,
        title=tool.title,
        description=tool.said,
        input_schema=schema_of(tool.takes),
        output_schema=schema_of(tool.gives),
        annotations=types.ToolAnnotations(read_only_hint=True, idempotent_hint=True, open_world_hint=False),
    )


def _text(said: str) -> types.TextContent:
    return types.TextContent(type="text", text=said)


def serve_stdio(server: Server[Any]) -> None:
    """Serve on standard input and output until the client closes them, or a signal ends the process.

    While it does, what anything else prints goes to standard error.
    """
    for each in (signal.SIGINT, signal.SIGTERM):
        # A thread waits for the client's next line, and would keep the process until it comes.
        signal.signal(each, lambda *_: os._exit(0))
    anyio.run(_talk, server)


async def _talk(server: Server[Any]) -> None:
    try:
        async with stdio_server() as (incoming, outgoing):
            await server.run(incoming, outgoing, server.create_initialization_options())
    except* BrokenPipeError:
        pass  # the client went while it was answered


def serve_http(server: Server[Any], site: Site, host: str, port: int, begun: Callable[[], None]) -> None:
    """Serve over streamable HTTP until a signal ends it; `begun` is called once connections are taken.

    Raises `ConfigError` if the address cannot be listened on, or is not this machine's own and `site` names no hosts.
    """
    app = server.streamable_http_app(
        streamable_http_path=PATH,
        json_response=True,
        stateless_http=True,
        transport_security=allowed(site, host),
        host=host,
    )
    app.router.redirect_slashes = False  # to the host that a request names, whoever that is
    listening = _listen(host, port)
    begun()
    for each in (signal.SIGINT, signal.SIGTERM):
        # Uvicorn sends itself the signal once more when all is answered; that is the end, and no failure.
        signal.signal(each, lambda *_: None)
    config = uvicorn.Config(app, log_config=None, access_log=False, lifespan="on", timeout_graceful_shutdown=8)
    anyio.run(uvicorn.Server(config).serve, [listening])


def allowed(site: Site, host: str) -> TransportSecuritySettings:
    """Return which `Host` and `Origin` are answered: this machine's own names, the address, and `NIANJIAN_HOSTS`.

    A page of another site, whose name was made to lead here, is refused (DNS rebinding).
    """
    named = sorted(each for each in site.hosts if not each.startswith("."))
    if left := sorted(each for each in site.hosts if each.startswith(".")):
        _log.warning("nianjian: NIANJIAN_HOSTS: %s is not answered here; name each host in full", ", ".join(left))
    if host in ("", "0.0.0.0", "::") and not named:
        raise ConfigError("assistants-hosts-unnamed", host=host)
    own = () if host in ("", "0.0.0.0", "::") else (f"[{host}]" if ":" in host else host,)
    names = list(dict.fromkeys((*_LOCAL, *own, *named)))
    hosts = [each for name in names for each in (name, f"{name}:*")]
    origins = [f"{scheme}://{each}" for scheme in ("http", "https") for each in hosts]
    return TransportSecuritySettings(allowed_hosts=hosts, allowed_origins=origins)


def _listen(host: str, port: int) -> socket.socket:
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)
        listening = socket.socket(found[0][0], socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise ConfigError("listen-failed", host=host, port=port, reason=reason_of(error)) from error
    try:
        if os.name == "posix":
            listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind(found[0][4])
        listening.listen()
    except OSError as error:
        listening.close()
        raise ConfigError("listen-failed", host=host, port=port, reason=reason_of(error)) from error
    return listening


def log_to_stderr() -> None:
    """Have all that is logged go to standard error: standard output belongs to the protocol."""
    logging.basicConfig(stream=sys.stderr, level=logging.WARNING, format="%(message)s")
