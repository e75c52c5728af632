"""Predictions: the student commits to an answer before a result, and sees both afterwards.

Answers lie in one small JSON file per student, in the folder MNIST_SR_STATE or, by default, this user's data
folder. It is safe to delete.
"""

import html
import json
import os
from pathlib import Path

import ipywidgets as widgets
from platformdirs import user_data_path

from .._files import write_whole
from .._text import fill
from ..explorers.panel import Panel


class Question(Panel):
    """A question with a button for each answer; the choice is kept at once and can change. Taught in "Start here".

    Buttons, because JupyterLab takes the arrow keys from radio buttons: Tab and Enter reach everything here.
    """

    def __init__(self, key: str, question: str, answers: list[str]):
        if not isinstance(key, str) or not isinstance(question, str):
            raise TypeError(f"key and question must be text, got {key!r} and {question!r}.")
        if (
            not isinstance(answers, (list, tuple))
            or len(answers) < 2
            or not all(isinstance(answer, str) for answer in answers)
        ):
            raise ValueError(f"answers must be at least two texts, got {answers!r}.")
        self.key, self.question, self.answers = key, question, list(answers)
        self.buttons = [widgets.Button(layout={"width": "max-content"}) for _ in self.answers]
        for answer, button in zip(self.answers, self.buttons, strict=True):
            button.on_click(lambda _, answer=answer: self.choose(answer))
        self.note = widgets.HTML()
        self.mark(recall(key))
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
        note = f"Your answer is kept: {html.escape(chosen)}." if kept else "Choose one: it is kept at once."
        self.note.value = f'<span role="status">{note}</span>'


def ask(key: str, question: str, answers: list[str]) -> Question:
    """A prediction to commit to, shown as buttons; `key` names it for `you_said`. Taught in "Start here"."""
    return Question(key, question, answers)


def you_said(key: str, truth: str) -> None:
    """Print the student's prediction, with its question, beside what was measured. Taught in "Start here"."""
    question, answer = recall_with_question(key)
    if question is not None:
        print(fill(f"Asked: {question}"))
    said = "No prediction." if answer is None else f'You said: "{answer}".'
    print(f"{said}\nIt is: {truth}")


def recall(key: str) -> str | None:
    """The stored answer to the question `key`, or None."""
    return recall_with_question(key)[1]


def recall_with_question(key: str) -> tuple[str | None, str | None]:
    """The question `key` as it was put and the stored answer. Files from before questions were kept hold none."""
    try:
        kept = all_answers().get(key)
    except OSError:
        return None, None
    question, answer = (kept.get("question"), kept.get("answer")) if isinstance(kept, dict) else (None, kept)
    if not isinstance(answer, str):
        return None, None
    return question if isinstance(question, str) else None, answer


def all_answers() -> dict:
    """All that is stored, by key. A damaged file is kept aside, under another name, and counts as none."""
    path = state_file()
    try:
        answers = json.loads(path.read_text("utf-8"))
        if isinstance(answers, dict):
            return answers
    except FileNotFoundError:
        return {}
    except ValueError:
        pass
    path.replace(path.with_suffix(".damaged"))
    return {}


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
