"""Lessons without sight of them, without colours, without a mouse: the rules, and that each can fail.

`accessibility` in tests/support reads the notebooks, `figure_colours` the figures as they are drawn (`nbval_lessons`
watches every lesson's); tests/browser looks at the pages in a browser.
"""

import re

import matplotlib.pyplot as plt
import nbformat
import pytest
from accessibility import RULES, alt_faults, colour_faults, heading_faults, link_faults, table_faults
from figure_colours import APART, TEXT, VISIONS, badly_placed, contrast, distance, faults
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from mnist_sr_helpers import FACTORS, Explorer, Quiz, ask, case_file, degradation_view, load_digits, to_picture
from mnist_sr_helpers.pictures.case_file import STAGES
from mnist_sr_helpers.pictures.grid import LETTERS, PAPER, grid
from tools.build_notebooks import NOTEBOOKS

LESSONS = [path for path in sorted(NOTEBOOKS.glob("*.ipynb")) if not path.name.startswith("my_")]
SEEN = "A digit 7 twice: sharp on the left, blurred on the right."


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
@pytest.mark.parametrize("path", LESSONS, ids=lambda path: path.stem)
def test_lessons_keep_the_rules(path, rule):
    found = rule(nbformat.read(path, as_version=4))
    assert not found, "\n".join(["", *found])


def notebook(*markdown, picture=None, html=None):
    """A notebook of Markdown cells; `picture` is (alt, text) of a PNG output, `html` the text of an HTML output."""
    data, metadata = {}, {}
    if picture:
        data, metadata = {"image/png": "iVBO", "text/plain": picture[1]}, {"image/png": {"alt": picture[0]}}
    if html:
        data = {"text/html": html, "text/plain": "..."}
    output = new_output("display_data", data=data, metadata=metadata)
    return new_notebook(cells=[*map(new_markdown_cell, markdown), new_code_cell("show()", outputs=[output])])


FAULTS = [
    (alt_faults, notebook(picture=("", "")), "without alt text"),
    (alt_faults, notebook(picture=(SEEN, "<Figure size 640x480>")), "output's text is not its alt text"),
    (alt_faults, notebook(picture=("Two blurred digits.", "Two blurred digits.")), "fewer than 6 words"),
    (alt_faults, notebook(picture=("loss_curve_of_all.png", "loss_curve_of_all.png")), "names a file"),
    (alt_faults, notebook(picture=(SEEN.lower(), SEEN.lower())), "no sentence"),
    (alt_faults, notebook(picture=(SEEN[:-1], SEEN[:-1])), "no sentence"),
    (alt_faults, notebook(picture=(f"Picture of {SEEN}", f"Picture of {SEEN}")), "says that already"),
    (alt_faults, notebook("![](loss.png)"), "without alt text"),
    (alt_faults, notebook('<img src="loss.png">'), "without alt text"),
    (alt_faults, notebook(html='<img src="loss.png">'), "without alt text"),
    (heading_faults, notebook("## Second"), "must be one"),
    (heading_faults, notebook("# One", "# Two"), "must be one"),
    (heading_faults, notebook("# One", "### Three"), "from level 1 to 3"),
    (heading_faults, notebook("# One", "##"), "without text"),
    (heading_faults, notebook("# One", html="<h4>Four</h4>"), "from level 1 to 4"),
    (link_faults, notebook("As shown [here](x.md)."), "'here' doesn't say"),
    (link_faults, notebook("See [this paper](x.md)."), "'this paper' doesn't say"),
    (link_faults, notebook("<https://example.org>"), "doesn't say"),
    (link_faults, notebook("[![](a.png)](x.md)"), "'' doesn't say"),
    (link_faults, notebook("[Lesson 01](a.md)", "[Lesson 01](b.md)"), "different places"),
    (table_faults, notebook("<table><tr><td>1</td></tr></table>"), "without header cells"),
    (table_faults, notebook(html="<table><tr><td>1</td></tr></table>"), "without header cells"),
    (table_faults, notebook("| | claim |\n| --- | --- |\n| a | grey |"), "header cell is empty"),
    (colour_faults, notebook("The red line is bicubic."), "'red line'"),
    (colour_faults, notebook("Look at the dark blue training curve."), "'blue training curve'"),
    (colour_faults, notebook("Bars in orange\nare networks."), "'Bars in orange'"),
    (colour_faults, notebook("The bars are drawn in blue."), "are drawn in blue"),
    (colour_faults, notebook("Wrong readings are marked in red."), "'marked in red'"),
    (colour_faults, notebook("- Compare it\n- with the grey dots"), "'grey dots'"),
    (colour_faults, notebook("Dashed: bicubic. The green curve rises."), "'green curve'"),
    (colour_faults, notebook(picture=("The blue bar is higher.", "The blue bar is higher.")), "'blue bar'"),
]


