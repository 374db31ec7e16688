"""The parts of the Sockets room."""
