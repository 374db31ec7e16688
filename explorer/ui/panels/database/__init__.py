"""What the Database room shows: one page or side panel in each file."""
