# %% [markdown] claims=["averages.twice"] slideshow={"slide_type": "slide"}
# # Samples
#
# The posterior mean is the best bet, and blurs what is uncertain. A *sample* of the posterior is a sharp digit, and
# costs 3 dB. So far you could draw samples in the known world only. Today's methods for photographs, diffusion and flow
# matching, learn to draw them for real pictures. Here is one, small enough for your machine, and here it can be
# *tested*.

# %% jupyter={"source_hidden": true} slideshow={"slide_type": "-"}
import torch
from mnist_sr_helpers import downsample, grid, load_digits, read_digits, sample, table

train, test = load_digits(), load_digits(split="test")
x, low = test.images, {factor: downsample(test.images, factor) for factor in (7, 14)}
drawn = torch.cat([sample(low[7][33:34], 7, seed=seed) for seed in range(8)])
pictures = [low[7][33].clamp(0, 1), *drawn[[0, 1, 3]], drawn.mean(0), x[33]]
columns = ["4 x 4 pixels", *["a sample"] * 3, "mean of eight", "original"]
grid([[picture[0] for picture in pictures]], side=112, columns=columns)

# %% [markdown] slideshow={"slide_type": "notes"}
# Run everything now (Alt+R), if you have not. Three samples of one small picture: in what do they differ?

# %% [markdown]
# **You will**
# - follow noise to a digit, and write one step of the way yourself;
# - watch a learnt sampler work, at x7 and x14;
# - test a sampler: by its error, its spread, and by how often the truth lies where it says;
# - see what realism costs, and what fills the corner that lesson [[what_a_network_answers]] left empty.
#
# **You need** lessons [[averages]] and [[what_a_network_answers]]. **Time:** 35 minutes, without what is marked
# optional.

# %% [markdown] slideshow={"slide_type": "slide"}
# ## From noise to a digit
#
# Mix a digit $x$ with Gaussian noise $n$ of standard deviation 1: $z_t = (1 - t)\, n + t\, x$. At $t = 0$ it is noise,
# at $t = 1$ the digit. (For this, digits run from -1 to 1.) Now go the other way. You see $z_t$ and the small picture
# $y$, and *guess* the digit: by lesson [[averages]] the best guess is the mean given both, $\mathrm{E}[x \mid z_t, y]$.
# Move a little towards the guess, look again, guess again. The *velocity* that would get there at $t = 1$ is
#
# $$v = \frac{\mathrm{E}[x \mid z_t, y] - z_t}{1 - t}.$$
#
# What makes this worth the trouble (Lipman et al. 2023): whoever follows $v$ from noise arrives at a *sample* of the
# posterior. At $t = 0$ the noise says nothing, and the guess is the blurred posterior mean; on the way the picture
# decides, a little at each step, which of the digits that fit it becomes. Take one pixel that is $-1$ or $1$, equally
# often. At $t = 0$ the guess is 0. Once $z$ lies a little above 0, $1$ is likelier, so the guess pulls it further up;
# below 0, down. Half of all noise lies above 0, so half of the ways end at $1$.
#
# ### Exercise 1: one step (easy, 5 minutes)
#
# Write `step(z, guess, now, then)`: the picture at time `then`, if at time `now` it is `z` and its guess is `guess`,
# and the velocity stays what it is at `now`. This is *Euler's method*.


# %% tags=["exercise"]
def step(z, guess, now, then):
    """From z at time now to time then, along the velocity towards the guess."""
    ### BEGIN SOLUTION
    return z + (then - now) * (guess - z) / (1 - now)
    ### END SOLUTION


# %% tags=["check"]
from mnist_sr_helpers import check_step

check_step(step)

# %% [markdown]
# In the known world the guess is exact: each of the 5,000 digits, weighed by how well it fits $y$ *and* $z_t$. Nothing
# is trained. `follow` goes the way by *Heun's* method, which looks ahead and takes the mean of two velocities.

# %% slideshow={"slide_type": "slide", "run": false}
from mnist_sr_helpers import exact_guess, follow, observe, posterior_weights

world = train.images
y = observe(world[[4, 7, 11]], 7, sigma=0.05)  # three digits of the world, seen with noise
guess = exact_guess(posterior_weights(y, world, 7, 0.05), world)
noise = torch.randn((3, 1, 28, 28), generator=torch.Generator().manual_seed(0))
path = follow(guess, noise, steps=24)
cells = [
    [*(((z[i, 0] + 1) / 2).clamp(0, 1) for z in path[::4]), world[k, 0]]
    for i, k in enumerate((4, 7, 11))
]
grid(cells, side=84, columns=[*(f"step {k}" for k in range(0, 25, 4)), "truth"])