@pytest.mark.parametrize(("rule", "planted", "words"), FAULTS)
def test_each_rule_finds_a_planted_fault(rule, planted, words):
    (fault,) = rule(planted)
    assert words in fault


GOOD = notebook(
    "# One\n## Two\n### Three",
    "## Two again\n\n![A loss that falls and then stays flat.](loss.png)",
    "[Degradation](01.md) and again [Degradation](01.md), [the results page](results.md)",
    "| letter | claim |\n| --- | --- |\n| a | binary |",
    "The dashed red line is bicubic. The upper blue curve is the network. The line `color='red'` draws it.",
    "White patches surround the stroke; a row of grey values; black pixels in a column; red is a colour.",
    picture=(SEEN, SEEN),
)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_rules_let_good_notebooks_pass(rule):
    assert rule(GOOD) == []


def test_two_pictures_need_two_alt_texts():
    twice = notebook(picture=(SEEN, SEEN))
    twice.cells += notebook(picture=(SEEN, SEEN)).cells
    assert alt_faults(twice) == [], "one picture shown twice"
    twice.cells[-1].outputs[0].data["image/png"] = "other"
    assert "another picture has the alt text" in alt_faults(twice)[0]


def test_a_picture_has_alt_text_wherever_it_is_shown(monkeypatch):
    picture = grid([[load_digits(split="test").images[0, 0]]], 'A digit 7, "white" on black.')
    data, metadata = picture._repr_mimebundle_()
    assert set(data) == {"image/png", "text/plain"}, "notebooks of the course hold each picture once"
    assert metadata["image/png"]["alt"] == data["text/plain"] == picture.alt
    monkeypatch.delenv("MNIST_SR_PNG_ONLY")
    assert 'aria-label="A digit 7, &quot;white&quot; on black."' in picture._repr_mimebundle_()[0]["text/html"]


def test_a_row_may_have_no_captions(monkeypatch):
    monkeypatch.delenv("MNIST_SR_PNG_ONLY")
    x = load_digits(split="test").images[0, 0]
    assert ">one</span>" in grid([[x], [x]], "Twice.", captions=[["one"], []]).to_html()


def test_every_control_has_a_name():
    view = {"digit": range(10), "factor": (1, 2), "kernel": ("area", "bicubic"), "antialias": (True, False)}
    boxes = [Explorer(degradation_view, **view), Quiz(), ask("key", "Is it?", ["yes", "no"])]
    for box in boxes:
        controls = [*getattr(box, "controls", {}).values(), *getattr(box, "buttons", [])]
        assert len(controls) >= 2
        assert all(control.description.strip() for control in controls)


def axes_of_a_figure():
    figure = plt.Figure(figsize=(4, 3))
    axes = figure.subplots()
    axes.set_title("T")
    return axes


def plot_pale_line(axes):
    axes.plot([0, 1], color="#ffcc00")


def draw_pale_bars(axes):
    axes.bar([0, 1], [1, 2], color="#bbbbbb")


def scatter_pale_points(axes):
    axes.scatter([0, 1], [1, 2], color="#dddddd")


def plot_red_and_green(axes):
    axes.plot([0, 1], color="#d62728")
    axes.plot([1, 0], "--", color="#2ca02c")


def plot_blue_and_green(axes):
    axes.bar([0], [1], color="#0072b2")
    axes.plot([1, 0], color="#009e73")


def plot_default_colours(axes):
    axes.plot([0, 1])
    axes.plot([1, 0])


def label_by_colour_alone(axes):
    axes.plot([0, 1], color="#225588", label="first")
    axes.plot([1, 0], color="#bb5500", label="last")
    axes.legend()


def label_bars_by_colour_alone(axes):
    axes.bar([0], [1], color="#225588", label="first")
    axes.bar([1], [1], color="#bb5500", label="last")
    axes.legend()


def write_pale_text(axes):
    axes.text(0.5, 0.5, "faint", color="#999999")


def write_on_a_bar(axes):
    axes.bar([0], [1], color="#225588")
    axes.text(0, 0.5, "dark", ha="center", color="black")


def label_too_long(axes):
    axes.set_xlabel("a label that is far too long for a figure of four inches, and goes on")


def write_twice(axes):
    axes.text(0.5, 0.5, "here")
    axes.text(0.5, 0.5, "and here")


def map_with_jet(axes):
    axes.imshow([[0, 1]], cmap="jet")


