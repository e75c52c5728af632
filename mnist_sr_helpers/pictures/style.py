"""How things look in every figure: one colour, line and marker for each factor and method, never a colour alone."""

from .._arguments import check_choice

STYLE = "mnist_sr_helpers.pictures.course"  # for `plt.style.use` or `matplotlib.style.context`: fonts, axes, lines

INK, BLUE, ORANGE, GREY = "#010101", "#2b6cb0", "#c05a00", "#8a8a8a"
"""Seen on white and on black, told apart by any colour vision; what is in INK takes the page's own text colour."""

LOOKS = {
    2: (INK, "-", "s"),
    4: (BLUE, "--", "o"),
    7: (ORANGE, ":", "^"),
    14: (GREY, "-.", "D"),
    "bicubic": (INK, "--", ""),
    "linear MMSE": (GREY, "-.", "^"),
    "enlarge first": (ORANGE, "-", ""),
    "enlarge last": (BLUE, ":", ""),
    "SimpleSR": (ORANGE, ":", "s"),
    "middle network": (BLUE, "--", "o"),
    "EDSR-like": (BLUE, "-", ""),
}


def look(of: int | str) -> dict[str, str]:
    """How a factor or a method is drawn in all figures: color, linestyle and marker, as `axes.plot` takes them.

    `of` is a factor (2, 4, 7, 14) or one of the methods in LOOKS. Raises TypeError or ValueError for another.
    Taught in "SimpleSR".
    """
    return dict(zip(("color", "linestyle", "marker"), LOOKS[check_choice("of", of, tuple(LOOKS))], strict=True))
