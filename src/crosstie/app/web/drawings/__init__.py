"""Pictures that the server draws as SVG: they need no script, and print."""
