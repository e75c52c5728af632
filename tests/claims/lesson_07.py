"""The results that lesson 07 states in prose."""

CLAIMS = {}
