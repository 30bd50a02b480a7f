"""Answers one request: matching, ranking, counting, and finding what comes nearest."""
