# %% [markdown] slideshow={"slide_type": "slide"}
# # Model or information?
#
# Part I ended with a table: at x2 the model failed, at x14 the information is probably missing. Give the same small
# pictures to better and better methods, each trained for longer and longer, and see where the climb ends; then find out
# whether it ends there because nobody could climb higher.

# %% jupyter={"source_hidden": true} slideshow={"slide_type": "-"}
import torch
from mnist_sr_helpers import downsample, grid, load_digits, psnr, read_digits, rung

train, test = load_digits(), load_digits(split="test")
x = test.images
rungs = ("bicubic", "SimpleSR, enlarge last", "EDSR-like")
y7 = downsample(x, 7)
pictures = [y7, *(rung(name, 7)(y7[:1]) for name in rungs), x]
columns = ["4 x 4 pixels", "bicubic", "SimpleSR", "EDSR-like", "original"]
grid([[picture[0, 0].clamp(0, 1) for picture in pictures]], side=140, columns=columns)

# %% [markdown] slideshow={"slide_type": "notes"}
# Run everything now (Alt+R), if you have not. Ask for a show of hands: is the model to blame, or the data?

# %% [markdown]
# **You will**
# - climb a ladder of fifteen estimators at x2, x4 and x7, from bicubic to a network of 230,000 parameters;
# - find out which helps more, parameters or a wider view;
# - tell apart what a model lacks: digits, steps, or size;
# - bound the error that nobody can avoid, and estimate it at x14;
# - draw a digit of your own and let the ladder restore it.
#
# **You need** lessons [[seeing_the_failure]] and [[averages]]. **Time:** 40 minutes, without what is marked optional.

# %% [markdown]
# ## Fifteen rungs
#
# Each rung is a function from the small picture to an estimate of the digit. *Wide* and *narrow* come later.
#
# | rung | what it is | numbers to learn |
# | --- | --- | --- |
# | bicubic | a fixed formula | 0 |
# | pseudo-inverse | the smallest picture that fits (lesson [[what_is_lost]]) | 0 |
# | linear MMSE | the best formula of the form $W y + b$ | 784 for each low-resolution pixel, and 784 |
# | mean of 10 look-alikes | digits that fit, averaged (lesson [[averages]]) | 0 |
# | article: enlarge first, enlarge last | lesson [[simplesr]], the article's settings | 305; enlarge last 740 to 7,265 |
# | SimpleSR: enlarge first, enlarge last, residual | the same, with other settings | the same |
# | wide, narrow | two variants of SimpleSR: see below | 5,377 and 965 |
# | SRCNN | the first well-known SR network, 2014 | 57,281 |
# | residual MLP | no convolutions: every number is a weighted sum of all | 190,000 to 230,000 |
# | ESPCN | enlarges last, 2016 | 21,000 to 35,000 |
# | EDSR-like | twelve layers with shortcuts, after EDSR, 2017 | 210,000 to 230,000 |
#
# *Linear MMSE* is new: of all estimators that only weigh and add pixels, the one with the *minimum mean squared error*,
# by a closed formula.
#
# All learnt from the same 55,000 digits (the article's from 60,000; look-alikes are searched among the sample's 5,000).
# Each of the other networks was trained anew with twice the passes, again and again, until that gained less than a
# tenth of a decibel on 5,000 held-out digits, or an hour was spent. The course's results page,
# `benchmarks/results/ladder.md`, says how far each has come, and scores all 10,000 test digits, with intervals and
# seeds.

# %% jupyter={"source_hidden": true} slideshow={"slide_type": "slide"}
from mnist_sr_helpers import ask, you_said

options = ["linear MMSE", "SRCNN", "residual MLP", "ESPCN", "EDSR-like", "none"]
question = "At x7 bicubic has 12 dB, SimpleSR's best form 15. Which rung is the first above 18 dB?"
ask("eighteen", question, options)

# %% [markdown] slideshow={"slide_type": "notes"}
# Vote, and press the answer of the majority. The numbers on the next slide are as saved: the rungs take too long before
# a room.

# %% slideshow={"slide_type": "skip", "run": false}
from mnist_sr_helpers import RUNGS, rung, table

