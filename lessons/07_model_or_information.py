# %% [markdown] slideshow={"slide_type": "slide"}
# # Model or information?
#
# So far SimpleSR has failed, and downsampling has been shown to lose something. Is the one the reason for the other?
# The article says so: it calls the failure "an inherent limitation" of the data. There is one way to find out. Give
# the same small pictures to better and better methods, and see where the climb ends.
#
# **You will**
# - climb a ladder of thirteen estimators at x2, x4 and x7, from bicubic to a network of 230,000 parameters;
# - find out which helps more, parameters or a wider view;
# - split an error into three parts: a model too small, too little data, and what nobody can know;
# - bound the article's "inherent limitation" by a number;
# - draw a digit of your own and let the ladder restore it.
#
# **You need** lessons [[seeing_the_failure]] and [[averages]]. **Time:** 30 minutes.

# %% [markdown] slideshow={"slide_type": "notes"}
# Run everything now (Alt+R), if you have not. Ask for a show of hands: is the model to blame, or the data?

# %%
import torch
from mnist_sr_helpers import downsample, load_digits, psnr, read_digits

train, test = load_digits(), load_digits(split="test")
x = test.images
print("test digits", tuple(x.shape), "none of them was used to train any rung")

# %% [markdown]
# ## Thirteen rungs
#
# Each rung is a function from the small picture to an estimate of the digit. *Wide* and *narrow* wait for the section
# *Parameters or window?*; the other eleven come first.
#
# | rung | what it is | numbers to learn | learnt from |
# | --- | --- | --- | --- |
# | bicubic | a fixed formula | 0 | nothing |
# | pseudo-inverse | the smallest picture that fits (lesson [[what_is_lost]]) | 0 | nothing |
# | linear MMSE | the best formula of the form $W y + b$ | 784 for each low-resolution pixel, and 784 | 5,000 digits |
# | mean of 10 look-alikes | digits that fit, averaged (lesson [[averages]]) | 0 | 5,000 digits |
# | SimpleSR: enlarge first, enlarge last, residual | lesson [[simplesr]] | 305; enlarge last 740 to 7,265 | 5,000 digits |
# | wide, narrow | two variants of SimpleSR: see below | 5,377 and 965 | 5,000 digits |
# | SRCNN | the first well-known SR network, 2014 | 57,281 | 55,000 digits |
# | residual MLP | no convolutions: every number is a weighted sum of all | 190,000 to 230,000 | 55,000 digits |
# | ESPCN | enlarges last, 2016 | 21,000 to 35,000 | 55,000 digits |
# | EDSR-like | eleven layers with shortcuts, after EDSR, 2017 | 210,000 to 230,000 | 55,000 digits |
#
# *Linear MMSE* is new: of all estimators that only weigh and add pixels, the one with the least mean squared error.
# It has a closed formula and needs no training loop. MMSE stands for *minimum mean squared error*.
#
# Before you climb, two predictions.

# %% slideshow={"slide_type": "slide"}
from mnist_sr_helpers import ask, you_said

ask(
    "limit",
    "At x2 bicubic has 20 dB and SimpleSR 25 dB. How high does the last rung get, from the same "
    "14 x 14 pixels?",
    [
        "about 25 dB: the limit is in the data",
        "about 28 dB",
        "about 31 dB",
        "about 34 dB",
    ],
)

# %% [markdown] slideshow={"slide_type": "notes"}
# Vote, and press the answer of the majority. Bicubic and SimpleSR are known from lesson [[simplesr]].

# %% slideshow={"slide_type": "slide"}
ask(
    "seven",
    "Sevens at x7, 4 x 4 pixels: go down the list. After which rung does the classifier read more "
    "than 80 in 100 of them for the first time?",
    ["linear MMSE", "SimpleSR, enlarge last", "SRCNN", "residual MLP", "EDSR-like", "none"],
)

