# %% [markdown] slideshow={"slide_type": "slide"}
# # What is lost
#
# Lesson [[seeing_the_failure]] left a hatched bar: at x7 most of what separates SimpleSR from a perfect digit is unexplained. The article
# puts it down to lost information. That is quickly said. Lost to whom, how much of it, and is it more than an
# ordinary photograph loses? Downsampling is a matrix, so linear algebra can answer exactly.
#
# **You will**
# - write downsampling as a matrix, and split any picture into what it keeps and what it loses;
# - make any estimate agree with the low resolution, and see how much of an error that can mend;
# - measure what digits and photographs lose, and how much of it a network brings back;
# - play the Forger: turn a digit into another while its low resolution stands still.
#
# **You need** lesson [[seeing_the_failure]]. **Time:** 40 minutes, without the part marked optional.

# %% [markdown] slideshow={"slide_type": "notes"}
# Run everything now (Alt+R), if you have not. Lost to whom? Collect answers, and come back to them at the end.

# %%
import torch
from mnist_sr_helpers import downsample, grid, load_digits, psnr, upsample

train, test = load_digits(), load_digits(split="test")
print("training digits", tuple(train.images.shape), "test digits", tuple(test.images.shape))

# %% [markdown] slideshow={"slide_type": "slide"}
# ## Eight numbers
#
# Before 784 pixels, take eight, and average them in pairs. Each average is a weighted sum of all eight numbers, most
# of them with weight zero. The weights make a *matrix* $A$, one row for each average, and downsampling is the product
# $y = A x$: four equations.

# %% slideshow={"slide_type": "-"}
from mnist_sr_helpers import table

A = torch.zeros(4, 8)
for i in range(4):
    A[i, 2 * i : 2 * i + 2] = 0.5
table({f"row {i}": row for i, row in enumerate(A, 1)}, caption="The matrix A", form=".1f")

# %% [markdown] slideshow={"slide_type": "-"}
# What can change in $x$ without a trace in $y$? Give to one of a pair what you take from the other:

# %% slideshow={"slide_type": "-"}
x = torch.tensor([0.2, 0.4, 0.9, 0.7, 0.3, 0.7, 0.0, 0.6])
n = torch.tensor([1.0, -1.0, 0, 0, 0, 0, 0, 0])
changed = {"x": x, "x + 0.1 n": x + 0.1 * n, "x + 0.2 n": x + 0.2 * n, "n": n}
rows = {name: [*v, *(A @ v)] for name, v in changed.items()}
eight = [("eight numbers", f"{i}") for i in range(1, 9)]
four = [("A times them", f"{i}") for i in range(1, 5)]
table(rows, eight + four, caption="x, moved by more and more of n", form=".1f")

# %% [markdown] slideshow={"slide_type": "notes"}
# Before the lower lines: who finds another direction that leaves no trace? There are four, one for each pair.

# %% [markdown]
# The averages don't move, because $A n = 0$. This $n$ is a *direction* in which $x$ can move unseen. There is one for
# each pair, four in all; the second pair's is (0, 0, 1, -1, 0, 0, 0, 0). Mixed in any amounts, they form the *null
# space* of $A$: all that $A$ turns into zero.
#
# What does $y$ say, then? Four averages. They are *independent*: none follows from the other three. Their number is
# the *rank* of $A$, here 4. So of eight directions four are kept, and $8 - 4 = 4$ are lost.
#
# From $y$ alone nobody can tell $x$ from $x + n$, however clever. (Unless something *else* is known about $x$. Keep
# this in mind.)
#
# ### Exercise 1: the averaging matrix (easy, 5 minutes)
#
# Write `averaging(n, factor)`: the matrix that averages runs of `factor` neighbours into `n` numbers, as a float
# tensor of shape (n, n * factor). `averaging(4, 2)` is the matrix above.


