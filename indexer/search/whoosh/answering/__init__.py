"""Answers one request: matching, ranking, counting, marking, and finding what comes nearest."""