factors = (2, 4, 7)
scores, shares, errors = {}, {}, {}
for factor in factors:
    y = downsample(x, factor)
    for name in RUNGS:
        estimate = rung(name, factor)(y).clamp(0, 1)
        errors[name, factor] = (estimate - x).square().mean().item()
        scores[name, factor] = psnr(estimate, x).mean().item()
        shares[name, factor] = (read_digits(estimate) == test.labels).float().mean().item()
controls = ("wide", "narrow")
climb = [name for name in RUNGS if name not in controls]

# %% jupyter={"source_hidden": true} slideshow={"slide_type": "slide", "run": false}
import matplotlib.pyplot as plt
from mnist_sr_helpers import look, to_picture

plt.style.use("mnist_sr_helpers.pictures.course")
figure, axes = plt.subplots(figsize=(7.6, 5.4))
beside = {"textcoords": "offset points", "fontsize": 9}
above, below = ((4, 2), "left", "bottom"), ((0, -4), "center", "top")
for factor in factors:
    values = [scores[name, factor] for name in climb]
    axes.plot(values, range(len(climb)), **look(factor) | {"linestyle": ""}, label=f"x{factor}")
    for row, value in enumerate(values):
        crowded = any(0 < scores[climb[row], other] - value < 0.8 for other in factors)
        where, ha, va = below if crowded else above
        axes.annotate(f"{value:.1f}", (value, row), where, ha=ha, va=va, **beside)
    axes.axvline(values[0], color=look(factor)["color"], linestyle=":", linewidth=1)
axes.set_yticks(range(len(climb)), climb)
title = "From the same pixels: up to 15 dB above bicubic"
axes.set(xlim=(11, 37), xlabel="mean PSNR in dB; dotted: bicubic", title=title)
axes.grid(axis="y", color="#8a8a8a", alpha=0.3)
axes.invert_yaxis()
axes.legend(loc="upper right", title="factor")
result = to_picture(figure)
first = next(name for name in climb if scores[name, 7] > 18)
it_is = f"{first}, with {scores[first, 7]:.1f} dB."
correct = first if first in options else "none"
you_said("eighteen", it_is, result, right=correct)

# %% [markdown] answers="eighteen" claims=["model_or_information.edsr-x2", "model_or_information.edsr-x4", "model_or_information.edsr-x7", "model_or_information.order"] slideshow={"slide_type": "-"}
# **What it shows.** The climb doesn't end at SimpleSR. From the *same* pixels the last rung reaches 35 dB at x2, 27 dB
# at x4 and 21 dB at x7. The gains shrink with the factor. Not every rung is above the one before, and
# which of two is better can change with the factor. **What it doesn't show:** where the climb would end with a still
# larger network: what stands here *can* be done. (Lesson [[averages]] pooled the errors before taking decibels; the
# mean of each digit's PSNR, as here, is a little higher.)

# %% [markdown] slideshow={"slide_type": "notes"}
# Squares are x2, circles x4, triangles x7. Back to the vote: the first triangle beyond 18.

# %% [markdown] slideshow={"slide_type": "slide"}
# ## Look at it

# %% tags=["explorer"] slideshow={"slide_type": "-"}
from mnist_sr_helpers import SHOWN, Explorer, ladder_sheet, ladder_view

Explorer(
    ladder_view,
    digit=range(10),
    factor=(2, 4, 7, 14),
    rung=SHOWN,
    start={"digit": 7, "factor": 7, "rung": "EDSR-like"},
)

# %% [markdown] slideshow={"slide_type": "notes"}
# Tab to rung, then the arrow keys, at x7; then x14, where every rung but bicubic draws a cloud. N leads on.

# %% slideshow={"slide_type": "skip", "run": false}
picture, numbers = ladder_sheet(7)
display(picture, numbers)
read = read_digits(rung("EDSR-like", 14)(downsample(x, 14)).clamp(0, 1)) == test.labels
print(f"of all 1,000 test digits at x14, after EDSR-like: {read.float().mean():.1%} read")

