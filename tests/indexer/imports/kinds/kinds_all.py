"""All inputs, of every kind."""

import kinds_arc
import kinds_chunks
import kinds_codings
import kinds_digests
import kinds_files
import kinds_folders
import kinds_headers
import kinds_lengths
import kinds_lines
import kinds_members
import kinds_revisits
import kinds_spellings
import kinds_wacz
import kinds_zips
import kinds_zips_odd
import kinds_zst

CASES = (
    *kinds_arc.CASES,
    *kinds_chunks.CASES,
    *kinds_codings.CASES,
    *kinds_digests.CASES,
    *kinds_files.CASES,
    *kinds_folders.CASES,
    *kinds_headers.CASES,
    *kinds_lengths.CASES,
    *kinds_lines.CASES,
    *kinds_members.CASES,
    *kinds_revisits.CASES,
    *kinds_spellings.CASES,
    *kinds_wacz.CASES,
    *kinds_zips.CASES,
    *kinds_zips_odd.CASES,
    *kinds_zst.CASES,
)
