"""Turns the bytes of saved pages into entries.

Independent of the network, the page store and the index.
"""
