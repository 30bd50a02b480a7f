"""How much is asked of the cluster."""

import os

import pytest


@pytest.fixture(scope="session")
def often() -> int:
    """How many questions are asked while something goes wrong: a hundred, or NIANJIAN_CLUSTER_TIMES as many."""
    return round(100 * float(os.environ.get("NIANJIAN_CLUSTER_TIMES") or 1))
