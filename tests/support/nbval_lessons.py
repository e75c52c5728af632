"""What nbval's run of a lesson serves besides: after the last cell its kernel solves the exercises, moves every widget.

So a lesson runs once for three tests: the outputs are the saved ones (nbval's own), with the solutions in place of the
stubs every check says right, and every control moves without error while all figures are fit for any colour vision.
"""

import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from nbval.plugin import IPyNbFile

from tools.build_notebooks import CELL_SECONDS, LESSONS, read_lesson

SUPPORT = Path(__file__).parent
WATCH = f"import sys; sys.path.append({str(SUPPORT)!r}); import figure_colours; figure_colours.watch()"
SWEEP = "import sweep; print(sweep.sweep(sweep.all_widgets()))"
LOOK = "assert not figure_colours.found, '\\n'.join(['', *figure_colours.found])"


def solved(lesson: Path, run: Callable[[str], list[dict]]) -> int:
    """Solve a lesson's exercises by `run`, which runs code in the lesson's kernel; how many checks said right.

    AssertionError for any other answer.
    """
    right = 0
    for cell in read_lesson(lesson, solved=True).cells:
        tags = cell.metadata.get("tags", [])
        if "exercise" in tags:
            run(cell.source)
        elif "check" in tags:
            verdict = run(cell.source)[0]["data"]["text/plain"]
            assert verdict.startswith("Right. "), f"{lesson.name}, with the solution in place: {verdict}"
            right += 1
    return right


class Lesson(IPyNbFile):
    """A lesson's notebook: its cells, then what its kernel is asked besides."""

    def collect(self) -> Iterator[pytest.Item]:
        for cell in super().collect():
            cell.output_timeout = CELL_SECONDS
            yield cell
        for name, check in (("solutions", self.solutions), ("sweep", self.sweep), ("figures", self.figures)):
            yield After.from_parent(self, name=name, check=check)

    def setup(self) -> None:
        self.state = tempfile.TemporaryDirectory(prefix="mnist-sr-state-")  # the sweep answers questions
        with pytest.MonkeyPatch.context() as patch:
            patch.setenv("MNIST_SR_STATE", self.state.name)
            super().setup()
        self.run(WATCH)

    def teardown(self) -> None:
        super().teardown()
        self.state.cleanup()

    def run(self, code: str) -> list[dict]:
        """Run code in the kernel; the contents of its outputs. AssertionError with the traceback if it raises."""
        outputs = []

        def keep(message: dict) -> None:
            if message["msg_type"] in ("stream", "execute_result", "display_data"):
                outputs.append(message["content"])

        options = {"store_history": False, "allow_stdin": False, "timeout": CELL_SECONDS}
        reply = self.kernel.kc.execute_interactive(code, output_hook=keep, **options)["content"]
        if reply["status"] != "ok":
            pytest.fail("\n".join(reply["traceback"]), pytrace=False)
        return outputs

    def solutions(self) -> None:
        solved(LESSONS / f"{self.path.stem}.py", self.run)

    def sweep(self) -> None:
        moves = int("".join(output.get("text", "") for output in self.run(SWEEP)).split()[-1])
        explorers = any("explorer" in cell.metadata.get("tags", []) for cell in self.nb.cells)
        assert moves >= (20 if explorers else 4), "all questions and explorers were found"

    def figures(self) -> None:
        self.run(LOOK)


class After(pytest.Item):
    """What a lesson's kernel is asked after its last cell."""

    def __init__(self, check: Callable[[], None], **options) -> None:
        super().__init__(**options)
        self.check = check

    def runtest(self) -> None:
        self.check()

    def reportinfo(self) -> tuple:
        return self.path, 0, f"{self.path.name}: {self.name}"


@pytest.hookimpl(wrapper=True)
def pytest_collect_file(file_path: Path, parent: pytest.Collector):
    found = yield
    lesson = (LESSONS / f"{file_path.stem}.py").exists()
    return [Lesson.from_parent(parent, path=file_path) if lesson and isinstance(f, IPyNbFile) else f for f in found]
