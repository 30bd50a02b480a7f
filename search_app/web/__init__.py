"""The web app: reads what a request asks for, and shows the answer as a page or as JSON."""
