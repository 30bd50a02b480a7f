"""What is said, once a run: finding all sentences takes a second."""

import pytest
from renew import Sentences, sentences


@pytest.fixture(scope="session")
def known() -> Sentences:
    """All sentences of the program, with the files that say them."""
    return sentences()
