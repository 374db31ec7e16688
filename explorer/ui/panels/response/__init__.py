"""The pane that shows what came back: one way of looking at it in each file."""