# %% [markdown] claims=["model_or_information.x14"]
# **What it shows.** Rows are rungs, columns factors. At x2 the last rung is hard to tell from the original. At x7 it
# draws a clean digit. At x14, four pixels, the networks draw a soft mixture of many digits, as lesson [[averages]]
# explains. This 7 is still read in some rows; of all 1,000 test digits fewer than half are, even after EDSR-like.
# **What it doesn't show:** whether a clean digit is the *right* one. Compare with the original, and move the digit
# slider to 4 and 9.

# %% [markdown]
# ### Lay one over the other (optional)
#
# Side by side, small differences hide. Lay one picture over the other and move the divider with the mouse, a finger or
# the arrow keys. Then set *right* to the original, at x2 and at x7.

# %%
from mnist_sr_helpers import Wipe

wipe = Wipe()
wipe

# %%
wipe.sheet()

# %% [markdown] slideshow={"slide_type": "slide"}
# ## Parameters or window?
#
# EDSR-like differs from SimpleSR in everything at once. To learn what matters, change little at a time. Two *control*
# rungs do that. Both are residual forms that enlarge first:
#
# - **wide** keeps SimpleSR's window of 5 x 5 pixels, but has a third layer (1 x 1) and 5,377 parameters;
# - **narrow** has a window of 17 x 17. For that it needs eight layers, and with them it has 965 parameters.

# %% [markdown]
# ### Exercise 1: count the window (easy, 5 minutes)
#
# Convolutions with kernels of $k_1, k_2, \ldots$ pixels a side follow one another. How wide is the window that one
# output pixel sees, its *receptive field*? One pixel sees itself; each layer lets it see further, to both sides. Write
# `window(kernels, factor)`: the side in pixels of the *digit*. `factor` is how many of the digit's pixels one pixel of
# the convolutions' grid covers: 1 for networks that enlarge first, the factor for those that enlarge last. A digit has
# 28 pixels a side, so no window is wider. SimpleSR: `window([3, 3], 1)` is 5. (That bicubic has mixed neighbours into
# each enlarged pixel before doesn't count.)


# %% tags=["exercise"]
def window(kernels, factor):
    """Side in pixels of the digit of the window that stacked convolutions see, 28 at most."""
    ### BEGIN SOLUTION
    seen = 1 + sum(kernel - 1 for kernel in kernels)
    return min(28, seen * factor)
    ### END SOLUTION


# %% tags=["check"]
from mnist_sr_helpers import check_window

check_window(window)

# %% jupyter={"source_hidden": true} slideshow={"slide_type": "-"}
options = ["wide: 18 times the parameters", "narrow: 3.4 times the window", "neither does"]
ask("control", "At x4, which beats SimpleSR (residual) by more?", options)

# %% [markdown] slideshow={"slide_type": "notes"}
# Vote. A window of 5 x 5: hold a hand with two fingers apart before a digit.

# %% slideshow={"slide_type": "slide", "run": false}
rows = {"SimpleSR, residual": [305, "5 x 5"], "wide": [5377, "5 x 5"], "narrow": [965, "17 x 17"]}
spreads = []
for name, row in rows.items():
    for factor in factors:
        y = downsample(x, factor)
        outputs = [rung(name, factor, seed=seed)(y).clamp(0, 1) for seed in range(3)]
        each = torch.stack([psnr(output, x).mean() for output in outputs])
        row.append(each.mean())
        spreads.append(each.max() - each.min())
gains = {name: rows[name][3] - rows["SimpleSR, residual"][3] for name in controls}
columns, best = ["parameters", "window", "x2", "x4", "x7"], ["", "", *["high"] * 3]
caption = f"Mean PSNR in dB of 1,000 digits, of three seeds, at most {max(spreads):.2f} dB apart"
result = table(rows, columns, caption=caption, best=best)
better = max(gains, key=gains.get)
it_is = f"at x4 wide gains {gains['wide']:.1f} dB, narrow {gains['narrow']:.1f} dB."
correct = options[2 if gains[better] <= 0 else controls.index(better)]
you_said("control", it_is, result, right=correct)

