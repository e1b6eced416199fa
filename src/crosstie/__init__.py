"""Crosstie: an evidence-linked graph of ties between civilian organisations and defence."""

__version__ = "0.1.0"
