"""The picture of a schema: where the cards of its tables stand, and which way the lines between them go."""