# %% [markdown] answers="control" claims=["model_or_information.narrow-over-wide", "model_or_information.wide-gain", "model_or_information.wide-gain-x4", "model_or_information.narrow-seeds-x4", "model_or_information.control-x2", "model_or_information.passes"] slideshow={"slide_type": "-"}
# **What it shows.** Both help, and at x4 and x7 the window helps more, though *narrow* has the fewer parameters. At x4
# it gains 3.4 dB on SimpleSR (mean of three seeds), wide 2.6 dB; at x2 their seeds overlap. A stroke is a long thing:
# to know how it goes on, one has to see where it comes from. So SimpleSR, enlarged first, is small in *two* ways, and
# from x4 on mostly short-sighted. Enlarge-last sees nearly everything at x7; what it lacks is layers and parameters.
# **What it doesn't show:** that parameters don't matter: wide gains at every factor, too. And the two differ in depth,
# and in passes: wide had 64, narrow 128, 32 and 64, SimpleSR 64, 4 and 4.

# %% [markdown] slideshow={"slide_type": "notes"}
# Read the column x4 first, and compare with the vote. Exercise 1 takes 5 minutes.

# %%
retrain = False  # True trains narrow at x4 on the sample's 5,000 digits: about half a minute
if retrain:
    from mnist_sr_helpers import Narrow, fit, restore

    torch.manual_seed(0)
    mine = Narrow(4)
    _ = fit(mine, train.images, 4, epochs=5, batch_size=32, learning_rate=1e-2, seed=0)
    estimate = restore(mine, downsample(x, 4)).clamp(0, 1)
    print(f"narrow at x4, trained here: {psnr(estimate, x).mean():.2f} dB")
else:
    print("not retrained: set retrain = True to train narrow yourself")

# %% [markdown] slideshow={"slide_type": "slide"}
# ## Digits, steps or size?
#
# A network that falls short of what is possible may have seen too few *digits* (*estimation* error), been trained for
# too few *steps* (*optimisation*), or be unable to express the best answer at all, however it is trained
# (*approximation*). Each has a cure of its own, so apply them one at a time, at x7: more digits to SimpleSR's residual
# form and to the *middle network* (after EDSR, 52,537 parameters), about 3,000 steps each; and twice the steps to the
# rungs in the table.

# %% jupyter={"source_hidden": true} slideshow={"slide_type": "slide", "run": false}
from mnist_sr_helpers import SIZES, load_experiment, load_results, restore

y7 = downsample(x, 7)
curves = {"SimpleSR, residual (305)": "simplesr", "middle network (52,537)": "middle"}
for label, name in curves.items():
    networks = [load_experiment("sizes", f"{name}_{size}") for size in SIZES]
    estimates = [restore(network, y7).clamp(0, 1) for network in networks]
    curves[label] = [(estimate - x).square().mean().item() for estimate in estimates]
figure, axes = plt.subplots()
axes.axhline(errors["bicubic", 7], **look("bicubic"), label="bicubic")
for (label, curve), method in zip(curves.items(), ("SimpleSR", "middle network"), strict=True):
    axes.plot(SIZES, curve, **look(method), label=label)
axes.axhline(errors["EDSR-like", 7], **look("EDSR-like"), label="EDSR-like (229,537)")
axes.set(
    xscale="log", ylim=(0, None), xlabel="training digits", ylabel="mean squared error",
    title="More digits help the larger network only, x7, 1,000 test digits",
)  # fmt: skip
axes.set_xticks(SIZES, [f"{size:,}" for size in SIZES])
axes.minorticks_off()
axes.legend(fontsize=9)
to_picture(figure)

# %% slideshow={"slide_type": "skip", "run": false}
doubled = {}
for row in load_results("ladder")["rows"]:
    if row.get("doubling") is not None:
        doubled.setdefault(row["estimator"], {})[row["factor"]] = [row["epochs"], row["doubling"]]
rows = {
    name: [part for factor in factors for part in found.get(factor, ["", ""])]
    for name, found in doubled.items()
}
columns = [(f"x{factor}", part) for factor in factors for part in ("passes", "gained, dB")]
caption = "More steps: passes, and what they gained over half as many on 5,000 held-out digits"
table(rows, columns, form=["d", "+.2f"] * len(factors), caption=caption)

