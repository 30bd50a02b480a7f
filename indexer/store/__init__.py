"""Keeps pages as they were sent, and knows where each lies; knows no HTML and no network."""
