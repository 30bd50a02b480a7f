"""What whoever runs the archive is told: whether it answers, how much it is asked, and what it answered."""
