"""The command that shows how a page is understood: on a terminal, or as a web page."""
