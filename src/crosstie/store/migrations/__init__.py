"""How a workspace's tables came to be, one step a file."""
