"""Every result that the lessons state in prose, as a measurement and the interval in which it must lie.

A Markdown cell that states a result names its claims in its metadata: `# %% [markdown] claims=["00-grey"]`. A number
with a unit in that cell must lie in the interval of one of them. One module a lesson.
"""

from importlib import import_module

LESSONS = [f"{number:02}" for number in range(9)]
CLAIMS = {name: claim for lesson in LESSONS for name, claim in import_module(f"claims.lesson_{lesson}").CLAIMS.items()}
