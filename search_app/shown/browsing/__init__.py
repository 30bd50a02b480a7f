"""Arranges what those are shown who leaf through an archive instead of searching it."""
