"""Trains the linear models that the statements stage ships."""
