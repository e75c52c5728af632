"""The course without an installation, and for a class."""
