"""How the command line speaks its user's language: which one that is, help in it, and lines broken as it is written."""