# %% [markdown] claims=["samples.known-ratio", "samples.known-spread", "samples.guided"] slideshow={"slide_type": "-"}
# **What it shows.** Noise becomes a digit of this world, and not always the true one. Measured on 60 pictures with 16
# samples each, a sample has 2.0 times the error of the mean, and samples spread as the posterior does: ratio 1.0. A
# guess that needs to know digits only, corrected by the gradient of its misfit with $y$ (*guidance*, in our form, after
# Chung et al. 2023), is far from it: its sample has 5.1 times that error, at the lowest strength of five, the best. Why
# it fails was not tested. **What it doesn't show:** real digits, for which nobody has the exact guess.

# %% [markdown] slideshow={"slide_type": "notes"}
# The guess is exact here, so this is the theory at work. When does the digit become one?

# %% [markdown] slideshow={"slide_type": "slide"}
# ## A guess that is learnt
#
# A guess can be learnt: take a digit and its small picture, draw $n$ and $t$, mix, and let a network predict the digit
# with squared error. The loss asks for the mean, as ever. Ours has 370,000 parameters and learnt from 55,000 digits,
# one network for x7 and one for x14. Beside $z_t$ and $t$ it gets not $y$ itself but two enlargements of it, bicubic's
# and EDSR-like's answer (at x7 of one trained a quarter as long; `benchmarks/results/sampling.md` says why).

# %% tags=["explorer"] slideshow={"slide_type": "-"}
from mnist_sr_helpers import Explorer, flow_sheet, flow_view

Explorer(
    flow_view, digit=range(10), factor=(7, 14), seed=range(6), step=range(11), start={"step": 4}
)

# %% [markdown] slideshow={"slide_type": "notes"}
# Tab to step, then the arrow keys: from noise to a digit. Then seed: which strokes change, which stay? Then x14.

# %%
flow_sheet(14, digit=4)

# %% [markdown] claims=["samples.agree-x7", "samples.agree-x14", "samples.wider-x14"]
# **What it shows.** At x7 (slider) the guess is a digit long before the picture is, and most seeds agree. At x14 four
# pixels leave nearly everything open: each seed arrives at another shape. Not each shape is a digit: strokes break, in
# many samples at x14 and in some at x7, as in the first at the top of this lesson. The guess is learnt, by a small
# network, and not exact. **What it doesn't show:** whether each possibility is drawn as often as it is true.
#
# Three things help it. Each guess is moved to the nearest picture whose low resolution is $y$ (lesson
# [[what_is_lost]]): every digit that $y$ allows has it, so their mean has. At the end faint pixels, and ink alone, are
# removed as left-over noise. And at x14 noise is drawn 10% wider than it was learnt, since the samples of digits held
# out from training varied too little: that mends a symptom, from outside.

# %% [markdown] slideshow={"slide_type": "slide"}
# ## Is it the posterior? x14, where neighbours tell
#
# Anything can draw sharp digits. At x14 lesson [[model_or_information]] found stand-ins for samples: neighbours, real
# digits with nearly the same four pixels, here from the small sample. Of which classes are they, and of which the
# sampler's digits?

# %% slideshow={"slide_type": "-", "run": false}
from mnist_sr_helpers import look_alikes


def shares(labels):
    """How often each class occurs among labels (K, N): (N, 10)."""
    return torch.nn.functional.one_hot(labels, 10).float().mean(0)


some = low[14][:20]
many = torch.stack([read_digits(sample(some, 14, seed=seed)) for seed in range(32)])
near = train.labels[look_alikes(some, world, 14, k=64).T]
off = (shares(many) - shares(near[::2])).abs().sum(1) / 2  # total variation: 0 alike, 1 apart
floor = (shares(near[1::2]) - shares(near[::2])).abs().sum(1) / 2
chosen = off.argsort()[10]  # in the middle
rows = {"32 samples": shares(many)[chosen], "32 neighbours": shares(near[::2])[chosen]}
columns, caption = list(map(str, range(10))), "One small picture at x14: classes"
display(table(rows, columns, form=".0%", caption=caption))
print(
    f"total variation over 20 pictures: {off.mean():.2f}; neighbours and others: {floor.mean():.2f}"
)

