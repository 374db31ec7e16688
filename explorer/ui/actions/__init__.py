"""What a person can do from the window: one list of commands, and the actions and keys that carry them out."""