# %% [markdown] claims=["model_or_information.curve-simplesr", "model_or_information.curve-middle", "model_or_information.srcnn-twice-x2", "model_or_information.espcn-twice-x2"] slideshow={"slide_type": "-"}
# **What it shows.** At x7 SimpleSR is as good with 500 digits as with 55,000, and twice the steps bring it less than a
# tenth of a dB: it lacks neither digits nor steps. EDSR-like shows that less error is possible, so the gap is mostly
# *approximation*: this form can't express much more. The middle network gains from 500 to 5,000 digits: that was
# estimation. And SRCNN and ESPCN lacked steps: twice as many brought them 0.7 and 0.4 dB at x2. That was
# *optimisation*. **What it doesn't show:** the end: both curves have about 3,000 steps. Lesson
# [[what_a_network_answers]] trains the middle network longer, to less error.

# %% [markdown] slideshow={"slide_type": "notes"}
# Three cures, tried one at a time. Which of them helps SimpleSR?

# %% [markdown] slideshow={"slide_type": "slide"}
# ## What nobody can avoid: bounds
#
# Different digits give the same small picture, and nobody can know which it was. The error that this leaves even to the
# best estimate, the posterior mean of lesson [[averages]], is *irreducible*. Whatever *any* method reaches is possible,
# so the irreducible error is no larger than the best one measured: an *upper bound*. Compare it with bicubic's error,
# and with what there is to know beyond the class: the *variance within the class*, the error of one who knows the class
# and draws its mean.

# %% slideshow={"slide_type": "-", "run": false}
from mnist_sr_helpers import within_class_variance

variance = within_class_variance(x, test.labels)
rows = {}
for factor in (2, 4, 7, 14):
    y = downsample(x, factor)
    bicubic, best = (
        (rung(n, factor)(y).clamp(0, 1) - x).square().mean() for n in ("bicubic", "EDSR-like")
    )
    rows[f"x{factor}"] = [bicubic, best, best / bicubic, best / variance]
columns = ["bicubic's error", "best rung's", "of bicubic's", "of the variance within the class"]
caption = f"Mean squared error, 1,000 test digits; variance within the class: {variance:.4f}"
table(rows, columns, caption=caption, form=[".4f", ".4f", ".0%", ".0%"])

# %% [markdown] claims=["model_or_information.bound-x2", "model_or_information.bound-x7", "model_or_information.within-x7", "model_or_information.within-x14"] slideshow={"slide_type": "-"}
# **What it shows.** At most about 4% of bicubic's squared error at x2 is a limit of the data, and 17% at x7. Beside
# what tells a digit from the mean of its class it is at most 20% at x7; at x14 nearly as much, as the class is in
# doubt, too. **What it doesn't show:** the limit itself. It lies anywhere between zero and these bounds: a better
# network would lower them. (Lesson [[samples]] has one.)

# %% [markdown] slideshow={"slide_type": "notes"}
# Ask why this is a bound and no estimate. Whose limitation is it at x2?

# %% [markdown] slideshow={"slide_type": "slide"}
# ## What nobody can avoid: an estimate at x14
#
# At x14 a digit is four numbers, and among thousands of digits some have nearly the same four. Seen from there, such a
# *neighbour* could as well have been the truth: it stands for a sample of the posterior. Lesson [[averages]] showed
# that a sample has *twice* the squared error of the posterior mean: once its own distance from it, once the truth's.
# The mean of $k$ samples is nearer, at $1/k$ of the squared distance: $1 + 1/k$ times in all. So divide: neighbours'
# error over $1 + 1/k$ estimates the error that nobody can avoid. `neighbour_error` does that. It is right if the
# neighbours are near enough; if they are too far, it comes out too high. How does one tell?

# %% jupyter={"source_hidden": true} slideshow={"slide_type": "-"}
options = [
    "that the estimate is the same for k = 1, 2, 4 and 8",
    "that it no longer falls when more digits are searched",
    "neither is any sign",
]
question = "Search 600, 6,000, 60,000 digits. Which is the better sign that they are near enough?"
ask("neighbours", question, options)

# %% [markdown] slideshow={"slide_type": "notes"}
# Vote. The first answer sounds right, and the next slide shows that it isn't.

# %% jupyter={"source_hidden": true} slideshow={"slide_type": "slide", "run": false}
from mnist_sr_helpers import neighbour_error

