"""Figures, disputes and agreements, put together from claims and shown: charts, tables, maps."""
