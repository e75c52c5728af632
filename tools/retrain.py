"""All that follows from the training, in its order: python -m tools.retrain [NAME ...] [--root FOLDER] [--device cuda]

1. trains the networks (NAME, all by default) that aren't trained to their end: delete those to be trained anew
2. scores every estimator, measures what the verdicts need and how good samples are, into benchmarks/results; delete
   the rows of a network that was trained anew in trial.json and sampling.json, or they stay as they are
3. measures what the lessons claim
4. builds the notebooks and the README's picture

It stops at the first step that fails: where a claim no longer holds, mend the lesson and call it again. What is
trained is not trained again, and a training that was interrupted goes on. From nothing: some hours on two cores.
"""

import argparse
import subprocess
import sys

from tools.build_notebooks import ROOT


def steps(names: list[str], root: list[str], device: list[str]) -> dict[str, list[str]]:
    """Every step in its order, by its name: what `python -m` runs."""
    return {
        "train": ["tools.train", *names, *root, *device],
        "ladder": ["benchmarks.ladder", *root],
        "trial": ["benchmarks.trial", *root],
        "sampling": ["benchmarks.sampling", *root],
        "claims": ["pytest", "-q", "tests/lessons/test_claims.py"],
        "notebooks": ["tools.build_notebooks"],
        "picture": ["tools.readme_picture"],
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("names", nargs="*", metavar="NAME", help="what to train, as tools.train calls it")
    parser.add_argument("--root", help="folder that holds MNIST/raw, downloaded when missing")
    parser.add_argument("--device", help="where torch trains, as cuda; the CPU by default")
    arguments = parser.parse_args()
    root, device = ([f"--{key}", value] if (value := vars(arguments)[key]) else [] for key in ("root", "device"))
    for number, (name, words) in enumerate(steps(arguments.names, root, device).items(), start=1):
        print(f"{number}. {name}", flush=True)
        try:
            subprocess.run([sys.executable, "-m", *words], cwd=ROOT, check=True)
        except subprocess.CalledProcessError as error:
            sys.exit(f"{name} failed ({error.returncode}); after mending it, call this again.")


if __name__ == "__main__":
    main()
