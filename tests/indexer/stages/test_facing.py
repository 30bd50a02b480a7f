"""What stands beside each stretch of a page's text: the entry that was made of it, exactly."""

from collections import defaultdict

from indexer.config import DataFolder
from indexer.manifest import Manifest
from indexer.parse.entries.drafts import Kind
from indexer.parse.page.pages import chain_pages, frame_page
from indexer.stages.importing import page_store
from indexer.stages.preview.matching import bare
from indexer.stages.preview.shown import preview
from indexer.stages.replay.facing import Place, facing
from indexer.store.held import Held


def test_rows_of_an_entry_hold_its_text_and_nothing_else(sample: DataFolder, manifest: Manifest) -> None:
    """Each entry of the sample, of pages and of chains; every piece of a page stands in one row."""
    pages = {each.page.url: each.page for each in page_store(sample, manifest).pages() if isinstance(each, Held)}
    count = 0
    for chain in chain_pages(frame_page(page, manifest.volumes) for page in pages.values()):
        shown = preview([pages[each.url] for each in chain], manifest.volumes)
        rows = facing(shown)
        assert tuple(block for row in rows for block in row.blocks) == shown.blocks
        bodies: dict[str, str] = defaultdict(str)
        signatures: dict[str, str] = defaultdict(str)
        for entry, piece in ((row.entry, piece) for row in rows for block in row.blocks for piece in block):
            if entry and piece.kind is Kind.BODY:
                bodies[entry.id] += bare(piece.text)
            if entry and piece.kind in (Kind.SIGNATURE, Kind.AUTHOR) and entry.signature:
                signatures[entry.id] += bare(piece.text)
        for entry in shown.entries:
            count += 1
            assert (bodies[entry.id], signatures[entry.id]) == (bare(entry.body), bare(entry.signature)), entry.id
        assert all((row.entry is not None) == (row.place is Place.ENTRY) for row in rows)
    assert count > 280
