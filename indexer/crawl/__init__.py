"""Brings pages into the page store; knows nothing of what they hold."""
