"""You against the network: ten pictures of 4 x 4 pixels to read, beside the classifier's own attempt."""

from functools import partial
from pathlib import Path

import ipywidgets as widgets
import jinja2
import torch

from .._arguments import check_count
from ..degradation import downsample
from ..digits import CLASSES, load_digits
from ..explorers.panel import Panel
from ..ladder import rung
from ..metrics import read_digits
from ..pictures.grid import Picture, grid
from ..pictures.table import Table, table

FACTOR, ROUNDS = 7, 10
NETWORK = "article, enlarge last"
END = jinja2.Template(Path(__file__).with_name("quiz.html").read_text("utf-8"))


class Quiz(Panel):
    """Ten test digits, drawn by `seed`, to read at 4 x 4 pixels; then the scores. Taught in "Seeing the failure"."""

    def __init__(self, seed: int = 0):
        seed = check_count("seed", seed, least=0)
        digits = load_digits(split="test")
        order = torch.randperm(len(digits.labels), generator=torch.Generator().manual_seed(seed))[:ROUNDS]
        self.original, self.labels = digits.images[order], digits.labels[order].tolist()
        self.low = downsample(self.original, FACTOR)
        self.answers: list[int] = []
        self.said, self.screen = widgets.HTML().add_class("mnist-sr-says"), widgets.HTML()
        self.buttons = [widgets.Button(description=str(digit), layout={"width": "3em"}) for digit in CLASSES]
        for digit, button in enumerate(self.buttons):
            button.tooltip = f"I read a {digit}"
            button.on_click(partial(self.answer, digit))
        row = widgets.HBox(self.buttons, layout={"flex_flow": "row wrap"})
        super().__init__([self.said, self.screen, row], "Quiz with ten buttons, 0 to 9: needs a running kernel.")
        self.draw()

    def answer(self, digit: int, button=None) -> None:
        """Take `digit` as the reading of the picture shown, and go on to the next."""
        with self.alert(self.screen, "This answer can't be taken."):
            check_count("digit", digit, least=0, most=9)
            if len(self.answers) < ROUNDS:
                self.answers.append(digit)
                self.draw()

    def draw(self) -> None:
        """Show the picture to read, or at the end the scores and what the digits were."""
        done = len(self.answers)
        for button in self.buttons:
            button.disabled = done == ROUNDS
        if done == ROUNDS:
            self.screen.value = self.end()
            self.said.value = f"<strong>You read {self.right(self.answers)} of {ROUNDS} right.</strong>"
        else:
            self.screen.value = grid([[self.low[done, 0]]], f"Picture {done + 1}: a digit at 4 x 4 pixels.").to_html()
            self.said.value = f"Picture {done + 1} of {ROUNDS}: which digit is it?"

    def end(self) -> str:
        """The classifier's scores, and under each picture what it was and what was read, as HTML."""
        cards, readings = [], self.readings()
        others = {name.removeprefix("the classifier, "): self.right(read) for name, read in readings.items()}
        reads = zip(self.labels, self.answers, readings[f"the classifier, on {NETWORK}"], strict=True)
        for number, read in enumerate(reads):
            cells = [[self.low[number, 0], self.original[number, 0]]]
            alt = f"Picture {number + 1}: at 4 x 4 pixels, and beside it the digit itself, a {read[0]}."
            cards.append((grid(cells, alt, side=84).to_html(), *read))
        return END.render(cards=cards, others=others)

    def right(self, read: list[int]) -> int:
        """How many of the readings are right."""
        return sum(a == b for a, b in zip(read, self.labels, strict=True))

    def readings(self) -> dict[str, list[int]]:
        """What the classifier reads in the ten digits, by what it is given."""
        given = {name: rung(name, FACTOR)(self.low) for name in ("bicubic", NETWORK)}
        given["the true digits"] = self.original
        return {f"the classifier, on {name}": read_digits(pictures).tolist() for name, pictures in given.items()}

    def score(self) -> Table:
        """What each has read and how much of it is right, or how many pictures are still unread."""
        if left := ROUNDS - len(self.answers):
            return table({f"{left} of {ROUNDS} pictures unread:": ["answer above, then run this cell again"]})
        readings = {"you": self.answers, **self.readings()}
        rows = {name: [*read, self.right(read)] for name, read in readings.items()}
        columns: list[str | tuple[str, str]] = [*(("picture", str(number + 1)) for number in range(ROUNDS)), "right"]
        return table({**rows, "they are": [*self.labels, ""]}, columns, form="d")

    def sheet(self) -> Picture:
        """The ten pictures to read, for those without a running kernel and for a room."""
        cells = [x[0] for x in self.low]
        rows, numbers = [cells[:5], cells[5:]], [list("12345"), ["6", "7", "8", "9", "10"]]
        alt = "Ten digits at 4 x 4 pixels, numbered 1 to 10, to be read."
        return grid(rows, alt, side=112, captions=numbers)
