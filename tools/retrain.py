"""All that follows from the training, in its order: python -m tools.retrain [NAME ...] [--root FOLDER] [--device cuda]

1. trains the networks (NAME, all by default) whose checkpoint is missing: delete those to be trained anew
2. scores every estimator and writes benchmarks/results
3. copies the scores into the README
4. measures what the lessons claim
5. builds the notebooks

It stops at the first step that fails: where a claim no longer holds, mend the lesson and call it again. What is
trained is not trained again, and a training that was interrupted goes on. From nothing: some hours on two cores.
"""

import argparse
import json
import re
import subprocess
import sys
from collections.abc import Callable, Iterator

from benchmarks.ladder import RESULTS
from mnist_sr_helpers._files import write_whole
from tools.build_notebooks import ROOT

README = ROOT / "README.md"


def with_scores(text: str, results: dict) -> str:
    """The README's text with the scores of `results` in its table and below it."""

    def share(value: float) -> str:
        return f"{value:.1%}"

    for name in {row["estimator"] for row in results["rows"]}:
        rows = [row for row in results["rows"] if row["estimator"] == name]
        cells = " | ".join(f"{row['psnr']:.2f} dB, {share(row['read'])}" for row in rows)
        text = re.sub(rf"^\| {re.escape(name)} \| [\d.]+ dB, .* \|$", f"| {name} | {cells} |", text, flags=re.MULTILINE)
    low = {f"x{factor}": share(value) for factor, value in results["read_low"].items()}
    text = re.sub(r"(of the true digits:\s+)[\d.]+%", rf"\g<1>{share(results['read_true'])}", text)
    text = re.sub(r"(reads\s+)[\d.]+%(\s+without any\s+restoration)", rf"\g<1>{low['x7']}\2", text)
    return re.sub(r"\(x4:(\s+)[\d.]+%, x2:(\s+)[\d.]+%\)", rf"(x4:\g<1>{low['x4']}, x2:\g<2>{low['x2']})", text)


def update_readme() -> None:
    """Copy the scores into the README."""
    results = json.loads((RESULTS / "ladder.json").read_text("utf-8"))
    write_whole(README, with_scores(README.read_text("utf-8"), results).encode())


def python(*arguments: str) -> Callable[[], object]:
    """A step that runs `python -m` with the arguments."""
    return lambda: subprocess.run([sys.executable, "-m", *arguments], cwd=ROOT, check=True)


def steps(names: list[str], root: list[str], device: list[str]) -> Iterator[tuple[str, Callable[[], object]]]:
    """Every step in its order: its name, and what does it."""
    yield "train", python("tools.train", *names, *root, *device)
    yield "benchmark", python("benchmarks.ladder", *root)
    yield "README", update_readme
    yield "claims", python("pytest", "-q", "tests/lessons/test_claims.py")
    yield "notebooks", python("tools.build_notebooks")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("names", nargs="*", metavar="NAME", help="what to train, as tools.train calls it")
    parser.add_argument("--root", help="folder that holds MNIST/raw, downloaded when missing")
    parser.add_argument("--device", help="where torch trains, as cuda; the CPU by default")
    arguments = parser.parse_args()
    root, device = ([f"--{key}", value] if (value := vars(arguments)[key]) else [] for key in ("root", "device"))
    for number, (name, step) in enumerate(steps(arguments.names, root, device), start=1):
        print(f"{number}. {name}", flush=True)
        try:
            step()
        except subprocess.CalledProcessError as error:
            sys.exit(f"{name} failed ({error.returncode}); after mending it, call this again.")


if __name__ == "__main__":
    main()