# %% [markdown] slideshow={"slide_type": "notes"}
# Vote again. The numbers on the next slide are as saved: the rungs take too long before a room.

# %% [markdown]
# Now climb. (The rungs come trained; on two cores this takes some seconds.)

# %% slideshow={"slide_type": "skip", "run": false}
from mnist_sr_helpers import RUNGS, rung, table

factors = (2, 4, 7)
scores, shares, sevens, errors = {}, {}, {}, {}
for factor in factors:
    y = downsample(x, factor)
    for name in RUNGS:
        estimate = rung(name, factor)(y).clamp(0, 1)
        read = read_digits(estimate) == test.labels
        scores[name, factor] = psnr(estimate, x).mean().item()
        shares[name, factor] = read.float().mean().item()
        sevens[name, factor] = read[test.labels == 7].float().mean().item()
        errors[name, factor] = (estimate - x).square().mean().item()

controls = ("wide", "narrow")
climb = [name for name in RUNGS if name not in controls]
rows = {name: [] for name in climb}
for name, row in rows.items():
    for factor in factors:
        row += [scores[name, factor], shares[name, factor]]
    row.append(sevens[name, 7])
columns = [(f"x{factor}", what) for factor in factors for what in ("PSNR", "read")]
columns.append(("x7", "sevens read"))
caption = "Mean PSNR in dB, and share read by the classifier, of 1,000 test digits"
table(rows, columns, caption=caption, form=[".2f", ".1%"] * 3 + [".0%"], best="high")

# %% slideshow={"slide_type": "slide", "run": false}
import matplotlib.pyplot as plt
from mnist_sr_helpers import to_picture

figure, axes = plt.subplots(figsize=(8.4, 5.2), layout="constrained")
for factor, marker, colour in ((2, "o", "#225588"), (4, "s", "#bb5500"), (7, "^", "black")):
    values = [scores[name, factor] for name in climb]
    axes.plot(values, range(len(climb)), marker, color=colour, markersize=8, label=f"x{factor}")
    axes.axvline(values[0], color=colour, linestyle=":", linewidth=1.5)
axes.set_yticks(range(len(climb)), climb)
axes.set(
    xlabel="mean PSNR in dB, 1,000 test digits, clipped; dotted: bicubic",
    title="The ladder: antialiased bicubic low resolution at x2, x4, x7",
)
axes.grid(axis="y", color="#dddddd")
axes.invert_yaxis()
axes.legend(loc="upper right", title="factor")
axes.spines[["top", "right"]].set_visible(False)
to_picture(
    figure,
    "Eleven estimators from top to bottom, a circle for x2, a square for x4 and a triangle for "
    "x7 each. At every factor the last, EDSR-like, lies far to the right of bicubic: about 14 dB "
    "at x2, 12 at x4 and 8 at x7.",
)

# %% slideshow={"slide_type": "skip", "run": false}
you_said("limit", f"{scores['EDSR-like', 2]:.1f} dB, mean PSNR of 1,000 test digits.")
first = next(name for name in climb if sevens[name, 7] > 0.8)
you_said("seven", f"{first}, with {sevens[first, 7]:.0%} of the sevens.")

# %% [markdown] claims=["model_or_information.edsr-x2", "model_or_information.edsr-x4", "model_or_information.edsr-x7", "model_or_information.edsr-read-x7", "model_or_information.bicubic-read-x7", "model_or_information.order"] slideshow={"slide_type": "-"}
# **What it shows.** The climb doesn't end at SimpleSR. From the *same* pixels the last rung reaches 34 dB at x2, 26
# dB at x4 and 20 dB at x7. At x7, where bicubic leaves 30% of the digits readable, 96% are read. The gains shrink
# with the factor: x7 is not x2. Not every rung is above the one before, and which of two is better can change with
# the factor. **What it doesn't show:** where the climb would end with a still larger network. What stands here is
# what *can* be done, a lower bound on quality. (Lesson [[averages]] pooled the errors before taking decibels; the mean of each
# digit's PSNR, as here, is a little higher.)

