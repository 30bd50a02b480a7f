"""What is shown row by row, on pages and as files: lines of a concordance, figures by volume."""
