"""Answers to every exercise, a module for each lesson's topic.

RIGHT maps a check to its right answers, WRONG to pairs of a wrong answer and the words that its verdict must match.
"""

from importlib import import_module
from pkgutil import iter_modules

MODULES = [import_module(f"answers.{module.name}") for module in iter_modules(__path__)]
RIGHT = {check: answers for module in MODULES for check, answers in module.RIGHT.items()}
WRONG = {check: answers for module in MODULES for check, answers in module.WRONG.items()}
