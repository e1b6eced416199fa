"""The compiled part of matching: arrays of names, and the loops over them."""
