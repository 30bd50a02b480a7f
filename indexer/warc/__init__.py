"""What the records of web archive files say, whatever is wrong with them, and how ours are made; knows no ledger."""
