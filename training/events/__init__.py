"""Builds the linear event model that ships in the package."""
