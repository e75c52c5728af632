"""Every result that the lessons state in prose, as a measurement and the interval in which it must lie.

A Markdown cell that states a result names its claims in its metadata: `# %% [markdown] claims=["start_here.grey"]`.
A number with a unit in that cell must lie in the interval of one of them. One module a topic, which its names carry.
"""

from importlib import import_module
from pkgutil import iter_modules

TOPICS = [module.name for module in iter_modules(__path__) if module.name != "measuring"]
CLAIMS = {name: claim for topic in TOPICS for name, claim in import_module(f"claims.{topic}").CLAIMS.items()}
