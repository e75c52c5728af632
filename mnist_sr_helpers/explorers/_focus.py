"""A focus ring for the course's controls that shows on every theme: ipywidgets' own is pale, or missing."""

import ipywidgets as widgets

NAME = "mnist-sr"
RING = f"<style>.{NAME} :focus-visible {{outline: 3px solid currentcolor !important; outline-offset: 2px}}</style>"
"""To be part of an HTML widget inside a box that `ring` marked; !important, since ipywidgets' rules are longer."""


def ring(box: widgets.Box) -> None:
    """Mark `box`, so that the control inside it that has the focus is ringed."""
    box.add_class(NAME)
