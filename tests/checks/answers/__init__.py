"""Answers to every exercise, a module for each lesson's topic.

RIGHT holds (check, answer); WRONG holds (check, answer, words), where the verdict must match `words`.
"""

from importlib import import_module
from pkgutil import iter_modules

MODULES = [import_module(f"answers.{module.name}") for module in iter_modules(__path__)]
RIGHT = [case for module in MODULES for case in module.RIGHT]
WRONG = [case for module in MODULES for case in module.WRONG]
