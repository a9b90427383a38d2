"""Builds the knowledge base that ships inside the package, from open data and the lists in curated/."""
