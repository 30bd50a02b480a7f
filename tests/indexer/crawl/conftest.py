"""A local site that misbehaves."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

SCRIPT = Path(__file__).with_name("misbehaving.py")


@pytest.fixture(scope="session")
def misbehaving():  # type: ignore[no-untyped-def]
    """The module of the local site; not a test module, and not on the path."""
    import importlib.util

    spec = importlib.util.spec_from_file_location("misbehaving", SCRIPT)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="session")
def serving():  # type: ignore[no-untyped-def]
    """Give a context manager that serves a site while its block runs."""
    return _serving


@contextmanager
def _serving(site) -> Iterator[None]:  # type: ignore[no-untyped-def]
    thread = threading.Thread(target=site.serve_forever, daemon=True)
    thread.start()
    try:
        yield
    finally:
        site.shutdown()
        site.server_close()