# %% [markdown] claims=["samples.classes", "samples.classes-floor"] slideshow={"slide_type": "-"}
# **What it shows.** Over 20 pictures the sampler's classes differ from the neighbours' by 0.29, two sets of neighbours
# by 0.24: too few for an interval. (Total variation: half the sum of the differences; 1 if no class is shared.) **What
# it doesn't show:** the digits' own form, nor x7, where neighbours fail.

# %% [markdown] slideshow={"slide_type": "notes"}
# Read the two rows against each other. Would you notice if one of them were wrong?

# %% [markdown] claims=["samples.eighty"] slideshow={"slide_type": "slide"}
# ## Ratio, spread, coverage
#
# Three tests need no posterior, only truths:
#
# - **ratio**: a sample has twice the squared error of the mean (lesson [[averages]]; here of the guess at $t = 0$);
# - **spread**: the variance among the samples of one digit is, on average, the error of the mean;
# - **coverage**: in 80 of 100 cases the truth lies between the 2nd and the 18th of 19 samples. Ask it of a digit's
#   *ink* (mean grey), *width* (its ink's spread across), *slant* (how far it leans).

# %% [markdown] claims=["samples.eighty"]
# Why 80? Among 19 samples the truth has 20 possible places, all equally likely: below all, after the 1st, and so on,
# after the 19th. 16 of them lie between the 2nd and the 18th: 80 of 100. More means that the samples scatter too
# widely, less: too narrowly.

# %% jupyter={"source_hidden": true} slideshow={"slide_type": "-"}
from mnist_sr_helpers import ask, you_said

options = ["ratio 2", "ratio 2 and coverage of 80%", "none: each can only show that it is wrong"]
ask("prove", "What proves that a sampler draws from the posterior?", options)

# %% [markdown] slideshow={"slide_type": "notes"}
# Vote. Then think of a sampler that cheats: the mean plus noise of the right strength.

# %% [markdown]
# ### Exercise 2: coverage (medium, 5 minutes)
#
# Write `covered(truth, samples, low, high)`: the share of the digits whose truth lies from the `low`-th to the
# `high`-th smallest of its samples, both included. `truth` (N,), `samples` (K, N): one number of each digit, K samples
# each.


# %% tags=["exercise"]
def covered(truth, samples, low, high):
    """Share of the truths that lie from the low-th to the high-th smallest of their samples."""
    ### BEGIN SOLUTION
    ordered = samples.sort(dim=0).values
    return ((ordered[low - 1] <= truth) & (truth <= ordered[high - 1])).float().mean()
    ### END SOLUTION


# %% tags=["check"]
from mnist_sr_helpers import check_covered

check_covered(covered)

# %% slideshow={"slide_type": "slide", "run": false}
from mnist_sr_helpers import denoised_mean, ink, load_results, ranks, slant, spread, width

mean, few = denoised_mean(low[7][:100], 7), x[:100]
samples = torch.stack([sample(low[7][:100], 7, seed=seed) for seed in range(19)])
error = (mean - few).square().mean((1, 2, 3))
noisy = mean + error.mean().sqrt() * torch.randn(
    (19, 100, 1, 28, 28), generator=torch.Generator().manual_seed(1)
)
rows = {}
for name, of in {"the sampler": samples, "the mean and noise": noisy}.items():
    rows[name] = [(of - few).square().mean() / error.mean(), spread(of).mean() / error.mean()]
    for feature in (ink, width, slant):
        shown = of if feature is ink else of.clamp(0, 1)  # clipped, noise on black adds ink
        place = ranks(feature(few), torch.stack([feature(part) for part in shown]))
        rows[name].append(((place >= 2) & (place < 18)).float().mean())  # covered, by ranks
full = load_results("sampling")["parts"]["calibration"]  # 2,000 test digits, 32 samples each
for label, row in full.items():
    rows[f"{label}, 2,000 digits"] = [row[k] for k in ("ratio", "within", "ink", "width", "slant")]
columns = ["ratio", "spread", *(("covered, of 80%", name) for name in ("ink", "width", "slant"))]
caption = "Above: x7, 100 test digits; below: 2,000. Coverage by 19 samples"
result = table(rows, columns, form=[".2f", ".2f", ".0%", ".0%", ".0%"], caption=caption)
cheat = rows["the mean and noise"]
it_is = f"none: the mean and noise has ratio {cheat[0]:.1f}, and looks like no digit."
you_said("prove", it_is, result, right=options[2])

