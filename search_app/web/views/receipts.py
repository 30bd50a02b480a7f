"""The receipt of a search, by which somebody can prove later what was found, or that nothing was."""

from datetime import UTC, datetime

from flask import Blueprint, abort, redirect, request
from werkzeug.sansio.response import Response

from indexer.config import DataFolder
from search_app.shown import present
from search_app.shown.addresses import receipt_url
from search_app.shown.links import SearchState, from_args
from search_app.shown.tables.receipts import COLUMNS, LISTED, Gaps, Receipt, Standing, claim_from_args, list_lines, take
from search_app.web.current import current_archive, current_site
from search_app.web.downloads import table
from search_app.web.holding import current_holdings
from search_app.web.reader.rendering import render
from search_app.words import answers
from search_app.words import receipts as words_of_receipts
from search_app.words.language import gettext

pages = Blueprint("receipts", __name__)


@pages.get("/receipt")
def receipt() -> str | Response:
    """Show a receipt, compared with what is found now; an address that claims nothing yet leads on to one that does."""
    claim, odd = claim_from_args(request.args.to_dict(flat=False))
    if odd:
        abort(400, description=answers.notes(odd))
    state = _state()
    searcher, names = current_archive().open()
    taken = take(state, searcher, names)
    if claim is None:
        # Not permanent: the archive will have changed.
        return redirect(current_site().link(receipt_url(state, taken.claim.to_args())), 302)
    standing = taken.standing(claim)
    if standing is Standing.MISCOUNTED:
        said = gettext("回执地址被改动：清单的校验值与篇数 {total} 不合")
        abort(400, description=said.format(total=claim.total))
    now = datetime.now(UTC).replace(microsecond=0)
    return render(
        "receipt.html",
        state=state,
        names=names,
        taken=taken,
        claim=claim,
        standing=standing,
        applied=present.applied(state, names),
        told=words_of_receipts,
        gaps=_gaps(taken),
        listed=LISTED,
        columns=COLUMNS,
        now=now,
        here=now.astimezone(),
        address=current_site().absolute(receipt_url(state, claim.to_args())),
    )


@pages.get("/receipt.csv")
def entries() -> Response:
    """Answer with all entries that a search finds, as the CSV file whose digest a receipt has."""
    return table(list_lines(_state(), current_archive().searcher()), "receipt.csv")


def _state() -> SearchState:
    """Read which search is meant; refuse wrong arguments, and a search that asks for nothing, with status 400."""
    state, wrong = from_args(request.args.to_dict(flat=False))
    if wrong:
        abort(400, description=answers.notes(wrong))
    if not state.asks:
        abort(400, description=gettext("回执是一次检索的：请先检索，再从结果页取回执"))
    return state


def _gaps(taken: Receipt) -> Gaps | None:
    """Return what could not be compared; None where that is not known, as without a page store or a manifest."""
    here = current_archive()
    known, held = here.described(), current_holdings().now()
    if known is None or not held.is_read or not DataFolder(here.data_dir).warc.exists():
        return None
    return taken.gaps(known, held.volumes.values())
