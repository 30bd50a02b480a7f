"""Brings pages from live sites and web archives into the page store."""
