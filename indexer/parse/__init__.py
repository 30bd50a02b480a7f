"""Turns the bytes of saved pages into entries; knows no network, no store and no index."""
