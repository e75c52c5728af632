"""Predictions: the student commits to an answer before a result, and sees both afterwards.

Answers lie in one small JSON file per student, in the folder MNIST_SR_STATE or, by default, this user's data
folder. It is safe to delete. Keys of the course's first edition began with a lesson's number, as in "05-average": such
a key means the same as "average".
"""

import html
import json
import os
import re
from pathlib import Path

import ipywidgets as widgets
from platformdirs import user_data_path

from .._files import write_whole
from .._text import fill
from ..explorers.panel import Panel


class Question(Panel):
    """A question with a button for each answer; the choice is kept at once and can change. Taught in "Start here"."""

    def __init__(self, key: str, question: str, answers: list[str]):
        if not isinstance(key, str) or not isinstance(question, str):
            raise TypeError(f"key and question must be text, got {key!r} and {question!r}.")
        if not isinstance(answers, (list, tuple)) or len(answers) < 2 or not all(isinstance(a, str) for a in answers):
            raise ValueError(f"answers must be at least two texts, got {answers!r}.")
        self.key, self.question, self.answers = key, question, list(answers)
        # JupyterLab takes the arrow keys from radio buttons; Tab and Enter reach these.
        self.buttons = [widgets.Button(layout={"width": "max-content"}) for _ in self.answers]
        for answer, button in zip(self.answers, self.buttons, strict=True):
            button.on_click(lambda _, answer=answer: self.choose(answer))
        self.note = widgets.HTML()
        self.mark(recall(key)[1])
        asked = widgets.HTML(f"<strong>{html.escape(question)}</strong>")
        lines = [question, *(f"  ( ) {answer}" for answer in answers), "(needs a running kernel to keep an answer)"]
        super().__init__([asked, *self.buttons, self.note], "\n".join(lines))

    def choose(self, answer: str) -> None:
        """Keep `answer`, or say why it could not be kept."""
        if answer not in self.answers:
            raise ValueError(f"answer must be one of {self.answers}, got {answer!r}.")
        with self.alert(self.note, "Your answer could not be kept."):
            store(self.key, answer, self.question)
        self.mark(answer)

    def mark(self, chosen: str | None) -> None:
        """Show in words and signs which answer is chosen."""
        for answer, button in zip(self.answers, self.buttons, strict=True):
            button.description = f"\u2713 {answer}" if answer == chosen else answer
        kept = chosen in self.answers
        note = f"Your answer is kept: {html.escape(str(chosen))}." if kept else "Choose one: it is kept at once."
        self.note.value = f'<span role="status">{note}</span>'


def ask(key: str, question: str, answers: list[str]) -> Question:
    """A prediction to commit to, shown as buttons; `key` names it for `you_said`. Taught in "Start here"."""
    return Question(key, question, answers)


def you_said(key: str, truth: str) -> None:
    """Print the student's prediction, with its question, beside what was measured. Taught in "Start here"."""
    question, answer = recall(key)
    if question:
        print(fill(f"Asked: {question}"))
    print(f'You said: "{answer}".' if answer else "No prediction.", f"It is: {truth}", sep="\n")


def recall(key: str) -> tuple[str | None, str | None]:
    """The question `key` as it was put and the stored answer; None for what is missing."""
    try:
        kept = all_answers().get(key, {})
    except OSError:
        kept = {}
    return kept.get("question"), kept.get("answer")


def all_answers() -> dict[str, dict]:
    """All that is stored, by key, the newest last; a damaged file, which is kept aside, or entry counts as none."""
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
    path = state_file()
    path.parent.mkdir(parents=True, exist_ok=True)
    answers = {**all_answers(), key: {"question": question, "answer": answer}}
    write_whole(path, json.dumps(answers, indent=1, ensure_ascii=False).encode("utf-8"))


def state_file() -> Path:
    """Where the answers lie."""
    folder = os.environ.get("MNIST_SR_STATE")
    return (Path(folder) if folder else user_data_path("mnist-sr-course")) / "predictions.json"