# %% [markdown] slideshow={"slide_type": "notes"}
# Circles are x2, squares x4, triangles x7. Back to the first vote: read the lowest circle. The answer on sevens
# stands in the notebook.

# %% [markdown]
# On all 10,000 test digits of MNIST, with intervals, three seeds of the small networks, and what each costs to train:
# see the course's results page, `benchmarks/results/ladder.md`.

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
# Tab to rung, then the arrow keys, at x7; then x14, where every rung draws a cloud. N leads on.

# %% slideshow={"slide_type": "skip", "run": false}
picture, numbers = ladder_sheet(7)
display(picture, numbers)
read = read_digits(rung("EDSR-like", 14)(downsample(x, 14)).clamp(0, 1)) == test.labels
print(f"of all 1,000 test digits at x14, after EDSR-like: {read.float().mean():.1%} read")

# %% [markdown] claims=["model_or_information.x14"]
# **What it shows.** Rows are rungs, columns factors. At x2 the last rung is hard to tell from the original. At x7 it
# draws a clean digit. At x14, four pixels, every rung draws a soft mixture of many digits, as lesson [[averages]] explains.
# This 7 is still read in some rows; of all 1,000 test digits fewer than half are, even after EDSR-like. **What it
# doesn't show:** whether a clean digit is the *right* one. Compare with the original, pixel by pixel, and move the
# digit slider to 4 and 9.

# %% [markdown] slideshow={"slide_type": "slide"}
# ## Parameters or window?
#
# EDSR-like differs from SimpleSR in everything at once. To learn what matters, change little at a time. Two *control*
# rungs do that. Both are residual forms that enlarge first, trained on the same 5,000 digits, in the same way:
#
# - **wide** keeps SimpleSR's window of 5 x 5 pixels and its two layers, but has 5,377 parameters instead of 305;
# - **narrow** has a window of 17 x 17. For that it needs eight layers, and with them it has 965 parameters.

# %% [markdown]
# ### Exercise 1: count the window (easy, 5 minutes)
#
# Convolutions with kernels of $k_1, k_2, \ldots$ pixels a side follow one another. How wide is the window that one
# output pixel sees, its *receptive field*? One pixel sees itself; each layer lets it see further, to both sides.
# Write `window(kernels, factor)`: the side in pixels of the *digit*. `factor` is how many of the digit's pixels one
# pixel of the convolutions' grid covers: 1 for networks that enlarge first, the factor for those that enlarge last. A
# digit has 28 pixels a side, so no window is wider. SimpleSR: `window([3, 3], 1)` is 5.


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

# %% slideshow={"slide_type": "-"}
ask(
    "control",
    "At x4, which beats SimpleSR (residual) by more?",
    ["wide: 18 times the parameters", "narrow: 3.4 times the window", "neither does"],
)

# %% [markdown] slideshow={"slide_type": "notes"}
# Vote. A window of 5 x 5: hold a hand with two fingers apart before a digit.

# %% slideshow={"slide_type": "slide", "run": false}
rows = {"SimpleSR, residual": [305, "5 x 5"], "wide": [5377, "5 x 5"], "narrow": [965, "17 x 17"]}
for name, row in rows.items():
    row += [scores[name, factor] for factor in factors]
gains = {name: scores[name, 4] - scores["SimpleSR, residual", 4] for name in controls}
columns = ["parameters", "window", "x2", "x4", "x7"]
table(rows, columns, caption="Mean PSNR in dB of 1,000 test digits", best=["", "", *["high"] * 3])

# %% slideshow={"slide_type": "skip", "run": false}
you_said("control", f"at x4 wide gains {gains['wide']:.1f} dB, narrow {gains['narrow']:.1f} dB.")

