"""Data: the manifest of known yearbook sites and the sample archive that comes with the package."""