# %% tags=["exercise"]
def averaging(n, factor):
    """The matrix that averages runs of `factor` numbers: (n, n * factor)."""
    ### BEGIN SOLUTION
    a = torch.zeros(n, n * factor)
    for i in range(n):
        a[i, i * factor : (i + 1) * factor] = 1 / factor
    return a
    ### END SOLUTION


# %% tags=["check"]
from mnist_sr_helpers import check_averaging

check_averaging(averaging)

# %% [markdown] slideshow={"slide_type": "slide"}
# ## Two parts: kept and lost
#
# Infinitely many $x$ give the same $y$. The *pseudo-inverse* $A^+$ picks one of them: $A^+ y$ is the one of least
# *energy*, which means the sum of squares. For averages it does the obvious thing and repeats each one. So every $x$
# splits in two:
#
# $$x = \underbrace{A^+ A x}_{\text{kept}} + \underbrace{(x - A^+ A x)}_{\text{lost}}$$

# %%
A_plus = torch.linalg.pinv(A)
kept = A_plus @ (A @ x)
lost = x - kept
parts = {"x": x, "kept": kept, "lost": lost}
rows = {name: [*v, *(A @ v), v.square().sum()] for name, v in parts.items()}
form = [".1f"] * 12 + [".2f"]
table(rows, [*eight, *four, "energy"], caption="x and its two parts", form=form)

# %% slideshow={"slide_type": "-"}
import matplotlib.pyplot as plt
from mnist_sr_helpers import to_picture

figure, axes = plt.subplots(1, 3, figsize=(9, 2.6), sharey=True, layout="constrained")
for panel, (name, part) in zip(axes, parts.items(), strict=True):
    panel.bar(range(1, 9), part, color="#225588")
    panel.axhline(0, color="black", linewidth=0.8)
    panel.set(title=name, xticks=range(1, 9))
    panel.spines[["top", "right"]].set_visible(False)
axes[1].set_title("= kept: pairs of one height")
axes[2].set_title("+ lost: pairs with sum zero")
axes[0].set_ylabel("value")
to_picture(
    figure,
    "Three bar charts of eight values: x, its kept part in which both bars of a pair are equal, "
    "and its lost part in which the two bars of a pair are opposite.",
)

# %% [markdown] slideshow={"slide_type": "notes"}
# Point at one pair: equal bars are kept, opposite bars are lost. The energies add up, as in Pythagoras.

# %% [markdown]
# The energies of the two parts add up to that of $x$: 2.14 + 0.30 = 2.44. This is Pythagoras: energy is length
# squared, and the parts are perpendicular. They are so for every matrix: the kept part is a weighted sum of rows of
# $A$, and $A \, \mathrm{lost} = 0$ says that the lost part is perpendicular to each row.
#
# ## A digit: 784 numbers
#
# Write a digit's pixels in one long row, and the same goes for pictures. `degradation_matrix(factor, kernel)` is the
# $A$ of the course's `downsample`. Here are the weights for one low-resolution pixel, the middle one at x4: one row
# of $A$, laid out as 28 x 28 pixels. (Drawn six times as strong as they are, with mid-grey for zero.)

# %%
from mnist_sr_helpers import degradation_matrix

pictures = test.images.flatten(1).double()  # one row of 784 numbers for each digit
for kernel in ("area", "bicubic"):
    A = degradation_matrix(4, kernel)
    off = (pictures @ A.T - downsample(test.images, 4, kernel).flatten(1)).abs().max()
    print(f"{kernel}: A is {tuple(A.shape)}; agrees with downsample to 1e-6: {off < 1e-6}")
grid(
    [[degradation_matrix(4, kernel)[24].view(28, 28) * 6 + 0.5 for kernel in ("area", "bicubic")]],
    "The weights of one low-resolution pixel as two pictures. Area: one even block of 4 x 4 "
    "pixels, brighter than the grey around it. Bicubic: a soft blob over about 8 x 8 pixels with "
    "a faint dark fringe.",
    columns=["area", "bicubic, antialiased"],
)