full = load_results("trial")["parts"]["irreducible"]  # all of MNIST: 10,000 test digits
figure, axes = plt.subplots(figsize=(7.2, 3.6))
for factor in (14, 7, 4):
    colour = look(factor)["color"]
    sample = [neighbour_error(x, train.images[::step], factor).mean() for step in (100, 10, 1)]
    axes.plot((50, 500, 5000), sample, **look(factor), markerfacecolor="none")
    found = [full[f"x{factor}, {size} digits, k = 1"]["error"] for size in (600, 6000, 60000)]
    axes.plot((600, 6000, 60000), found, **look(factor), label=f"x{factor}")
    best = full[f"x{factor}, EDSR-like"]["error"]
    axes.axhline(best, color=colour, linewidth=0.8)
    words = f"EDSR-like, x{factor}"
    axes.annotate(words, (50, best), (-4, 3), textcoords="offset points", fontsize=10)
axes.set(
    xscale="log",
    ylim=(0, None),
    xlabel="digits searched (hollow: the sample, filled: all of MNIST)",
    ylabel="nearest neighbour's\nsquared error / 2",
    title="It falls little at x14, and much at x7 and x4",
)
axes.legend(title="factor", ncols=3, loc="upper right", bbox_to_anchor=(1, 0.86))
result = to_picture(figure)
rows = {}
for factor in (7, 14):
    each = [full[f"x{factor}, 60000 digits, k = {k}"] for k in (1, 2, 4, 8)]
    rows[f"x{factor}"] = [one["error"] for one in each] + [full[f"x{factor}, EDSR-like"]["error"]]
columns = ["k = 1", "k = 2", "k = 4", "k = 8", "EDSR-like"]
caption = "Error of the mean of k neighbours over 1 + 1/k, among 60,000; 10,000 test digits"
more = table(rows, columns, form=".4f", caption=caption)
best, flat = rows["x7"][4], rows["x7"][3]  # flat in k, and yet
it_is = "that more digits change little; flat in k it is at x7, too, and wrong."
correct = options[1] if best < 0.8 * flat else options[0]
you_said("neighbours", it_is, result, more, right=correct)

# %% [markdown] answers="neighbours" claims=["model_or_information.neighbours-x14", "model_or_information.neighbours-edsr", "model_or_information.neighbours-flat", "model_or_information.neighbours-x7", "model_or_information.neighbours-falls", "model_or_information.neighbours-levels", "model_or_information.neighbours-slows", "model_or_information.neighbours-share"] slideshow={"slide_type": "-"}
# **What it shows.** At x14 the curve falls little, by 2.3% and then 1.5% for ten times the digits, to 0.0504
# (bootstrap: 0.0497 to 0.0511), and no estimator is below it: EDSR-like stands on it. Of bicubic's error about 53% is
# the data's: here the article's "limitation" is real. At x7 the same curve goes on falling, 17 to 21% each time, and
# EDSR-like is far below: there the estimate fails. Being flat in $k$ it would have passed, nearly twice too high.
#
# **What it doesn't show:** certainty. Ten times the digits may take off another percent, which that interval doesn't
# hold. Both numbers tend to be too high, by far neighbours, and by what EDSR-like, trained to its end, can't do; so
# their agreement alone proves no more than a bound. What makes it an estimate is how little it falls, and the
# assumption that the posterior changes smoothly with the four numbers.

# %% [markdown] slideshow={"slide_type": "notes"}
# Follow the curve of x14, then that of x7. What would one have believed at x7 from the table alone?

# %% [markdown] slideshow={"slide_type": "slide"}
# ## Three parts of an error, exactly (optional)
#
# Whatever a method gets wrong comes from one of three places:
#
# - **irreducible**: different digits give the same small picture. Nobody can know which it was; the best estimate,
#   the posterior mean of lesson [[averages]], has this error, and no estimate has less;
# - **approximation**: the best estimate is not among those that the model can express, however it is trained;
# - **estimation**, here with optimisation: the model could do better, but saw too few digits, or wasn't trained well
#   enough.
#
# Can they be told apart? In lesson [[averages]]'s *known world*, yes, exactly: there the posterior mean is known. Take
# linear estimators, for which the best of the kind is known, too.

# %% [markdown] slideshow={"slide_type": "notes"}
# Ask for the cure of each part: none, a larger model, more digits.

