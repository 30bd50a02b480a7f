"""What a build holds in memory, and how much of it."""
