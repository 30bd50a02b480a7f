"""Handles Chinese text: folding, variants of characters, words."""
