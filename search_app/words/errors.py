"""Words errors in the language in use; the English sentences are the indexer's (`errors.en.toml`)."""

from indexer.errors import YearbookError, sentences
from search_app.words.language import gettext


def worded(error: BaseException) -> str:
    """Return what an error says, in one line.

    Errors among its values are worded in the same language; what a library or the system says stays in its own.
    Wording an error never fails: one that has no sentence for its values says code and values.
    """
    if not isinstance(error, YearbookError):
        return str(error)
    values = {
        name: worded(value) if isinstance(value, YearbookError) else value for name, value in error.values.items()
    }
    try:
        return gettext(sentences()[error.code]).format_map(values)
    except Exception:  # whatever it is, it would hide this error
        return str(error)