# %% [markdown]
# *Area* is the average of a block, as above. *Bicubic* looks beyond the block, and its fringe has negative weights:
# the overshoot of lesson [[degradation]]. Which of the two loses less? Count, for each factor, unknowns, equations and rank.

# %% slideshow={"slide_type": "slide"}
rows = {}
for factor in (2, 4, 7, 14):
    area, bicubic = (degradation_matrix(factor, kernel) for kernel in ("area", "bicubic"))
    ranks = [torch.linalg.matrix_rank(a).item() for a in (area, bicubic)]
    rows[f"x{factor}"] = [784, len(area), *ranks, 784 - ranks[1]]
columns = ["unknowns", "equations", "rank, area", "rank, bicubic", "directions lost"]
table(rows, columns, caption="Downsampling 28 x 28 pixels")

# %% [markdown] claims=["what_is_lost.rank"] slideshow={"slide_type": "-"}
# **What it shows.** No equation is wasted, with either kernel: the rank is the number of low-resolution pixels. At
# x7, 16 equations face 784 unknowns; 768 directions leave no trace. **What it doesn't show:** whether the rest is
# kept *well*: a direction that $A$ shrinks a thousandfold would drown in the slightest noise. So compare lengths. An
# even grey stays as bright but has fewer pixels, so $A$ makes it `factor` times shorter; times `factor`, the ratio is
# one. The ratios of all directions, from the best kept to the weakest, are the *singular values* of $A$.

# %% [markdown] slideshow={"slide_type": "notes"}
# Point at x7: 16 equations for 784 unknowns. Ask whether bicubic, which looks further, keeps more directions.

# %%
grey = torch.ones(784).double()
rows = {}
for factor in (2, 4, 7):
    A = degradation_matrix(factor)
    ratios = [factor * (A @ picture).norm() / picture.norm() for picture in (grey, pictures[0])]
    values = factor * torch.linalg.svdvals(A)
    rows[f"x{factor}"] = [*ratios, values[0], values[-1]]
columns = ["even grey", "first test digit", "best direction", "weakest kept"]
table(rows, columns, caption="Length of A x / length of x, times factor (bicubic)")

# %% [markdown] claims=["what_is_lost.singular"]
# **What it shows.** What bicubic keeps it keeps well, its weakest direction about half as strongly as its best;
# everything else is gone altogether. **What it doesn't show:** how much of a *digit* is kept.
#
# ## What a digit loses
#
# `least_norm(y, factor)` computes $A^+ y$, the kept part; `null_part(x, factor)` the lost one, called the *null
# part*. It swings about zero, so for the drawing 0.5 is added: mid-grey is zero. What leaves [0, 1] is clipped, as
# always.

# %% slideshow={"slide_type": "slide"}
from mnist_sr_helpers import least_norm, null_part

digit = test.images[test.labels == 5][:1]
cells, captions = [], []
for factor in (2, 4, 7):
    y = downsample(digit, factor)
    kept, lost = least_norm(y, factor), null_part(digit, factor)
    share = (lost.square().sum() / digit.square().sum()).item()
    cells.append([digit[0, 0], y[0, 0], kept[0, 0], lost[0, 0] + 0.5])
    numbers = f"{y.numel()} numbers"
    captions.append(["", numbers, f"{1 - share:.0%} of the energy", f"{share:.0%} of the energy"])
grid(
    cells,
    "A digit 5 at x2, x4 and x7 in rows: the digit, its low resolution, its kept part, its lost "
    "part. At x2 the lost part is a thin double line along the strokes; at x7 it draws the whole "
    "digit, and the kept part is a blur.",
    side=168,
    columns=["original", "low resolution", "kept", "lost (grey: zero)"],
    rows=["x2", "x4", "x7"],
    captions=captions,
)

