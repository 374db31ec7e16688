"""The parts of the Body section: its header, the forms, the text and the file."""