# %% [markdown] claims=["model_or_information.narrow-over-wide", "model_or_information.wide-gain", "model_or_information.wide-gain-x4", "model_or_information.narrow-gain-x4", "model_or_information.control-x2"] slideshow={"slide_type": "-"}
# **What it shows.** Both help, and at x4 and x7 the window helps more, though *narrow* has the fewer parameters. At
# x4 it gains 2.6 dB on SimpleSR, wide 1 dB. At x2 the two are about equal, and which is ahead depends on the seed
# (the results page lists three of each). A stroke is a long thing: to know how it goes on, one has to see where it
# comes from. So SimpleSR, enlarged first, is small in *two* ways, and mostly it is short-sighted. Enlarge-last sees
# nearly everything at x7; what it lacks is layers and parameters. **What it doesn't show:** that parameters don't
# matter: wide gains at every factor, too. And the two differ in depth; a deeper network is also harder to train.

# %% [markdown] slideshow={"slide_type": "notes"}
# Read the column x4 first, and compare with the vote. Exercise 1 takes 5 minutes.

# %%
retrain = False  # True trains narrow at x4 again, as it was trained: about half a minute
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
# ## Three parts of an error
#
# Whatever a method gets wrong comes from one of three places:
#
# - **irreducible**: different digits give the same small picture. Nobody can know which it was; the best estimate,
#   the posterior mean of lesson [[averages]], has this error, and no estimate has less;
# - **approximation**: the best estimate is not among those that the model can express, however it is trained;
# - **estimation**: the model could do better, but saw too few digits, or wasn't trained well enough.
#
# Each has a cure of its own: for the last one more digits, for the second a larger model, for the first none. Can
# they be told apart? In lesson [[averages]]'s *known world*, yes, exactly: there the posterior mean is known. Take linear
# estimators, for which the best of the kind is known, too.

# %% [markdown] slideshow={"slide_type": "notes"}
# Ask for the cure of each part before you read the last line.

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
best = expected_error(linear_mmse(world, factor, ridge=sigma**2))
generator = torch.Generator().manual_seed(0)
sizes = (30, 100, 300, 1000)
mse = []
for size in sizes:
    trials = []
    for _ in range(10):
        some = world[torch.randperm(len(world), generator=generator)[:size]]
        trials.append(expected_error(linear_mmse(some, factor, ridge=sigma**2)))
    mse.append(sum(trials) / len(trials))
mse = torch.tensor(mse)  # (4,); so that exercise 2 can work on them
best, least = torch.full_like(mse, best), torch.full_like(mse, least)
print(f"least possible {least[0]:.4f}, best linear {best[0]:.4f}")
columns = [f"{n:,} digits" for n in sizes]
table({"linear, fitted to": mse}, columns, caption="Mean squared error, known world", form=".4f")

# %% [markdown]
# ### Exercise 2: the three parts (medium, 5 minutes)
#
# `mse` holds the errors of several estimators of one kind, `best` the error of the best of that kind, `least` the
# error of the posterior mean; all are tensors of shape (N,). Write `parts(mse, best, least)`: irreducible,
# approximation and estimation error in this order, as a tensor of shape (3, N). Each column adds up to the
# estimator's error. With the names of the cell above, `parts(mse, best, least)` then gives the bars of the next
# figure.


# %% tags=["exercise"]
def parts(mse, best, least):
    """Irreducible, approximation and estimation error: three tensors (N,) to (3, N)."""
    ### BEGIN SOLUTION
    return torch.stack([least, best - least, mse - best])
    ### END SOLUTION


# %% tags=["check"]
from mnist_sr_helpers import check_parts

check_parts(parts)

# %% slideshow={"slide_type": "slide", "run": false}
figure, axes = plt.subplots(figsize=(8.2, 3.2), layout="constrained")
rows = range(len(sizes))
bars = (
    ("irreducible", least, "#225588", ""),
    ("approximation", best - least, "#dddddd", "///"),
    ("estimation", mse - best, "#bb5500", ".."),
)
left = torch.zeros(len(sizes))
for name, widths, colour, hatch in bars:
    axes.barh(rows, widths, left=left, label=name, color=colour, hatch=hatch, edgecolor="black")
    left = left + widths