# %% [markdown] claims=["what_is_lost.this-five"] slideshow={"slide_type": "-"}
# **What it shows.** Kept plus lost is the original, exactly: at x2 the lost part is little more than a seam along the
# edges of the strokes, at x7 it draws the digit, and the kept part is the blur. This 5 loses more than most digits;
# averages will follow. **What it doesn't show:** whether that is much.

# %% [markdown] slideshow={"slide_type": "notes"}
# Cover the left column: at which factor does the lost part alone show the digit?

# %% [markdown]
# ## Make an estimate fit
#
# The kept part is *known*: it is $A^+ y$. So an estimate $\hat x$ whose own low resolution $A \hat x$ differs from
# $y$ contradicts the data, and that error can be taken out without knowing the truth: measure what is missing, which
# is $y - A \hat x$, and add what brings it back.
#
# $$\hat x + A^+ (y - A \hat x)$$
#
# This *projects* the estimate onto the pictures that fit: its kept part becomes right, its lost part stays as
# guessed. The kept part of the error is gone, the perpendicular lost part is left, so by Pythagoras the error can
# only shrink.
#
# ### Exercise 2: project (medium, 5 minutes)
#
# Write `fitted(estimate, y, a, a_plus)` for flat batches: `estimate` (N, P), one picture a row, `y` (N, M), `a` (M,
# P), `a_plus` (P, M). With one picture a row, $A x$ for all of them is `x @ a.T`.


# %% tags=["exercise"]
def fitted(estimate, y, a, a_plus):
    """The pictures nearest to the estimates that fit the data: (N, P)."""
    ### BEGIN SOLUTION
    return estimate + (y - estimate @ a.T) @ a_plus.T
    ### END SOLUTION


# %% tags=["check"]
from mnist_sr_helpers import check_consistent

check_consistent(fitted)

# %% [markdown] tags=["instructor"]
# A third of the time is over here. If it is short, skip the frequencies (optional) and the line-up, not the network
# (04-network) nor the Forger. Exercise 3 can be homework: no later cell needs it.

# %% [markdown]
# The package has it as `project(x, y, factor)`. How much does it help SimpleSR, in its residual form? (RMS: the root
# of the mean square. The PSNR is of clipped pictures, as always; all else is measured before clipping, which would
# disturb the fit again.)

# %% slideshow={"slide_type": "skip", "run": false}
from mnist_sr_helpers import load_model, project, restore

truth = test.images
rows = {}
for factor in (2, 4, 7):
    y = downsample(truth, factor)
    estimate = restore(load_model("residual", factor), y)
    projected = project(estimate, y, factor)
    differs = 255 * (downsample(estimate, factor) - y).square().mean().sqrt()
    error, left = ((e - truth).square().sum((1, 2, 3)) for e in (estimate, projected))
    removed, better = 1 - left.sum() / error.sum(), (left <= error).sum()
    before, after = (psnr(e.clamp(0, 1), truth).mean() for e in (estimate, projected))
    rows[f"x{factor}"] = [differs, removed, better, before, after]
columns = ["low resolution differs from y by (RMS, grey levels)", "squared error removed"]
columns += ["digits that improve", "mean PSNR before (dB, clipped)", "after"]
caption = "SimpleSR, residual, before and after the projection, 1,000 test digits"
table(rows, columns, caption=caption, form=[".1f", ".0%", ",", ".2f", ".2f"])

