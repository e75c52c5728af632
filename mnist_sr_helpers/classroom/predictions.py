"""Predictions: the student commits to an answer before a result, and sees both afterwards.

Answers lie in one small JSON file per student, in the folder MNIST_SR_STATE or, by default, this user's data
folder. It is safe to delete. Keys of the course's first edition began with a lesson's number, as in "05-average": such
a key means the same as "average".
"""

import html
import json
import os
import re
import threading
from collections.abc import Sequence
from pathlib import Path

import anywidget
import ipywidgets as widgets
import jinja2
import traitlets
from platformdirs import user_data_path

from .._files import write_whole
from .._text import fill, notice
from ..explorers.panel import Panel

HERE = Path(__file__).parent
PAGE = jinja2.Template((HERE / "answer.html").read_text("utf-8"))
KEEPING = threading.Lock()  # all questions share one file, and clicks arrive on several threads
asked: dict[str, "Question"] = {}
measured: dict[str, "Answer"] = {}
"""By key, the newest: what was asked and what was measured in this kernel, so that either finds the other."""


class Opener(anywidget.AnyWidget):
    """Opens in the notebook's page what is folded until `key` is answered, and writes there what was `said`."""

    _esm = HERE / "answer.js"
    key = traitlets.Unicode().tag(sync=True)
    said = traitlets.Unicode().tag(sync=True)
    seen = traitlets.Unicode().tag(sync=True)


class Question(Panel):
    """A question with a button for each answer; the choice is kept at once and can change."""

    def __init__(self, key: str, question: str, answers: list[str]):
        if not isinstance(key, str) or not isinstance(question, str) or not re.fullmatch(r"[\w-]+", key):
            raise TypeError(f"key and question must be text, the key one word, got {key!r} and {question!r}.")
        if not isinstance(answers, (list, tuple)) or len(answers) < 2 or not all(isinstance(a, str) for a in answers):
            raise ValueError(f"answers must be at least two texts, got {answers!r}.")
        self.key, self.question, self.answers, self.looked = key, question, list(answers), False
        # JupyterLab takes the arrow keys from radio buttons; Tab and Enter reach these.
        *self.buttons, self.look = (widgets.Button(layout={"width": "max-content"}) for _ in [*answers, "look"])
        for answer, button in zip(self.answers, self.buttons, strict=True):
            button.on_click(lambda _, answer=answer: self.choose(answer))
        self.look.description = "Show the answer without a guess"
        self.look.style = {"button_color": "transparent", "text_decoration": "underline"}  # it is no answer
        self.look.on_click(lambda _: self.mark(looked=True))
        self.note, self.opener = widgets.HTML().add_class("mnist-sr-says"), Opener(key=key, layout={"display": "none"})
        asked[key] = self
        self.mark()
        head = widgets.HTML(f"<strong>{html.escape(question)}</strong>")
        lines = [question, *(f"  ( ) {answer}" for answer in answers), "(needs a running kernel to keep an answer)"]
        super().__init__([head, *self.buttons, self.look, self.note, self.opener], "\n".join(lines))

    def choose(self, answer: str) -> None:
        """Keep `answer`, or say why it could not be kept."""
        if answer not in self.answers:
            raise ValueError(f"answer must be one of {self.answers}, got {answer!r}.")
        with self.alert(self.note, "Your answer could not be kept."):
            store(self.key, answer, self.question)
        self.mark()

    def mark(self, looked: bool = False) -> None:
        """Show in words and signs which answer is chosen, or that the student `looked` without; then show the truth."""
        self.looked |= looked
        chosen, room = recall(self.key)[1], room_of(self.key)
        for answer, button in zip(self.answers, self.buttons, strict=True):
            button.description = f"\u2713 {answer}" if answer == chosen else answer
            if votes := sum(room.values()):
                bar = "\u25ae" * round(20 * room.get(answer, 0) / votes)
                button.description += f" {bar} {room.get(answer, 0)} of {votes}"
        seen = chosen or ("looked" if self.looked else "")
        said = f'You said: "{chosen}".' if chosen else "No prediction."
        said += "\nThe answer opens where the result stands, once its cell has run."
        with self.opener.hold_sync():  # one message: after two the answer would open twice
            self.opener.seen = seen
            if seen and self.key in measured:
                self.opener.said = notice("double", *measured[self.key].outcome())
        self.note.value = self.opener.said or notice("none", "", said if seen else "Choose one: it is kept at once.")