axes.set_yticks(rows, [f"{size} digits" for size in sizes])
axes.set(
    xlabel="mean squared error, known world, x7, sigma 0.05",
    title="Linear estimators: where their error comes from",
)
axes.invert_yaxis()
axes.legend(loc="upper center", bbox_to_anchor=(0.5, -0.28), ncols=3, frameon=False)
axes.spines[["top", "right"]].set_visible(False)
to_picture(
    figure,
    "Four stacked bars, for linear estimators fitted to 30, 100, 300 and 1,000 digits. The "
    "irreducible and the hatched approximation part are the same in all; the dotted estimation "
    "part shrinks from a quarter of the bar to almost nothing.",
)

# %% [markdown] claims=["model_or_information.split-approximation", "model_or_information.split-estimation-30", "model_or_information.split-estimation-1000"] slideshow={"slide_type": "-"}
# **What it shows.** With 30 digits a quarter of the error is estimation; with 1,000 digits next to nothing is left of
# it. The approximation part stays: it is larger than the irreducible one, and no amount of digits helps a linear
# method. **What it doesn't show:** the split for real digits, where the truth isn't one of 5,000 and no posterior is
# known.

# %% [markdown] slideshow={"slide_type": "notes"}
# Which part shrinks with more digits, which stays? Exercise 2 takes 5 minutes.

# %% [markdown]
# ## On real digits: learning curves
#
# There, half of one part can still be seen: estimation for want of digits, by giving more. Two networks at x7, each
# trained about 3,000 steps on 500 to 55,000 digits: SimpleSR's residual form, and the *middle* network of lesson [[averages]]
# (52,537 parameters; there it took 790 steps, so its error was larger).

# %% slideshow={"slide_type": "skip", "run": false}
from mnist_sr_helpers import SIZES, load_experiment, restore

y7 = downsample(x, 7)
curves = {"simplesr": [], "middle": []}
for name, curve in curves.items():
    for size in SIZES:
        estimate = restore(load_experiment("sizes", f"{name}_{size}"), y7).clamp(0, 1)
        curve.append((estimate - x).square().mean().item())
best_found = errors["EDSR-like", 7]

figure, axes = plt.subplots(figsize=(8.2, 3.8), layout="constrained")
axes.axhline(errors["bicubic", 7], color="black", linestyle="--", label="bicubic")
axes.plot(SIZES, curves["simplesr"], "s:", color="#bb5500", label="SimpleSR, residual (305)")
axes.plot(SIZES, curves["middle"], "o-", color="#225588", label="middle network (52,537)")
axes.axhline(
    best_found, color="#888888", linestyle="-.", label="EDSR-like, 55,000 digits (229,537)"
)
axes.set(
    xscale="log",
    ylim=(0, None),
    xlabel="training digits",
    ylabel="mean squared error",
    title="Learning curves at x7, 1,000 test digits, clipped",
)
axes.set_xticks(SIZES, [f"{size:,}" for size in SIZES])
axes.minorticks_off()
axes.legend(fontsize=9)
axes.spines[["top", "right"]].set_visible(False)
display(
    to_picture(
        figure,
        "Mean squared error against the number of training digits. SimpleSR's dotted curve is "
        "flat, just below the dashed line of bicubic; the middle network's curve falls up to 5,000 "
        "digits, then stays flat, well above the dash-dotted line of EDSR-like.",
    )
)
columns = [f"{n:,} digits" for n in SIZES]
table(curves, columns, caption="Mean squared error at x7, 1,000 test digits, clipped", form=".4f")

