"""Defines the command that serves the archive to AI assistants: mcp."""

import os
import sys
from functools import partial
from importlib.metadata import version

import click

from indexer.errors import ConfigError
from search_app.cli.session import Session
from search_app.cli.speaking.commands import command, option
from search_app.words.language import gettext


@command()
@option("--http", is_flag=True, help="Serve over HTTP instead of standard input and output.")
@option("--host", default="127.0.0.1", show_default=True, help="Address to listen on, with --http.")
@option(
    "--port", default=8001, show_default=True, type=click.IntRange(1, 65535), help="Port to listen on, with --http."
)
@click.pass_obj
def mcp(session: Session, http: bool, host: str, port: int) -> None:
    """Serve the archive to AI assistants over the Model Context Protocol (MCP).

    Without --http an assistant's program starts this command itself, and talks to it on standard input and output.
    A newly built index is taken up by itself.
    """
    try:
        from search_app.assisting import server  # with the SDK, which nothing else needs
    except ModuleNotFoundError as error:
        if (error.name or "").partition(".")[0] in ("search_app", "indexer"):
            raise
        raise ConfigError("mcp-missing") from error
    from search_app.assisting.tools import Assistance
    from search_app.following.archive import Archive
    from search_app.web.site import read_site

    session.check_manifest()
    server.log_to_stderr()
    site = read_site(os.environ)
    archive = Archive(session.data.root, session.manifest_file)
    archive.check_engine()
    made = server.make_server(Assistance(archive, site), version("nianjian-search"))
    if not http:
        if not (sys.stdin and sys.stdout):  # whoever started it closed them
            raise click.UsageError(
                gettext("standard input or output is closed, on which assistants talk; or give --http")
            )
        server.serve_stdio(made)
        return
    shown = f"[{host}]" if ":" in host else host
    said = gettext("Listening on {address}  (stop with Ctrl-C)").format(address=f"http://{shown}:{port}{server.PATH}")
    server.serve_http(made, site, host, port, partial(click.echo, said, err=True))
