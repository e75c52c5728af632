"""Answers to every exercise, a module for each lesson.

RIGHT holds (check, answer); WRONG holds (check, answer, words), where the verdict must match `words`.
"""

from importlib import import_module

MODULES = [import_module(f"answers.lesson_{number:02}") for number in range(1, 9)]
RIGHT = [case for module in MODULES for case in module.RIGHT]
WRONG = [case for module in MODULES for case in module.WRONG]
