"""Answers to the exercises of lesson 06: right ones, and wrong ones with the words they must hear."""

RIGHT = []

WRONG = []
