"""The Python API: the only place that wires stages to a store."""
