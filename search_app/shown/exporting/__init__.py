"""Takes entries out of the archive: what is found, or what was chosen, in every format, as a stream."""
