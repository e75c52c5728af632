"""The matrix as a figure: each number in its cell, readable on its shade."""

import pytest
import torch

from mnist_sr_helpers import draw_matrix

VALUES = torch.tensor([[16.19, 12.5, 13.0], [12.2, 21.79, 19.8]])
NAMES = ["a", "b, c"], ["a", "b, c", "d"]


def luminance(colour):
    """Relative luminance of an sRGB colour, 0 to 1 (WCAG 2)."""
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in colour[:3]]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def test_luminance_is_wcags():
    assert luminance((1, 1, 1, 1)) == pytest.approx(1)
    assert luminance((0, 0, 0)) == 0
    assert luminance((0x76 / 255,) * 3) == pytest.approx(0.1812, abs=1e-3)  # 4.5:1 against white


def test_a_matrix_as_a_figure():
    picture = draw_matrix(VALUES.clone().requires_grad_(), *NAMES, "Two rows of numbers.", title="Two rows")
    assert picture.png.startswith(b"\x89PNG")
    assert picture.alt == "Two rows of numbers."


def test_each_number_stands_in_its_cell_with_enough_contrast(monkeypatch):
    figures = []
    monkeypatch.setattr("mnist_sr_helpers.pictures.matrix.to_picture", lambda figure, alt: figures.append(figure))
    draw_matrix(VALUES, *NAMES, "alt")
    axes = figures[0].axes[0]
    texts = {text.get_position(): text.get_text() for text in axes.texts}
    assert texts == {(j, i): f"{VALUES[i, j]:.1f}" for i in range(2) for j in range(3)}
    frames = [patch for patch in axes.patches if not patch.get_fill()]
    assert [(round(f.get_x() + 0.44), round(f.get_y() + 0.4)) for f in frames] == [(0, 0), (1, 1)]
    shades = axes.images[0]
    for text in axes.texts:
        column, row = text.get_position()
        ground = luminance(shades.cmap(shades.norm(VALUES[row, column].item())))
        ink = 1.0 if text.get_color() == "white" else 0.0
        assert (max(ground, ink) + 0.05) / (min(ground, ink) + 0.05) > 4.5


@pytest.mark.parametrize("value", torch.linspace(0, 1, 21).tolist())
def test_numbers_are_readable_on_every_shade(value, monkeypatch):
    figures = []
    monkeypatch.setattr("mnist_sr_helpers.pictures.matrix.to_picture", lambda figure, alt: figures.append(figure))
    draw_matrix(torch.tensor([[0.0, value, 1.0]]), ["r"], ["a", "b", "c"], "alt")
    axes = figures[0].axes[0]
    text = axes.texts[1]
    ground = luminance(axes.images[0].cmap(axes.images[0].norm(value)))
    ink = 1.0 if text.get_color() == "white" else 0.0
    assert (max(ground, ink) + 0.05) / (min(ground, ink) + 0.05) > 4.5


@pytest.mark.parametrize(
    ("values", "rows", "columns", "error", "words"),
    [
        ([[1.0]], ["a"], ["b"], TypeError, "values must be a float tensor"),
        (torch.zeros(2), ["a"], ["b"], ValueError, r"values must be.* of shape \(2,\)"),
        (torch.zeros(1, 1, dtype=torch.int64), ["a"], ["b"], TypeError, "values must be a float tensor"),
        (torch.zeros(0, 2), [], ["a", "b"], ValueError, "values is empty"),
        (torch.full((1, 1), float("nan")), ["a"], ["b"], ValueError, "values holds NaN"),
        (VALUES, ["a"], NAMES[1], ValueError, "rows must be 2 texts"),
        (VALUES, NAMES[0], "abc", TypeError, "columns must be a list of texts"),
        (VALUES, [], NAMES[1], ValueError, "rows and columns must name"),
    ],
)
def test_wrong_matrices(values, rows, columns, error, words):
    with pytest.raises(error, match=f"^{words}"):
        draw_matrix(values, rows, columns, "alt")
