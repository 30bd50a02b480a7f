"""Says what weighs how much in an entry, and which entries come near: the same numbers for every engine."""
