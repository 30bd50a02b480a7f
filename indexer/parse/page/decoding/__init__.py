"""Turns the bytes of pages into text."""
