"""The results that lesson 08 states in prose."""

CLAIMS = {}