# %% [markdown] claims=["what_is_lost.in-range-x2", "what_is_lost.in-range-x7", "what_is_lost.project-x2", "what_is_lost.project-x7", "what_is_lost.pythagoras"]
# **What it shows.** SimpleSR's pictures contradict the data that they were made from, and mending that helps every
# single digit. At x2 a fifth of its squared error was of this avoidable kind: a gain of 1.2 dB for two lines of
# algebra. At x7 it is 4%, worth 0.2 dB. **What it doesn't show:** how to go on from there. The rest of the error lies
# in the null space, where the data say nothing at all.
#
# ## Which pictures lose most?
#
# The article says (claims b and h): ordinary super-resolution works because its low-resolution input keeps the high
# frequencies, fine detail; downsampled MNIST lacks them. So compare digits with photographs: four of them, each cut
# into 81 patches of 28 x 28 pixels. (All 1,000 test digits are measured, 81 are drawn; everything at half its size.)
#
# What is detail? Grass at mid-grey has a lot of energy from its mere brightness, which nobody calls so. Therefore
# subtract from each patch its *own mean grey*; the energy that is left is its detail. (The table will try two other
# centrings, too: the mean of all patches of the subject, for digits a blurred blob in the middle; and nothing.)

# %%
from mnist_sr_helpers import load_photographs


def mosaic(patches):
    """81 patches put together in 9 rows of 9, at half size: (81, 1, 28, 28) to (126, 126)."""
    halves = downsample(patches, 2, "area").view(9, 9, 14, 14)
    return halves.permute(0, 2, 1, 3).reshape(126, 126)


photographs = load_photographs()  # name: (81, 1, 28, 28)
subjects = {"digits": test.images, **photographs}
grid(
    [[mosaic(patches[:81]) for patches in subjects.values()]],
    "Five pictures of equal size: a sheet of 81 test digits; a man at a camera on a tripod; a "
    "cat's face; a cup of coffee; grass.",
    side=126,
    columns=list(subjects),
)

# %%
from mnist_sr_helpers import ask, you_said

ask(
    "photos",
    "x2, each patch's own mean grey subtracted: which loses the largest share of its detail?",
    ["digits", "camera", "chelsea (the cat)", "coffee", "grass"],
)

# %% [markdown]
# ### Exercise 3: the share that is lost (medium, 5 minutes)
#
# Write `lost_share(x, a)`: for each picture, a row of `x` (N, P), the energy of its lost part divided by its own
# energy, shape (N,). `a` (M, P) is any matrix. `torch.linalg.pinv` gives the pseudo-inverse. (No later cell needs it:
# it can wait for another day.)


# %% tags=["exercise"]
def lost_share(x, a):
    """The share of each picture's energy that lies in the null space of a: (N, P) to (N,)."""
    ### BEGIN SOLUTION
    lost = x - x @ a.T @ torch.linalg.pinv(a).T
    return lost.square().sum(1) / x.square().sum(1)
    ### END SOLUTION


# %% tags=["check"]
from mnist_sr_helpers import check_lost_share

check_lost_share(lost_share)

# %% slideshow={"slide_type": "skip", "run": false}
centrings = {
    "own mean grey": lambda x: x - x.mean((1, 2, 3), keepdim=True),
    "mean patch": lambda x: x - x.mean(0, keepdim=True),
    "nothing": lambda x: x,
}
shares = {name: [] for name in subjects}
for name, patches in subjects.items():
    for subtract in centrings.values():
        detail = subtract(patches)
        for factor in (2, 4, 7):
            lost = null_part(detail, factor)
            shares[name].append((lost.square().sum() / detail.square().sum()).item())
columns = [(centring, f"x{factor}") for centring in centrings for factor in (2, 4, 7)]
table(shares, columns, caption="Share of the energy lost, after subtracting", form=".1%")

# %% slideshow={"slide_type": "skip", "run": false}
own = {name: row[0] for name, row in shares.items()}  # own mean grey, x2
most_first = sorted(own, key=own.get, reverse=True)
you_said("photos", ", ".join(f"{name} {own[name]:.1%}" for name in most_first) + ".")