# %% [markdown] claims=["model_or_information.curve-simplesr", "model_or_information.curve-middle", "model_or_information.curve-flat", "model_or_information.curve-above"]
# **What it shows.** SimpleSR is as good with 500 digits as with 55,000: its trouble is not a want of digits. The
# middle network's error falls by 28% from 500 to 5,000 digits: that was estimation. Then, in 3,000 steps, more digits
# bring nothing. EDSR-like, whose error is 40% smaller, has a larger model and a longer training (12,900 steps).
# **What it doesn't show:** which of these two helped, and whether more digits would bring something in more steps.
# And the end of a flat curve is the end for *this* network, not for all.

# %% [markdown] slideshow={"slide_type": "slide"}
# ## How much is irreducible, at most?
#
# Whatever *any* method reaches is possible, so the irreducible error can't be larger than the best one measured: an
# *upper bound*. The error itself stays unknown: nobody knows the posterior of real digits.

# %% slideshow={"slide_type": "-", "run": false}
rows = {}
for factor in factors:
    bicubic, best_rung = errors["bicubic", factor], errors["EDSR-like", factor]
    simple = min(errors[name, factor] for name in RUNGS if "SimpleSR" in name)
    rows[f"x{factor}"] = [bicubic, simple, best_rung, best_rung / bicubic, best_rung / simple]
columns = [("mean squared error", name) for name in ("bicubic", "SimpleSR", "best rung")]
columns += [("irreducible, at most", whose) for whose in ("of bicubic's", "of SimpleSR's")]
caption = "1,000 test digits, clipped"
table(rows, columns, caption=caption, form=[".4f", ".4f", ".4f", ".0%", ".0%"])

# %% [markdown] claims=["model_or_information.bound-x2", "model_or_information.removed-x2", "model_or_information.bound-x4", "model_or_information.bound-x7", "model_or_information.bound-simple-x2", "model_or_information.bound-simple-x4", "model_or_information.bound-simple-x7"] slideshow={"slide_type": "-"}
# **What it shows.** At x2 about 4% of bicubic's squared error, at most, is a limit of the data; 96% was there to be
# removed, and has been. At x4 the bound is 7%, at x7 18%. Of the error of SimpleSR, in the best of its forms, it is
# 15% at x2, 17% at x4 and 30% at x7. So "an inherent limitation", the article's claim f, is true of the smaller part
# at every factor, and of next to nothing at x2. **What it doesn't show:** the true limit. It lies somewhere between
# zero and these bounds.

# %% [markdown] slideshow={"slide_type": "notes"}
# Ask why this is a bound and no estimate. Then claim f: whose limitation is it at x2?

# %% [markdown]
# Can the curve tell? One may fit $a + b\,n^{-c}$ to the middle network's curve and read off $a$, the error with
# endlessly many digits. That is an *estimate*, resting on a formula that nobody has proved:

# %% slideshow={"slide_type": "skip", "run": false}
n, measured = torch.tensor(SIZES, dtype=torch.float64), torch.tensor(curves["middle"]).double()
fits = []
for c in torch.arange(0.05, 2, 0.01):  # for each exponent the best a and b, by least squares
    columns = torch.stack([torch.ones(len(SIZES), dtype=torch.float64), n**-c], 1)
    solution = torch.linalg.lstsq(columns, measured[:, None]).solution
    fits.append(
        ((columns @ solution - measured[:, None]).square().sum().item(), c.item(), solution)
    )
_, c, solution = min(fits, key=lambda fit: fit[0])
print(f"estimate: {solution[0].item():.4f} + {solution[1].item():.3f} n^-{c:.2f}")
print(f"the middle network with endlessly many digits: {solution[0].item():.4f} (an estimate)")
print(f"EDSR-like, measured: {best_found:.4f}")

# %% [markdown] claims=["model_or_information.extrapolation"]
# **What it shows.** The estimate lies about 64% *above* what another network has already reached. Taken for the
# irreducible error, it would have been wrong: a learning curve tells where one model is heading, not where the limit
# is. **What it doesn't show:** anything certain even of this model: five points, three numbers fitted to them.

