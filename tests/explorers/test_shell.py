"""The explorers: every state drawn, errors shown, nothing that grows or jumps."""

import html
import inspect
import itertools
import re
import threading

import ipywidgets as widgets
import numpy as np
import pytest
import torch
from shown import shown

import mnist_sr_helpers
from mnist_sr_helpers import (
    FACTORS,
    KERNELS,
    MODELS,
    Explorer,
    View,
    degradation_sheet,
    degradation_view,
    downsample,
    grid,
    model_sheet,
    model_view,
    upsample,
)
from mnist_sr_helpers.digits import sample_digit
from mnist_sr_helpers.explorers.comparison import ALL
from mnist_sr_helpers.explorers.panel import Slider
from mnist_sr_helpers.explorers.shell import VIEW, control
from mnist_sr_helpers.pictures.grid import signed, to_pixels

DEGRADATION = {"digit": range(10), "factor": FACTORS, "kernel": KERNELS, "antialias": (True, False)}
RESTORATION = {"digit": range(10), "factor": FACTORS, "model": MODELS}


def states(choices):
    return [dict(zip(choices, values, strict=True)) for values in itertools.product(*choices.values())]


@pytest.mark.parametrize(("view", "choices"), [(degradation_view, DEGRADATION), (model_view, RESTORATION)])
def test_every_state_is_drawn(view, choices):
    sizes = set()
    for state in states(choices):
        picture, rows, _ = view(**state)
        assert picture.png.startswith(b"\x89PNG"), state
        assert f"digit {state['digit']}, x{state['factor']}," in picture.alt, state
        assert [name for name, _ in rows] == ["SSIM", "Values before clipping"], state
        psnr, similarity = re.search(r"estimate, (.*?), reads \d", picture.alt)[1], float(rows[0][1])
        if state["factor"] == 1:
            assert (psnr, similarity) == ("identical", 1), state
        else:
            assert 0 < float(psnr.removesuffix(" dB")) < 50, state
            assert -1 < similarity < 1, state
        sizes.add((picture.width, picture.height, len(rows)))
    assert len(sizes) == 1, "pictures of different sizes would make the page jump"


def test_each_panel_shows_what_its_heading_says():
    original = sample_digit(5)
    lows = {factor: downsample(original, factor, "bilinear", False) for factor in FACTORS[1:]}
    estimates = {factor: upsample(low, factor, "bilinear").clamp(0, 1) for factor, low in lows.items()}
    error = signed((estimates[4] - original)[0, 0])
    wanted = [original[0, 0], lows[4][0, 0], estimates[4][0, 0], error]
    for cell, picture in zip(shown(degradation_view(5, 4, "bilinear", False).picture), wanted, strict=True):
        assert np.array_equal(cell, to_pixels(picture))
    wanted = [original, *lows.values(), original, *estimates.values()]
    for cell, picture in zip(shown(degradation_view(5, ALL, "bilinear", False).picture), wanted, strict=True):
        assert np.array_equal(cell, to_pixels(picture[0, 0]))


@pytest.mark.parametrize("view", [degradation_view, model_view])
def test_states_differ(view):
    choices = DEGRADATION if view is degradation_view else RESTORATION
    pictures = [view(**{**states(choices)[0], "factor": factor}).picture.png for factor in FACTORS]
    assert len(set(pictures)) == len(FACTORS)


@pytest.mark.parametrize(("sheet", "methods"), [(degradation_sheet, 6), (model_sheet, len(MODELS))])
def test_sheets_hold_every_state_of_one_digit(sheet, methods):
    picture, table = sheet(5)
    assert picture.alt.startswith("A digit 5, restored. Rows: ")
    assert picture.alt.endswith("Columns: x1; x2; x4; x7; x14.")
    measures = ("PSNR in dB", "SSIM", "classifier reads")
    assert table.columns == [(measure, f"x{factor}") for measure in measures for factor in FACTORS]
    assert len(table.rows) == methods
    view = (
        degradation_view(5, 4, "area", True) if sheet is degradation_sheet else model_view(5, 4, "SimpleSR, residual")
    )
    decibels, reading = re.search(r"estimate, (.*?) dB, reads (\d)", view.picture.alt).groups()
    psnr, similarity, read = table.rows["area" if sheet is degradation_sheet else "SimpleSR, residual"][2::5]
    assert float(psnr) == pytest.approx(float(decibels), abs=0.056)  # as rounded
    assert float(similarity) == pytest.approx(float(dict(view.rows)["SSIM"]), abs=0.0056)
    assert reading == read


@pytest.mark.parametrize(("view", "choices"), [(degradation_view, DEGRADATION), (model_view, RESTORATION)])
def test_all_factors_at_once(view, choices):
    """Two rows, original and four factors; the numbers are those of the single states."""
    explorer = Explorer(view, **choices)
    assert explorer.controls["factor"].options[-1] == ("all", ALL)
    explorer.controls["factor"].value = ALL
    state = {name: control.value for name, control in explorer.controls.items()}
    picture, rows, _ = view(**state)
    assert rows == []
    assert picture.alt in html.unescape(explorer.screen.value)
    for factor in FACTORS[1:]:
        single = view(**{**state, "factor": factor}).picture.alt
        assert re.search(r"estimate, (.*?, reads \d)", single)[1] in picture.alt


