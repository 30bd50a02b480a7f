"""Turns the bytes of pages into text; knows no mark-up."""
