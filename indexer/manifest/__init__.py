"""Describes sites and volumes: the manifest, how it is read, and the copy kept with an archive."""

from indexer.manifest.keeping import Kept, keep, manifest_of
from indexer.manifest.reading import load_manifest
from indexer.manifest.values import Manifest, Site

__all__ = ["Kept", "Manifest", "Site", "keep", "load_manifest", "manifest_of"]
