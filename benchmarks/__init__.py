"""What the program promises, each number beside its floor or its peer in the same run."""
