"""What answers one request: matching, ranking, counting, marking, and what comes nearest."""
