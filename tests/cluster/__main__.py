"""`python tests/cluster`: runs a search cluster of three nodes until it is stopped, and says how tests are run on it."""

import signal
import tempfile
from pathlib import Path

from nodes import cache_folder, libraries, running


def main() -> None:
    """Run it."""
    with (
        tempfile.TemporaryDirectory(prefix="nianjian-cluster-") as folder,
        running(Path(folder), libraries(cache_folder())) as cluster,
    ):
        addresses = " ".join(node.address for node in cluster.nodes)
        print(f"export NIANJIAN_ENGINE=opensearch NIANJIAN_OPENSEARCH_URL='{addresses}'", flush=True)
        signal.sigwait({signal.SIGINT, signal.SIGTERM})


if __name__ == "__main__":
    main()