# %% [markdown] claims=["what_is_lost.share-digits-x2", "what_is_lost.share-digits-x7", "what_is_lost.share-camera-x2", "what_is_lost.share-grass-x2", "what_is_lost.share-coffee-x7", "what_is_lost.share-grass-x7", "what_is_lost.centring"]
# **What it shows.** Around each patch's own mean grey, digits stand between grass and the three other photographs at
# every factor. At x2 they lose 8.5%, the man with the camera 5.6%, grass 17%; at x7 digits lose 61%, coffee 23%,
# grass 65%. So whoever compares with one photograph can have either verdict. And whoever picks the centring can,
# too: around the mean patch digits lose most of all at x4 and x7, around nothing at every factor. A share without
# its centring means little. **What it doesn't show:** whether what is lost could be *guessed*. Claim b says that
# super-resolution learns high-frequency detail, which downsampled MNIST lacks. The input lacks it. Must the output?
#
# ### Optional: frequencies
#
# Skip this the first time, down to *Lost to whom?* A patch is a sum of waves; one of *frequency* 0.25 repeats every
# 4 pixels. Pixels `factor` times as wide can carry waves up to $0.5 / \mathrm{factor}$, their *Nyquist limit*: 0.25
# at x2. Send four waves through `downsample`. Then see how much of the *power*, the energy of its waves, each
# subject has between the limits. (Each patch's own mean is subtracted. Hann's window fades the patch towards its
# border, where the cut would look like an edge.)

# %% slideshow={"slide_type": "skip", "run": false}
contrasts = {}
for frequency in (0.1, 0.2, 0.3, 0.4):
    wave = 0.5 + 0.5 * torch.cos(2 * torch.pi * frequency * torch.arange(28.0))
    wave = wave.expand(1, 1, 28, 28)
    contrasts[frequency] = [wave.std(), downsample(wave, 2).std()]
caption = "Contrast of waves (standard deviation)"
display(table(contrasts, ["full size", "at x2"], caption=caption, corner="frequency"))

window = torch.hann_window(28, periodic=False)
across = torch.fft.fftfreq(28)
frequencies = (across[:, None] ** 2 + across**2).sqrt()
bands = torch.bucketize(frequencies, torch.tensor([0.5 / 7, 0.5 / 4, 0.5 / 2]))
rows = {}
for name, patches in subjects.items():
    detail = (patches - patches.mean((1, 2, 3), keepdim=True)) * window[:, None] * window
    power = torch.fft.fft2(detail).abs().square().mean((0, 1))
    rows[name] = [power[bands == band].sum() / power.sum() for band in range(4)]
columns = ["up to x7's limit", "x7's to x4's", "x4's to x2's", "beyond x2's"]
table(rows, columns, caption="Share of the power between the Nyquist limits", form=".1%")

# %% [markdown] claims=["what_is_lost.wave", "what_is_lost.spectrum-digits", "what_is_lost.spectrum-most", "what_is_lost.spectrum-grass", "what_is_lost.spectrum-digits-above", "what_is_lost.spectrum-grass-above"]
# **What it shows.** Slow waves pass, fast ones nearly vanish, and `downsample` doesn't ask whose they are: a
# photograph's low resolution lacks them as a digit's does. Claim h is wrong about that. What is true: digits have
# more to lose than most photographs. 32% of their power lies between the limits of x4 and x2, against 13% at most
# for the first three photographs and 26% for grass. But above x4's limit altogether grass has 46%, digits 41%.
# **What it doesn't show:** single digits; these are averages.
#
# ## Lost to whom?
#
# Whatever an estimate puts into the null space, the data didn't say; it is a guess. Score the guess alone: what share
# of the energy (written $|\cdot|^2$) that $A$ lost does an estimate bring back? One would be all of it; zero is no
# better than leaving it out; below zero is worse than that.
#
# $$1 - \frac{|\mathrm{null}(\hat x) - \mathrm{null}(x)|^2}{|\mathrm{null}(x)|^2}$$

# %% slideshow={"slide_type": "slide"}
ask(
    "network",
    "x4: 49 equations, 784 unknowns. How much of the lost energy does a large network bring back?",
    ["nothing: it is lost", "about a quarter", "about a half", "nine tenths"],
)