# %% slideshow={"slide_type": "skip", "run": false}
from mnist_sr_helpers import linear_mmse, observe, posterior_mean, posterior_weights

factor, sigma = 7, 0.05  # truth: one of these 5,000 digits; seen: x7, with noise
world = train.images
y = observe(world, factor, sigma)
weights = posterior_weights(y, world, factor, sigma)
least = (posterior_mean(weights, world) - world).square().mean().item()


def expected_error(linear):
    """Mean squared error of a linear estimator over all digits of the world and all noise."""
    # An estimate is a sum of y's numbers, each times a weight. Noise of standard deviation sigma
    # on each of them adds sigma**2 times the sum of the squared weights to the squared error.
    without_noise = (linear(downsample(world, factor)) - world).square().mean().item()
    return without_noise + sigma**2 * linear.weight.square().sum().item() / 784


# ridge steadies the formula; with ridge = sigma**2, the noise, it is exact in this world.
best = expected_error(linear_mmse(world, downsample(world, factor), ridge=sigma**2))
generator = torch.Generator().manual_seed(0)
sizes = (30, 100, 300, 1000)
mse = []
for size in sizes:
    trials = []
    for _ in range(10):
        some = world[torch.randperm(len(world), generator=generator)[:size]]
        linear = linear_mmse(some, downsample(some, factor), ridge=sigma**2)
        trials.append(expected_error(linear))
    mse.append(sum(trials) / len(trials))
mse = torch.tensor(mse)
best, least = torch.full_like(mse, best), torch.full_like(mse, least)
print(f"least possible {least[0]:.4f}, best linear {best[0]:.4f}")
columns = [f"{n:,} digits" for n in sizes]
table({"linear, fitted to": mse}, columns, caption="Mean squared error, known world", form=".4f")

# %% jupyter={"source_hidden": true} slideshow={"slide_type": "slide", "run": false}
figure, axes = plt.subplots()
rows = range(len(sizes))
bars = (
    ("irreducible", least, "#2b6cb0", ""),
    ("approximation", best - least, "none", "///"),
    ("estimation", mse - best, "#c05a00", ".."),
)
left = torch.zeros(len(sizes))
for name, widths, colour, hatch in bars:
    axes.barh(rows, widths, left=left, label=name, color=colour, hatch=hatch, edgecolor="#010101")
    left = left + widths
axes.set_yticks(rows, [f"{size} digits" for size in sizes])
axes.set(
    xlabel="mean squared error, known world, x7, sigma 0.05",
    title="Linear estimators: where their error comes from",
)
axes.invert_yaxis()
axes.legend(loc="upper center", bbox_to_anchor=(0.5, -0.28), ncols=3)
to_picture(figure)

# %% [markdown] claims=["model_or_information.split-approximation", "model_or_information.split-estimation-30", "model_or_information.split-estimation-1000"] slideshow={"slide_type": "-"}
# **What it shows.** With 30 digits a quarter of the error is estimation; with 1,000 digits next to nothing is left of
# it. The approximation part stays: it is larger than the irreducible one, and no amount of digits helps a linear
# method. **What it doesn't show:** the split for real digits, where the truth isn't one of 5,000 and no posterior is
# known.

# %% [markdown] slideshow={"slide_type": "notes"}
# Which part shrinks with more digits, which stays?

# %% [markdown] claims=["model_or_information.edsr-read-x7", "model_or_information.bicubic-read-x7"] slideshow={"slide_type": "slide"}
# ## Is information made? (optional)
#
# After EDSR-like the classifier reads 97 of 100 digits at x7, after bicubic fewer than a third. Did the network *add*
# information about the digit? It can't: whatever it draws, it computes from the 16 pixels. (This is the *data
# processing inequality*.) The classifier knows sharp digits only. Another one learnt from 55,000 *small* digits, as
# they are: at x7 it gets the 16 numbers. Let it read them.

# %% slideshow={"slide_type": "-", "run": false}
from mnist_sr_helpers import load_low_reader

small = []
for factor in factors:
    with torch.no_grad():
        right = load_low_reader(factor)(downsample(x, factor)).argmax(1) == test.labels
    small.append(right.float().mean())
