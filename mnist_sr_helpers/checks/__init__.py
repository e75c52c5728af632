"""Checks of the exercises, a module for each lesson: they test properties on random input and answer in words.

Each takes the student's function and returns a `Verdict`: right; not yet, because; or not attempted.
"""
