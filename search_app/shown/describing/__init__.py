"""Describes the archive to programs: reference managers, search engines, readers of feeds."""
