"""The results that lesson 04 states in prose."""

CLAIMS = {}
