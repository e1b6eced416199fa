"""The doors: parse what a user asks, call the workspace, show the answer."""