@pytest.mark.parametrize(
    ("draw", "words"),
    [
        (plot_pale_line, "#ffcc00 on #ffffff, has a contrast of 1.5"),
        (draw_pale_bars, "a bar, #bbbbbb on #ffffff, has a contrast of 1.9"),
        (scatter_pale_points, "#dddddd on #ffffff, has a contrast of 1.4"),
        (plot_red_and_green, "apart with deuteranopia"),
        (plot_blue_and_green, "apart with tritanopia"),
        (plot_default_colours, "#ff7f0e on #ffffff, has a contrast of 2.5"),
        (label_by_colour_alone, "'first' and 'last' differ by colour alone"),
        (label_bars_by_colour_alone, "'first' and 'last' differ by colour alone"),
        (write_pale_text, "the text 'faint', #999999 on #ffffff, has a contrast of 2.8"),
        (write_on_a_bar, "the text 'dark', #000000 on #225588, has a contrast of 2.7"),
        (map_with_jet, "the colour map 'jet'"),
        (label_too_long, "goes on' is cut off"),
        (write_twice, "the texts 'here' and 'and here' overlap"),
    ],
)
def test_a_figure_with_a_planted_fault_is_found(draw, words):
    axes = axes_of_a_figure()
    draw(axes)
    (fault,) = faults(axes.figure)
    assert fault.startswith("figure 'T': ")
    assert words in fault


def test_good_figures_pass():
    axes = axes_of_a_figure()
    axes.plot([0, 1], "-", color="#225588", label="first")
    axes.plot([1, 0], ":", color="#bb5500", label="last")
    axes.axhline(0.5, linestyle="--", color="black", label="bicubic")
    axes.fill_between([0, 1], [0, 1], [1, 2], color="#225588", alpha=0.2)
    axes.bar([0.5], [1], color="#bbbbbb", edgecolor="black")
    axes.bar([0.7], [1], color="white", edgecolor="black", hatch="///")
    axes.text(0.5, 0.5, "on grey", ha="center")
    axes.legend()
    assert faults(axes.figure) == []
    heat = axes_of_a_figure()
    heat.imshow([[0, 1]], cmap="gray")
    heat.text(0, 0, "low", color="white", ha="center")
    heat.text(1, 0, "high", color="black", ha="center")
    heat.add_patch(plt.Rectangle((-0.4, -0.4), 0.8, 0.8, fill=False, edgecolor="white"))
    assert faults(heat.figure) == []


def test_looking_at_a_figure_leaves_it_as_it_was():
    def picture(look):
        axes = axes_of_a_figure()
        axes.plot([0, 1], color="#225588")
        axes.text(0.5, 0.5, "pale", alpha=0.4)
        if look:
            assert faults(axes.figure)
        return to_picture(axes.figure, SEEN).png

    assert picture(look=True) == picture(look=False)


@pytest.mark.parametrize("factor", FACTORS[1:])
@pytest.mark.parametrize("until", STAGES)
def test_the_case_file_is_readable(monkeypatch, factor, until):
    seen = []
    monkeypatch.setattr("mnist_sr_helpers.pictures.case_file.to_picture", lambda figure, alt: seen.append(figure))
    case_file(factor, until)
    (figure,) = seen
    assert list(badly_placed(figure)) == [], "at the first drawing: the layout only settles with a second"
    assert faults(figure) == []


def test_the_labels_of_grid_are_readable():
    assert contrast(LETTERS, PAPER) >= TEXT


def test_the_colours_that_authors_are_told_to_take_pass():
    text = (NOTEBOOKS.parent / "CONTRIBUTING.md").read_text("utf-8")
    axes = axes_of_a_figure()
    colours = re.findall(r"`(#[0-9a-f]{6})`", text)
    assert len(colours) == 4
    for height, colour in enumerate(colours):
        axes.plot([0, height], color=colour)
    assert faults(axes.figure) == []


def test_measures_of_colour():
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#767676", "#ffffff") == pytest.approx(4.54, abs=0.01)  # WCAG's own example of a passing grey
    for vision in VISIONS:
        assert distance("#000000", "#ffffff", vision) == pytest.approx(100, abs=0.5)
        assert distance("#225588", "#bb5500", vision) > 2 * APART
    # Red and green: far apart, but not with deuteranopia; blue and green: not with tritanopia.
    assert distance("#d62728", "#2ca02c", "full") > 60 > APART > distance("#d62728", "#2ca02c", "deuteranopia")
    assert distance("#1f77b4", "#2ca02c", "full") > 40 > APART > distance("#1f77b4", "#2ca02c", "tritanopia")
