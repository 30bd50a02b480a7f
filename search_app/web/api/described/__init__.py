"""What the interface takes and answers, as data: made from the limits that the code checks."""
