"""Figures in words: what is drawn is read out, and what can't be is asked for."""

import matplotlib.pyplot as plt
import pytest
from matplotlib.figure import Figure

from mnist_sr_helpers import to_picture


def axes():
    return Figure().subplots()


def test_bars_across_stand_at_their_names():
    one = axes()
    one.barh([0, 1], [0.1, 0.2], height=0.5)
    one.set_yticks([0, 1], ["digits", "grass"])
    assert "digits at 0.1, grass at 0.2" in to_picture(one.figure).alt


def test_a_figure_is_closed_once_it_is_drawn():
    figure, one = plt.subplots()
    one.plot([0, 1])
    to_picture(figure, "A line that rises.")
    assert not plt.get_fignums()


@pytest.mark.parametrize(
    ("draw", "words"),
    [
        (lambda one: one.plot(range(20), range(20), label="a"), "a: 0 at 0, 10 at 10, 19 at 19"),
        (lambda one: one.plot(range(13), range(13), label="a"), ", ".join(f"{x} at {x}" for x in range(13))),
        (lambda one: one.axhline(2, label="floor"), "floor: a line at height 2"),
        (lambda one: one.axvline(1, label="now"), "now: a line at 1"),
    ],
)
def test_lines_are_read_out(draw, words):
    one = axes()
    draw(one)
    assert words in to_picture(one.figure).alt


def test_what_has_no_words_asks_for_some():
    one = axes()
    one.scatter([1, 2], [3, 4])
    with pytest.raises(ValueError, match="^alt must say in words"):
        to_picture(one.figure)
    one = axes()
    one.axvspan(1, 2)  # a patch, but no bar
    with pytest.raises(ValueError, match="^alt must say in words"):
        to_picture(one.figure)
    one = axes()
    one.errorbar([1, 2], [3, 4], [1, 1])
    with pytest.raises(ValueError, match="ErrorbarContainer has no words here"):
        to_picture(one.figure)
    assert to_picture(one.figure, "Two points, each with its interval.").alt.startswith("Two points")


def test_bars_side_by_side_stand_at_the_name_that_they_share():
    one = axes()
    for place, heights in ((-0.27, [0.1, 0.2]), (0.27, [0.3, 0.4])):
        one.bar([place, 1 + place], heights, 0.25, label=f"series {place}")
    one.set_xticks([0, 1], ["digits", "grass"])
    one.set_title("Which is which?")
    alt = to_picture(one.figure).alt
    assert "Which is which? Across" in alt
    assert "0.1 at digits, 0.2 at grass" in alt
    assert "0.3 at digits, 0.4 at grass" in alt
