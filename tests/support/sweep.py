"""Every control of every widget moved through all its values, every button pressed, as no student ever does."""

from collections.abc import Iterable

import ipywidgets as widgets

SILENT = (widgets.HTML, widgets.HTMLMath, widgets.Label, widgets.Image, widgets.Output)


def all_widgets() -> list[widgets.Widget]:
    """Every widget that was made in this kernel."""
    made = widgets.Widget.get_manager_state(drop_defaults=True)["state"]
    return widgets.widget_serialization["from_json"]([f"IPY_MODEL_{model}" for model in made], None)


def sweep(boxes: Iterable[widgets.Widget]) -> int:
    """Move and press everything; how many moves that were.

    Whatever a control raises comes through. AssertionError if one has no description, which screen readers read, or if
    an alert is shown, as after a button's error, which ipywidgets keeps to its log.
    """
    boxes, moves = list(boxes), 0
    screens = [box for box in boxes if isinstance(box, widgets.HTML)]

    def moved() -> int:
        alerts = [screen.value for screen in screens if 'role="alert"' in screen.value]
        assert not alerts, alerts
        return 1

    moved()
    for box in boxes:
        if isinstance(box, widgets.Button):
            box.click()
            moves += moved()
            continue
        for value in values(box):
            box.value = value
            moves += moved()
    controls = [b for b in boxes if isinstance(b, (widgets.Button, widgets.ValueWidget)) or hasattr(b, "options")]
    nameless = [c for c in controls if not isinstance(c, SILENT) and not getattr(c, "description", "").strip()]
    assert not nameless, f"controls without a description, which screen readers read: {nameless}"
    return moves


def values(box: widgets.Widget) -> list:
    """All values of a control that can be gone through, the one that it has last if there are two."""
    if isinstance(box, widgets.Checkbox):
        return [not box.value, box.value]
    return [option[1] if isinstance(option, tuple) else option for option in getattr(box, "options", ())]