# %% [markdown] slideshow={"slide_type": "notes"}
# Vote, and press the answer of the majority. Let somebody defend "nothing" first.

# %% [markdown] tags=["instructor"]
# The likely misconception is "null space = nothing can know it". Let the room commit itself before you run the table;
# the cell with the photographs answers the opposite one, "so the network has undone the downsampling".

# %% [markdown]
# The contestants: bicubic; $A^+ y$; the mean of the training digits, which hasn't seen $y$ at all; SimpleSR, trained
# on 5,000 digits; and a large network, *EDSR-like*, with more than 200,000 parameters, trained on 55,000 (lesson [[model_or_information]]
# climbs up to it step by step, and tells apart what size and digits do). All are clipped to [0, 1]. $A^+ y$ guesses
# nothing and would score 0; the rest comes from clipping: that no pixel lies outside [0, 1] is knowledge, too.

# %% slideshow={"slide_type": "skip", "run": false}
estimators = {
    "bicubic": upsample,
    "A+ y": least_norm,
    "mean digit": lambda y, factor: train.images.mean(0, keepdim=True).expand(len(y), -1, -1, -1),
    "SimpleSR, residual": lambda y, factor: restore(load_model("residual", factor), y),
    "EDSR-like": lambda y, factor: restore(load_model("edsr", factor), y),
}
brought_back, estimates = {name: [] for name in estimators}, {}
for name, estimator in estimators.items():
    for factor in (2, 4, 7):
        estimate = estimator(downsample(truth, factor), factor).clamp(0, 1)
        lost, guessed = null_part(truth, factor), null_part(estimate, factor)
        missing = (guessed - lost).square().sum() / lost.square().sum()
        brought_back[name].append(1 - missing.item())
        estimates[name, factor] = estimate
caption = "Share of the lost energy brought back, 1,000 test digits"
table(brought_back, ["x2", "x4", "x7"], caption=caption, form=".0%", best="high")

# %% slideshow={"slide_type": "skip", "run": false}
you_said("network", f"{brought_back['EDSR-like'][1]:.0%} at x4, by the EDSR-like network.")

# %% slideshow={"slide_type": "slide", "run": false}
i = (test.labels == 5).nonzero()[0].item()
names = ("SimpleSR, residual", "EDSR-like")
grid(
    [[null_part(truth, f)[i, 0] + 0.5]
     + [null_part(estimates[name, f], f)[i, 0] + 0.5 for name in names]
     + [estimates["EDSR-like", f][i, 0], truth[i, 0]] for f in (2, 4, 7)],
    "The lost part of a digit 5 at x2, x4 and x7 (rows), and what SimpleSR and the EDSR-like "
    "network put in its place: SimpleSR a faint likeness, EDSR-like nearly the same drawing. Then "
    "EDSR-like's digit and the truth.",
    side=140,
    columns=["lost part", "SimpleSR's guess", "EDSR-like's guess", "EDSR-like, digit", "truth"],
    rows=["x2", "x4", "x7"],
)  # fmt: skip

# %% [markdown] claims=["what_is_lost.back-edsr-x2", "what_is_lost.back-edsr-x4", "what_is_lost.back-edsr-x7", "what_is_lost.back-simple-x2", "what_is_lost.back-simple-x7", "what_is_lost.back-bicubic", "what_is_lost.back-mean"] slideshow={"slide_type": "-"}
# **What it shows.** Of the energy that is lost to $A$, the EDSR-like network brings back 94% at x2, 92% at x4 and 81%
# at x7. This is the main result of the lesson. SimpleSR manages 72% and 11% at x2 and x7, bicubic next to nothing.
# *Lost to $A$* is not *lost to one who knows digits*. In its null space $A$ admits every picture; but most pictures
# aren't digits, and where 49 pixels say that a stroke passes, the edges of the stroke follow. Nor is it enough to
# know digits in general, as the mean digit shows: one must look at $y$.

