"""The results that lesson 06 states in prose."""

CLAIMS = {}
