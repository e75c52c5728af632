"""Reckon the machines for a class from what deploy/results/hub.json measured: python -m deploy.nodes 30 300

Two limits hold: memory, and that all can run a lesson at once in as long as is bearable. Memory takes what a student's
processes hold by themselves, shared parts counted in full, with a quarter on top: exercises hold more than the
lesson. The run was made by all students at once on few cores, so a student's share of the cores' time is known.
"""

import argparse
import json
import math
from pathlib import Path

RESULTS = Path(__file__).resolve().parent / "results" / "hub.json"
MARGIN = 1.25
RESERVED = 2.0  # GB of a node for the system, and for the hub with its proxy on one


def needs(measured: dict, students: int, memory: float, cores: int, minutes: float) -> dict[str, float]:
    """What `students` need of nodes with `memory` GB and so many `cores`, if all run a lesson at once in `minutes`.

    Raises ValueError for a number that is not positive, or if a node is too small for one student.
    """
    if min(students, memory, cores, minutes) <= 0:
        raise ValueError(f"all numbers must be above 0, got {students}, {memory}, {cores}, {minutes}.")
    each = MARGIN * measured["rss MB, largest"] / 1000
    by_memory = math.floor((memory - RESERVED) / each)
    # Seconds of one core that a lesson costs a student: all ran at once, and all cores were busy.
    work = measured["run seconds, slowest"] * measured["cores"] / measured["students"]
    by_cores = math.floor(60 * minutes * cores / work)
    if min(by_memory, by_cores) < 1:
        raise ValueError(f"a node of {memory:g} GB and {cores} cores is too small for one student: take a larger one.")
    start = measured["ready seconds, slowest"] * measured["cores"] / measured["students"]
    nodes = math.ceil(students / min(by_memory, by_cores))
    ready = start * min(students, by_memory, by_cores) / cores
    return {
        "GB for each student": each,
        "students a node, by memory": by_memory,
        "students a node, by cores": by_cores,
        "nodes": nodes,
        "seconds until all are ready": ready,
    }


def main(words: list[str] | None = None) -> None:
    """Print what each number of students on the command line needs."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("students", nargs="*", type=int, default=[30, 300], help="how many work at once; 30 and 300")
    parser.add_argument("--memory", type=float, default=64, help="GB of a node; 64")
    parser.add_argument("--cores", type=int, default=16, help="cores of a node; 16")
    parser.add_argument("--minutes", type=float, default=2, help="how long a lesson may take if all run it at once; 2")
    arguments = parser.parse_args(words)
    measured = json.loads(RESULTS.read_text("utf-8"))
    for students in arguments.students:
        try:
            found = needs(measured, students, arguments.memory, arguments.cores, arguments.minutes)
        except ValueError as error:
            parser.error(str(error))
        print(f"{students} students, nodes of {arguments.memory:g} GB and {arguments.cores} cores:")
        print("\n".join(f"  {name}: {value:.3g}" for name, value in found.items()))


if __name__ == "__main__":
    main()