# %% [markdown] claims=["model_or_information.edsr-read-x7", "model_or_information.bicubic-read-x7"] slideshow={"slide_type": "slide"}
# ## Is information made?
#
# After EDSR-like the classifier reads 96 of 100 digits at x7, after bicubic fewer than a third. Did the network *add*
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
# one in 100. (What EDSR-like is ahead is no new information: this reader is small and not the best there could be.)
# The information was there all along; super-resolution brings it into a form that others can use: readers of sharp
# digits, and people. **What it doesn't show:** that this is worthless. You are a reader of sharp digits, too.

# %% [markdown] slideshow={"slide_type": "notes"}
# Ask before you point: where did the network take it from? Then compare the last two rows at x7.

# %% [markdown]
# ## Draw your own
#
# Draw a digit on the black field with the mouse, a pen or a finger; without one, choose a sample digit with the
# slider *digit*. It is scaled and centred as MNIST's own are, made small and restored, and the classifier reads each
# restoration. The percentage is the classifier's own confidence, not a measured frequency. *right* and *down* move
# the digit away from where the networks have always seen it.

# %%
from mnist_sr_helpers import DigitPad

pad = DigitPad()
pad

# %%
pad.sheet()

# %% [markdown]
# If the classifier misreads your original, no restoration is to blame. Then try something that is no digit, a letter
# or a star. Does it come back at x2? And at x7? Think of lesson [[what_is_lost]]'s photographs before you look.
#
# ## The case file

# %% slideshow={"slide_type": "skip", "run": false}
from mnist_sr_helpers import case_file

my_factor = 7
case_file(my_factor, "model_or_information")

# %% [markdown] claims=["model_or_information.case", "model_or_information.gain-x7"]
# **What it shows.** The largest gain of any *method* at x7, as much as mending the bug of the picture's making: a
# larger model with a wider view, trained for longer on more digits, adds 6 dB to SimpleSR's better form. What is left
# above it holds whatever is irreducible. **What it doesn't show:** which part of the step is the model's, which the
# training's.

# %% [markdown] claims=["model_or_information.gain-x2", "model_or_information.gain-x4", "model_or_information.gain-x7", "model_or_information.bound-x2", "model_or_information.bound-x7"] slideshow={"slide_type": "slide"}
# ## What we found
# - From the same pixels a network of 210,000 to 230,000 parameters gains 14 dB on bicubic at x2, 12 dB at x4 and 8 dB
#   at x7.
# - At x4 and x7 a wider window helps SimpleSR more than more parameters do.
# - An error has three parts. SimpleSR's trouble is approximation; a larger network's, with few digits, estimation.
# - About 4% of bicubic's error at x2 can be irreducible, at most, and 18% at x7.
# - Super-resolution makes no information; it makes it usable.

# %% [markdown] slideshow={"slide_type": "notes"}
# Model or information? Ask for one sentence each on x2, x7 and x14.

# %% [markdown]
# ## On your own
# - Which digits does EDSR-like get wrong at x7? Draw the twenty worst, with their look-alikes of lesson [[averages]].
# - Give *narrow* more channels, `Narrow(4, channels=8)`, train it with `fit`, and find out what the window is worth
#   then.
#
# ## Further reading
# - C. Dong et al., *Image super-resolution using deep convolutional networks*, IEEE TPAMI 2016: SRCNN.
# - W. Shi et al., *Real-time single image and video super-resolution*, CVPR 2016: ESPCN.
# - B. Lim et al., *Enhanced deep residual networks for single image super-resolution*, CVPR 2017 workshops: EDSR.
# - T. Hastie, R. Tibshirani, J. Friedman, *The elements of statistical learning*, chapter 7: the parts of an error.
#
# Next: **07 Changing the training**: other degradations, and the article's own proposal, augmentation.
