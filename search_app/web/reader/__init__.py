"""What a reader has chosen, and pages filled accordingly: languages, and choices that are remembered."""