rows = {
    "reader of digits, after bicubic": [shares["bicubic", factor] for factor in factors],
    "reader of digits, after EDSR-like": [shares["EDSR-like", factor] for factor in factors],
    "reader of small digits": small,
}
table(rows, ["x2", "x4", "x7"], caption="Share of 1,000 test digits read", form=".1%")

# %% [markdown] claims=["model_or_information.small-reader", "model_or_information.edsr-read-x7", "model_or_information.bicubic-read-x7"] slideshow={"slide_type": "-"}
# **What it shows.** A reader that knows small digits reads nearly as many of them, with no restoration at all: within
# two in 100. (What EDSR-like is ahead is no new information: this reader is small and not the best there could be.)
# The information was there all along; super-resolution brings it into a form that others can use: readers of sharp
# digits, and people. **What it doesn't show:** that this is worthless. You are a reader of sharp digits, too.

# %% [markdown] slideshow={"slide_type": "notes"}
# Ask before you point: where did the network take it from? Then compare the last two rows at x7.

# %% [markdown]
# ## Draw your own
#
# Draw a digit on the black field with the mouse, a pen or a finger; without one, choose a sample digit with the slider
# *digit*. It is scaled and centred as MNIST's own are, made small and restored, and the classifier reads each
# restoration. A percentage, where it is not sure, is the classifier's own confidence, not a measured frequency. *right*
# and *down* move the digit away from where the networks have always seen it.

# %%
from mnist_sr_helpers import DigitPad

pad = DigitPad()
pad

# %%
pad.sheet()

# %% [markdown]
# If the classifier misreads your original, no restoration is to blame. Then try something that is no digit, a letter
# or a star. Does it come back at x2? And at x7? Think of lesson [[what_is_lost]]'s photographs before you look.

# %% [markdown]
# ## The case file

# %% slideshow={"slide_type": "skip", "run": false}
from mnist_sr_helpers import case_file

my_factor = 7
case_file(my_factor, "model_or_information")

# %% [markdown] claims=["model_or_information.case"]
# **What it shows.** The largest gain of any method at x7: a larger model, trained longer, adds 5.4 dB to
# SimpleSR's best form. What is left above it holds whatever is irreducible.

# %% [markdown] claims=["model_or_information.gain-x2", "model_or_information.gain-x4", "model_or_information.gain-x7", "model_or_information.bound-x2", "model_or_information.bound-x7", "model_or_information.neighbours-share"] slideshow={"slide_type": "slide"}
# ## What we found
# - From the same pixels, as floats, a network of 210,000 to 230,000 parameters gains 15 dB on bicubic at x2, 12 dB at
#   x4 and 8 dB at x7.
# - At x4 and x7 a wider window helps SimpleSR more than more parameters do. At x7 it lacks neither digits nor steps.
# - At most about 4% of bicubic's error at x2 is irreducible, 17% at x7. At x14 an estimated 53% is: there the data are
#   the limit.

# %% [markdown] slideshow={"slide_type": "notes"}
# Model or information? Ask for one sentence each on x2, x7 and x14.

# %% [markdown]
# ## On your own (optional)
# - Which digits does EDSR-like get wrong at x7? Draw the twenty worst, with their look-alikes of lesson [[averages]].
# - Give *narrow* more channels, `Narrow(4, channels=8)`, train it with `fit`, and find out what the window is worth
#   then.
#
# ## Further reading
# - C. Dong et al., [*Image super-resolution using deep convolutional networks*](https://arxiv.org/abs/1501.00092),
#   IEEE TPAMI 2016: SRCNN.
# - W. Shi et al., [*Real-time single image and video super-resolution*](https://arxiv.org/abs/1609.05158), CVPR 2016:
#   ESPCN.
# - B. Lim et al., [*Enhanced deep residual networks for single image
#   super-resolution*](https://arxiv.org/abs/1707.02921), CVPR 2017 workshops: EDSR.
# - T. Hastie, R. Tibshirani, J. Friedman, [*The elements of statistical
#   learning*](https://hastie.su.domains/ElemStatLearn/), chapter 7: the parts of an error.
#
# Next: [[next]]: other degradations, and the article's own proposal, augmentation.
# Previous: [[previous]].