# %% [markdown] answers="prove" claims=["samples.eighty", "samples.ratio-x7", "samples.within-x7", "samples.ink-x7", "samples.slant-x7", "samples.mean-32-x7", "samples.ink-x14", "samples.width-x14", "samples.slant-x14"] slideshow={"slide_type": "-"}
# **What it shows.** Nothing proves it. The mean plus noise of the right strength, a cheat, has the right ratio, nearly
# the right coverage of ink, and draws no digit; width gives it away. Our sampler is caught, too, at smaller things. At
# x7 the ratio is 1.65 and the spread 0.69, though the mean of 32 samples errs as the guess does: of single pixels and
# of the ink (75%) it is too sure. Of the slant it isn't sure enough: 89% of the truths lie where 80% should. At x14
# noise was widened until the spread was nine tenths: that tests nothing. The ink's 80% fit; but of the width it is too
# sure, 73%, of the slant not sure enough, 87%. **What it doesn't show:** why. It learnt for an hour on one processor
# core; a guess that is a little too smooth at each step loses spread.

# %% [markdown] slideshow={"slide_type": "notes"}
# Which column gives the cheat away?

# %% [markdown] slideshow={"slide_type": "slide"}
# ## What realism costs
#
# Back to lesson [[what_a_network_answers]]'s two scales, accuracy and realism, with one sample and with means of
# several. By the theory the mean of $k$ samples has $1 + 1/k$ times the error of the posterior mean.

# %% jupyter={"source_hidden": true} slideshow={"slide_type": "-"}
options = ["one sample", "mean of 4 samples", "guess at t = 0", "EDSR-like"]
ask("real", "x7: which comes nearest to real digits, by Fréchet distance?", options)

# %% [markdown] slideshow={"slide_type": "notes"}
# Vote, and ask for reasons: a sample should look like a digit, a mean like a blur.

# %% jupyter={"source_hidden": true} slideshow={"slide_type": "slide", "run": false}
import matplotlib.pyplot as plt
from mnist_sr_helpers import look, to_picture

plt.style.use("mnist_sr_helpers.pictures.course")
full = load_results("sampling")["parts"]["realism"]  # 2,000 test digits
names = {
    "EDSR-like": "EDSR-like",
    "guess at t = 0": "guess at t = 0",
    "one sample": "one sample",
    "mean of 2 samples": "mean of 2",
    "mean of 4 samples": "of 4",
    "mean of 8 samples": "of 8",
}
figure, axes = plt.subplots(figsize=(7.2, 4.2))
for label, name in names.items():
    row = full[f"x7, {label}"]
    marker, colour = ("D", look(7)) if "sample" in label else ("o", look(4))
    axes.plot(row["mse"], row["frechet"], marker, color=colour["color"], label=name)
    beside = (-6, -20) if "mean of" in label else (-6, 9)
    axes.annotate(name, (row["mse"], row["frechet"]), beside, textcoords="offset points")
floor = full["floor: real digits"]["frechet"]
axes.axhline(floor, color="#010101", linestyle="--")
axes.annotate("real digits", (0.0092, floor), (0, 4), textcoords="offset points")
axes.set(xlabel="mean squared error (left is more accurate)", xlim=(0.009, 0.0175))
axes.set(yscale="log", ylim=(6, 90))
axes.set_yticks((10, 20, 50), ("10", "20", "50"))
axes.minorticks_off()
axes.set(
    ylabel="Fréchet distance\n(down is more real)",
    title="x7: means of samples fill the lower left corner",
)
result = to_picture(figure)
rows, methods = {}, ("bicubic", *names, "one sample, projected", "mean of 32 samples")
x14 = [f"x14, {label}" for label in ("guess at t = 0", "one sample")]
for label in (*(f"x7, {name}" for name in methods), *x14):
    row = full[label]
    rows[label] = [row["psnr"], row["mse"], row["frechet"], row["read"], row["misfit"]]
columns = ["PSNR in dB", "MSE", "Fréchet", "read", "RMS off y, grey levels"]
form, caption = [".2f", ".4f", ",.1f", ".1%", ".1f"], "2,000 test digits"
more = table(rows, columns, form=form, caption=caption)
distances = {name: full[f"x7, {name}"]["frechet"] for name in options}
best = min(distances, key=distances.get)
you_said("real", f"{best}, {distances[best]:.0f}.", result, more, right=best)

