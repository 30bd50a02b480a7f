"""From the lines of a text to its entries: titles, signatures, by-lines, dates."""