def test_all_factors_are_offered_for_the_views_that_can_show_them():
    state = {"digit": 3, "factor": 7, "kernel": "area", "antialias": True, "model": "bicubic", "rung": "bicubic"}
    state |= {"lie": 3, "seed": 0, "step": 0, "across": 5, "down": 5}
    offered = set()
    for name in (name for name in mnist_sr_helpers.__all__ if name.endswith("_view")):
        view = getattr(mnist_sr_helpers, name)
        choices = {argument: (state[argument],) for argument in inspect.signature(view).parameters if argument in state}
        if "factor" in choices and ("all", ALL) in Explorer(view, **choices).controls["factor"].options:
            offered.add(name)
    assert offered == {"degradation_view", "model_view", "ladder_view", "forger_view"}


def test_a_view_of_ones_own_is_not_asked_for_all_factors():
    explorer = Explorer(lambda factor: degradation_view(3, factor, "area", True), factor=FACTORS)
    assert [value for _, value in explorer.controls["factor"].options] == list(FACTORS)


def test_motion_is_offered_where_it_explains():
    controls = Explorer(degradation_view, **DEGRADATION).controls
    assert [name for name, one in controls.items() if getattr(one, "play", False)] == ["factor"]
    assert control("step", (0, 1), {}).play
    assert not control("seed", (0, 1), {}).play


def test_moving_a_control_redraws_with_alt_text_and_numbers():
    explorer = Explorer(degradation_view, **DEGRADATION, start={"factor": 2, "kernel": "bicubic"})
    before = explorer.screen.value
    explorer.controls["factor"].value = 7
    after = explorer.screen.value
    assert before != after
    assert re.search(r'<img alt="[^"]*x7, bicubic[^"]*" width="\d+" height="\d+"', after)
    assert "low resolution, 4 x 4" in after
    assert "<dt>SSIM</dt>" in after


def test_values_may_come_as_an_array():
    explorer = Explorer(degradation_view, digit=(1,), factor=np.array([2, 4]), kernel=("area",), antialias=(True,))
    assert [name for name, _ in explorer.controls["factor"].options] == ["x2", "x4", "all"]


def test_controls_are_labelled_and_fit_their_values():
    controls = Explorer(degradation_view, **DEGRADATION).controls
    kinds = [Slider] * 3 + [widgets.Checkbox]
    assert all(map(isinstance, controls.values(), kinds))
    assert [control.description for control in controls.values()] == list(DEGRADATION)
    assert controls["factor"].options[1] == ("x2", 2)


def test_the_newest_state_is_shown_last_though_messages_come_on_several_threads():
    begun, go_on = threading.Event(), threading.Event()

    def view(factor):
        if factor == 7:  # takes long
            begun.set()
            go_on.wait(600)
        return degradation_view(3, factor, "area", True)

    explorer = Explorer(view, factor=FACTORS)
    slow, fast = (
        threading.Thread(target=setattr, args=(explorer.controls["factor"], "value", factor)) for factor in (7, 4)
    )
    slow.start()
    begun.wait(600)
    fast.start()
    fast.join(0.5)  # done by then, if it didn't wait
    go_on.set()
    slow.join()
    fast.join()
    assert "x4, area" in explorer.screen.value


def test_an_error_is_shown_beside_the_picture_and_raised():
    def view(factor):
        if factor == 7:
            raise ZeroDivisionError("no <seven>")
        return degradation_view(3, factor, "area", True)

    explorer = Explorer(view, factor=FACTORS)
    with pytest.raises(ZeroDivisionError):
        explorer.controls["factor"].value = 7
    assert 'role="alert"' in explorer.screen.value
    assert "ZeroDivisionError: no &lt;seven&gt;" in explorer.screen.value
    explorer.controls["factor"].value = 2
    assert "alert" not in explorer.screen.value


def test_moves_leave_nothing_behind():
    explorer = Explorer(model_view, **RESTORATION)

    def move(times):
        for i in range(times):
            explorer.controls["digit"].value = i % 10
            explorer.controls["factor"].value = FACTORS[i % 5]

    move(1)
    count = len(widgets.Widget.get_manager_state()["state"])
    move(20)
    assert len(widgets.Widget.get_manager_state()["state"]) == count


def test_alt_text_is_escaped():
    picture = grid([[torch.zeros(28, 28)]], 'a "quoted" <b> & more')
    assert 'alt="a &quot;quoted&quot; &lt;b&gt; &amp; more"' in VIEW.render(view=View(picture, []))


@pytest.mark.parametrize(
    ("view", "arguments", "error", "words"),
    [
        ("bicubic", {"factor": FACTORS}, TypeError, "view must be a function"),
        (degradation_view, {}, ValueError, "choices is empty"),
        (degradation_view, {"factor": ()}, ValueError, "factor has no values"),
        (degradation_view, {"factor": FACTORS, "start": {"kernel": "area"}}, ValueError, "start names"),
        (degradation_view, {"factor": FACTORS, "start": {"factor": 3}}, ValueError, "start of factor"),
        (degradation_view, {"factor": FACTORS, "start": 3}, TypeError, "start must be a dict"),
        (degradation_view, {"factor": 5}, TypeError, "factor must list its values"),
        (lambda factor: "x", {"factor": FACTORS}, TypeError, "view must return a View"),
    ],
)
def test_wrong_arguments(view, arguments, error, words):
    with pytest.raises(error, match=words):
        Explorer(view, **arguments)
