"""Sentence and entities -> positions, linkages, conditions, figures."""
