"""Predictions: the student commits to an answer before a result, and sees both afterwards.

Answers lie in one small JSON file per student, in the folder MNIST_SR_STATE or, by default, this user's data
folder. It is safe to delete.
"""

import json
import os
import tempfile
from pathlib import Path

import ipywidgets as widgets
from platformdirs import user_data_path


class Question(widgets.VBox):
    """A question with a button for each answer; the choice is kept at once and can change. Taught in lesson 00.

    Buttons, because JupyterLab takes the arrow keys from radio buttons: Tab and Enter reach everything here.
    """

    def __init__(self, key: str, question: str, answers: list[str]):
        if not isinstance(key, str) or not isinstance(question, str):
            raise TypeError(f"key and question must be text, got {key!r} and {question!r}.")
        if len(answers) < 2 or not all(isinstance(answer, str) for answer in answers):
            raise ValueError(f"answers must be at least two texts, got {answers!r}.")
        self.key, self.question, self.answers = key, question, list(answers)
        self.buttons = [widgets.Button(layout={"width": "max-content"}) for _ in self.answers]
        for answer, button in zip(self.answers, self.buttons, strict=True):
            button.on_click(lambda _, answer=answer: self.choose(answer))
        self.note = widgets.HTML()
        self.mark(recall(key))
        super().__init__([widgets.HTML(f"<strong>{question}</strong>"), *self.buttons, self.note])

    def choose(self, answer: str) -> None:
        """Keep `answer`, or say why it could not be kept."""
        if answer not in self.answers:
            raise ValueError(f"answer must be one of {self.answers}, got {answer!r}.")
        try:
            store(self.key, answer)
        except OSError as error:
            self.note.value = f'<span role="alert">Your answer could not be kept: {error}</span>'
            raise
        self.mark(answer)

    def mark(self, chosen: str | None) -> None:
        """Show in words and signs which answer is chosen."""
        for answer, button in zip(self.answers, self.buttons, strict=True):
            button.description = f"\u2713 {answer}" if answer == chosen else answer
        kept = chosen in self.answers
        self.note.value = f"Your answer is kept: {chosen}." if kept else "Choose one: it is kept at once."

    def _repr_mimebundle_(self, **kwargs):
        bundle = super()._repr_mimebundle_(**kwargs)
        lines = [self.question, *(f"  ( ) {answer}" for answer in self.answers)]
        bundle["text/plain"] = "\n".join([*lines, "(needs a running kernel to keep an answer)"])
        return bundle


def ask(key: str, question: str, answers: list[str]) -> Question:
    """A prediction to commit to, shown as buttons; `key` names it for `you_said`. Taught in lesson 00."""
    return Question(key, question, answers)


def you_said(key: str, truth: str) -> None:
    """Print the student's prediction beside what was measured. Taught in lesson 00."""
    answer = recall(key)
    said = "No prediction." if answer is None else f'You said: "{answer}".'
    print(f"{said}\nIt is: {truth}")


def recall(key: str) -> str | None:
    """The stored answer to the question `key`, or None."""
    return all_answers().get(key)


def all_answers() -> dict[str, str]:
    """All stored answers by key; none when the file is missing or can't be read."""
    try:
        answers = json.loads(state_file().read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    return answers if isinstance(answers, dict) else {}


def store(key: str, answer: str) -> None:
    """Keep one answer: the file is written beside, then renamed, so it is whole at any time."""
    path = state_file()
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, arrival = tempfile.mkstemp(dir=path.parent, suffix=".partial")
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        json.dump({**all_answers(), key: answer}, file, indent=1, ensure_ascii=False)
    os.replace(arrival, path)


def state_file() -> Path:
    """Where the answers lie."""
    folder = os.environ.get("MNIST_SR_STATE")
    return (Path(folder) if folder else user_data_path("mnist-sr-course")) / "predictions.json"
