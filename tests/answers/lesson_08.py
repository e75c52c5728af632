"""Answers to the exercises of lesson 08: right ones, and wrong ones with the words they must hear."""

RIGHT = []

WRONG = []