# %% [markdown] slideshow={"slide_type": "notes"}
# Back to the vote. Compare the first column with the third, row by row. On photographs the same network does far
# worse than bicubic: it has learnt how digits look.

# %% [markdown]
# **What it doesn't show:** that this is a gain for all pictures. Give the network photographs instead.

# %% slideshow={"slide_type": "skip", "run": false}
rows = {}
for name, patches in subjects.items():
    y = downsample(patches, 2)
    bicubic, network = (estimators[e](y, 2).clamp(0, 1) for e in ("bicubic", "EDSR-like"))
    rows[name] = [psnr(bicubic, patches).mean(), psnr(network, patches).mean()]
caption = "Mean PSNR in dB at x2, clipped; EDSR-like has only ever seen digits"
table(rows, ["bicubic", "EDSR-like"], caption=caption, form=".1f")

# %% [markdown] claims=["what_is_lost.photo-network"]
# On every photograph it does far worse than bicubic, which has learnt nothing. So two things are needed: *which*
# digit it is comes from $y$; *how digits look* comes from training, and is called *prior knowledge*.

# %% [markdown]
# ## The case file
#
# One new entry: the better form of SimpleSR, projected onto the data.

# %% slideshow={"slide_type": "skip", "run": false}
from mnist_sr_helpers import case_file

my_factor = 2
case_file(my_factor, "what_is_lost")

# %% [markdown] claims=["what_is_lost.case-x2", "what_is_lost.case-x7", "what_is_lost.back-edsr-x7"]
# **What it shows.** At x2, where the better form is the residual one, the projection gives 1.2 dB more. Set
# `my_factor = 7`: there the better form, enlarge-last, gains next to nothing. Its pictures nearly fit the data
# already; its error is in the null space. **What it doesn't show:** that this error is nobody's fault. At x7 another
# network brings back four fifths of what is lost, so lost information can't be all of the hatched bar; lesson [[model_or_information]]
# takes it up.

# %% [markdown] claims=["what_is_lost.in-range-x2", "what_is_lost.in-range-x7", "what_is_lost.back-edsr-x4", "what_is_lost.centring", "what_is_lost.forger-x2", "what_is_lost.forger-x7"] slideshow={"slide_type": "slide"}
# ## What we found
# - Downsampling is a matrix. At x7 it keeps 16 directions well and loses 768 altogether.
# - Part of an estimate's error contradicts the data and can be projected away: 22% of SimpleSR's at x2, 4% at x7.
# - Around their own mean grey, digits lose a larger share of their detail than three of the photographs and a smaller
#   one than grass. Which picture loses most depends on the picture *and* on the centring.
# - Lost to the matrix isn't lost for good: a network that knows digits brings back nine tenths of it at x4.
# - At x7 the low resolution often leaves room for a lie about the class, at x2 hardly ever.

# %% [markdown] slideshow={"slide_type": "notes"}
# Back to the first question: lost to whom? To the matrix, or to one who knows digits?

# %% [markdown]
# ## On your own
# - Start the Forger from noise, `torch.rand(1, 1, 28, 28)`, instead of a digit. What does it make?
# - `lost_share` with the matrices of `nearest` and `bilinear`: which kernel loses least of a digit?
# - Project the EDSR-like network's pictures. Why does it gain so little?
#
# ## Further reading
# - C. K. Sønderby et al., *Amortised MAP inference for image super-resolution*, ICLR 2017: projecting onto the data.
# - Y. Wang et al., *Zero-shot image restoration using denoising diffusion null-space model*, ICLR 2023: range and
#   null space in today's best methods.
# - Y. Bahat, T. Michaeli, *Explorable super resolution*, CVPR 2020: the Forger for photographs, as a tool.
# - S. Baker, T. Kanade, *Limits on super-resolution and how to break them*, IEEE PAMI 2002: prior knowledge.
#
# Next: **05 Averages**, what should one draw when several digits fit?
