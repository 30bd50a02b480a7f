"""Serves the archive to AI assistants from the command line."""
