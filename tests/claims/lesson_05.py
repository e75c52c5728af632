"""The results that lesson 05 states in prose."""

CLAIMS = {}