# %% [markdown] answers="real" claims=["samples.frechet-one", "samples.frechet-four", "samples.frechet-edsr", "samples.floor", "samples.behind", "samples.mean-psnr", "samples.edsr-psnr", "samples.ratio-x7", "samples.ratio-decibels", "samples.frechet-mean-x14", "samples.frechet-one-x14", "samples.ratio-x14", "the_verdict.bound-x7"] slideshow={"slide_type": "-"}
# **What it shows.** The corner is no longer empty. One sample has a Fréchet distance of 20, the mean of four 16;
# EDSR-like has 38, real digits 7.6. (No intervals. The index falls with the number of pictures; lesson
# [[what_a_network_answers]] had half as many.) A sample is 2.6 dB behind the sampler's mean. (The ratio above, 1.65, is
# 2.2 dB of pooled error; a mean of each digit's PSNR is another average.) And that mean, its guess at $t = 0$, is the
# best estimate of the course in one pass: 21.5 dB, where EDSR-like has 20.8 dB. So EDSR-like wasn't the posterior mean,
# and the bound of lesson [[model_or_information]] moves: on all 10,000 test digits at most about 15% of bicubic's error
# at x7 is a limit of the data.
#
# At x7 the sampler's mean is as real as one sample, by this index, and more accurate: perhaps as 16 pixels leave little
# doubt, perhaps by faults of the samples. At x14, where doubt is large, the ways part: 1,185 for the mean, 274 for one
# sample, at 1.9 times the error. **What it doesn't show:** where this ends. Blau and Michaeli's trade-off binds who
# knows the posterior; short of that, both scales can still improve together.

# %% [markdown] slideshow={"slide_type": "notes"}
# The corner of lesson [[what_a_network_answers]]: who stands in it now? Which would you hang on the wall, which would
# you bet on?

# %% [markdown]
# ## Samples of your own digit (optional)
#
# Draw a digit, then run the cell below it.

# %%
from mnist_sr_helpers import DigitPad

pad = DigitPad()
pad

# %%
from mnist_sr_helpers import denoised_mean

mine = downsample(pad.image, 7)
several = torch.cat([sample(mine, 7, seed=seed) for seed in range(4)])
pictures = [pad.image, mine.clamp(0, 1), *several.split(1), denoised_mean(mine, 7)]
columns = ["yours", "4 x 4 pixels", *["a sample"] * 4, "mean"]
grid([[picture[0, 0] for picture in pictures]], side=112, columns=columns)

# %% [markdown] claims=["samples.mean-8-x7", "samples.frechet-one", "samples.frechet-edsr"] slideshow={"slide_type": "slide"}
# ## What we found
# - A sampler needs nothing but a guess: follow it from noise. If the guess is exact, what comes out is a sample of the
#   posterior; a learnt guess isn't exact, and some of ours are no digit that a person would write.
# - No test proves a sampler; each can show that it is wrong. Ours, at x7, is too sure of pixels, not sure enough of the
#   slant.
# - By Fréchet's index one sample is more real than EDSR-like's answer, and less accurate. At x14 that is a choice; at
#   x7 the mean of eight samples is both more real and more accurate.
# - At x7 the same network's guess from nothing but $y$ is better than every rung of the ladder.

# %% [markdown]
# ## On your own (optional)
# - Sample with 2, 4 and 25 steps. What changes, the error or the look?
# - Give the sampler a low resolution from a file (`quantise`). Are its samples still digits?
#
# ## Further reading
# - Y. Lipman et al., [*Flow matching for generative modeling*](https://arxiv.org/abs/2210.02747), ICLR 2023.
# - T. Karras et al., [*Elucidating the design space of diffusion-based generative
#   models*](https://arxiv.org/abs/2206.00364), NeurIPS 2022: how the guess is scaled.
# - S. Talts et al., [*Validating Bayesian inference algorithms with simulation-based
#   calibration*](https://arxiv.org/abs/1804.06788), 2018: ranks.
# - H. Chung et al., [*Diffusion posterior sampling for general noisy inverse
#   problems*](https://arxiv.org/abs/2209.14687), ICLR 2023; J. Song et al., [*Pseudoinverse-guided diffusion models for
#   inverse problems*](https://openreview.net/forum?id=9_gsMA8MRKQ), ICLR 2023: without training for one degradation.
#
# Next: [[next]]: each claim in turn.
# Previous: [[previous]].
