"""What is done with an archive, stage by stage, and in what order; what commands and pages call."""
