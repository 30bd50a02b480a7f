"""Reads pages from what archivists hold: saved folders, web archive files, zips; it writes nothing."""
