"""Builds what the package ships from data; never imported by the package."""