class Answer:
    """What was measured, in words and as `results`, folded away until its question is answered."""

    def __init__(self, key: str, truth: str, results: Sequence, right: Sequence[str] | None):
        self.key, self.truth, self.results, self.right = key, truth, results, right

    def outcome(self) -> tuple[str, str]:
        """A sign with its words, if any of the answers can be right; then prediction and truth."""
        chosen = recall(self.key)[1]
        if not chosen:
            return "", f"No prediction.\nIt is: {self.truth}"
        missed = "\u2717 Not this time." if self.right else "\u2013 No option was right."
        head = "" if self.right is None else "\u2713 Right." if chosen in self.right else missed
        return head, f'You said: "{chosen}".\nIt is: {self.truth}'

    def __repr__(self) -> str:
        question = recall(self.key)[0]
        lines = [question and fill(f"Asked: {question}"), " ".join(filter(None, self.outcome()))]
        return "\n".join([*filter(None, lines), *(getattr(r, "alt", None) or str(r) for r in self.results)])

    def _repr_html_(self) -> str:
        (question, chosen), here = recall(self.key), asked.get(self.key)
        said, seen = notice("double", *self.outcome()), chosen or not here or here.looked
        return PAGE.render(answer=self, question=question, asked=here, said=said, seen=seen)


def ask(key: str, question: str, answers: list[str]) -> Question:
    """A prediction to commit to, shown as buttons; `key` names it for `you_said`. Taught in "Start here"."""
    return Question(key, question, answers)


def you_said(key: str, truth: str, *results, right: str | Sequence[str] | None = None) -> Answer:
    """The prediction beside the truth, and `results`, pictures or tables: folded until the question is answered.

    `right` is the answer that was right, or several, or () if none was. Taught in "Start here".
    """
    right = [right] if isinstance(right, str) else right
    if wrong := set(right or ()) - set(asked[key].answers if key in asked else right or ()):
        raise ValueError(f"right must be of {asked[key].answers}, got {wrong.pop()!r}.")
    measured[key] = Answer(key, truth, results, right)
    if key in asked:
        asked[key].mark()
    return measured[key]


def recall(key: str) -> tuple[str | None, str | None]:
    """The question `key` as it was put and the stored answer; None for what is missing, or is no option any more."""
    try:
        kept = all_answers().get(key, {})
    except OSError:
        kept = {}
    question, answer, here = kept.get("question"), kept.get("answer"), asked.get(key)
    return (here.question, answer if answer in here.answers else None) if here else (question, answer)


def all_answers() -> dict[str, dict]:
    """All that is stored, by key; a damaged file, which is kept aside, or entry counts as none."""
    path, answers = state_file(), {}
    try:
        for key, stored in json.loads(path.read_text("utf-8")).items():
            kept = stored if isinstance(stored, dict) else {"answer": stored}  # without its question, in old files
            if isinstance(kept.get("answer"), str):
                answers[re.sub(r"^\d\d-", "", key)] = kept
    except FileNotFoundError:
        pass
    except (ValueError, AttributeError):
        path.replace(path.with_suffix(".damaged"))
    return answers


def store(key: str, answer: str, question: str) -> None:
    """Keep one answer, with its question, beside the others."""
    with KEEPING:
        answers = {**all_answers(), key: {"question": question, "answer": answer}}
        write_whole(state_file(), json.dumps(answers, indent=1, ensure_ascii=False).encode("utf-8"))


def room_of(key: str) -> dict[str, int]:
    """How many of a room chose each answer of the question `key`, from the file MNIST_SR_ROOM; {} without one.

    `python -m tools.room_answers` writes it; an instructor names it, so that the slides show what this class believed.
    """
    if not (file := os.environ.get("MNIST_SR_ROOM")):
        return {}
    try:
        votes = json.loads(Path(file).read_text("utf-8")).get(key, {})
        return {answer: int(count) for answer, count in votes.items()}
    except (OSError, ValueError, TypeError, AttributeError) as error:
        way_on = "Write it with python -m tools.room_answers FOLDER, or unset MNIST_SR_ROOM."
        raise ValueError(f"MNIST_SR_ROOM names {file}, which holds no room's answers ({error}). {way_on}") from None


def state_file() -> Path:
    """Where the answers lie."""
    folder = os.environ.get("MNIST_SR_STATE")
    return (Path(folder) if folder else user_data_path("mnist-sr-course")) / "predictions.json"
