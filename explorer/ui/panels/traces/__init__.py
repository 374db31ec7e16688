"""The parts of the Traces room."""
