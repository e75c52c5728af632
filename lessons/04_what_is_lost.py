# %% [markdown] slideshow={"slide_type": "slide"}
# # What is lost
#
# Lesson [[simplesr]]'s case file left a hatched bar: what separates SimpleSR from a perfect digit. The article puts it
# down to lost information. Lost to whom, how much, and more than an ordinary
# photograph loses? Downsampling is a matrix, so linear algebra can answer exactly.

# %% jupyter={"source_hidden": true} slideshow={"slide_type": "-"}
import torch
from mnist_sr_helpers import downsample, grid, load_digits, null_part, psnr, signed

test = load_digits(split="test")
digit = test.images[:1]
lost = null_part(digit, 7)
columns = ["a digit", "4 x 4 pixels of it", "what they keep", "what they lose"]
pictures = [digit, downsample(digit, 7), digit - lost]
parts = [part[0, 0].clamp(0, 1) for part in pictures] + [signed(lost[0, 0])]
grid([parts], side=140, columns=columns, captions=[["", "", "", "blue: below 0"]])

# %% [markdown] slideshow={"slide_type": "notes"}
# Run everything now (Alt+R), if you have not. Lost to whom? Collect answers, and come back to them at the end.

# %% [markdown]
# **You will**
# - write downsampling as a matrix, and split any picture into what it keeps and what it loses;
# - make any estimate agree with the low resolution, and see how much of an error that can mend;
# - compare digits with photographs: what they lose, and whether digits are low-frequency, as claim k has it;
# - measure how much of what is lost a network brings back.
#
# **You need** lesson [[seeing_the_failure]]. **Time:** 40 minutes.

# %% [markdown] slideshow={"slide_type": "slide"}
# ## Eight numbers
#
# Before 784 pixels, take eight, and average them in pairs. Each average is a weighted sum of all eight. The weights
# make a *matrix* $A$, one row for each average, and downsampling is the product $y = A x$: four equations.

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
# From $y$ alone nobody can tell $x$ from $x + n$, unless something *else* is known about $x$. Keep this in mind.

# %% [markdown] slideshow={"slide_type": "slide"}
# ## Two parts: kept and lost
#
# Infinitely many $x$ give the same $y$. The *pseudo-inverse* $A^+$ picks one of them: $A^+ y$ is the one of least
# *energy*, which means the sum of squares. For averages it does the obvious thing and repeats each one. So every $x$
# splits in two (why of *least* energy: see below the picture):
#
# $$x = \underbrace{A^+ A x}_{\text{kept}} + \underbrace{(x - A^+ A x)}_{\text{lost}}$$

# %% jupyter={"source_hidden": true} slideshow={"slide_type": "-"}
import matplotlib.pyplot as plt
from mnist_sr_helpers import to_picture

plt.style.use("mnist_sr_helpers.pictures.course")
A_plus = torch.linalg.pinv(A)
kept = A_plus @ (A @ x)
parts = {"x": x, "= kept": kept, "+ lost": x - kept}
figure, axes = plt.subplots(1, 3, figsize=(7.2, 2.6), sharey=True)
for panel, (name, part) in zip(axes, parts.items(), strict=True):
    panel.bar(range(1, 9), part, color="#2b6cb0")
    panel.axhline(0, color="#010101", linewidth=0.8)
    panel.set(title=name, xticks=range(1, 9), xlabel=f"energy {part.square().sum():.2f}")
axes[0].set_ylabel("value")
to_picture(figure)

# %% [markdown] slideshow={"slide_type": "notes"}
# Point at one pair: equal bars are kept, opposite bars are lost. The energies add up, as in Pythagoras.

# %% [markdown]
# Kept: both of a pair have one height. Lost: a pair sums to zero. The energies add up: 2.14 + 0.30 = 2.44. This is
# Pythagoras: energy is length squared, and the parts are perpendicular. They are so for every matrix. Split any $x$
# into a weighted sum of the rows of $A$ and a rest that is perpendicular to each row. $A$ turns the rest into zero; so
# without it $x$ still fits $y$, and has less energy. The kept part is that sum, the lost part that rest.
#
# ## A digit: 784 numbers
#
# Write a digit's pixels in one long row, and the same goes for pictures. `degradation_matrix(factor)` is the $A$ of the
# course's `downsample`. Here is one row of it, laid out as 28 x 28 pixels: the weights for one low-resolution pixel,
# the middle one at x4. (Orange above zero, blue below; as in error pictures, brightness is the root of their size.)

# %%
from mnist_sr_helpers import degradation_matrix

A = degradation_matrix(4)
off = test.images.flatten(1).double() @ A.T - downsample(test.images, 4).flatten(1)
print(f"A is {tuple(A.shape)}; agrees with downsample to 1e-6: {off.abs().max() < 1e-6}")
weights = A[24].view(28, 28).float()
grid(
    [[signed(weights / weights.max())]],
    "The weights of one low-resolution pixel as a picture: a soft orange blob over 8 x 8 pixels "
    "with a blue fringe at its four sides.",
)

# %% [markdown]
# Bicubic looks beyond the block of 4 x 4 pixels, and its fringe has negative weights: the overshoot that lesson
# [[degradation]] met. How many of these equations are independent? And does $A$ keep each direction well? One that it
# shrinks a thousandfold would drown in the slightest noise. Its *singular values* say by how much it stretches its
# directions, from the best kept to the weakest.

# %% slideshow={"slide_type": "slide"}
rows = {}
for factor in (2, 4, 7, 14):
    A = degradation_matrix(factor)
    rank = torch.linalg.matrix_rank(A).item()
    values = torch.linalg.svdvals(A)
    rows[f"x{factor}"] = [len(A), rank, 784 - rank, values[-1] / values[0]]
columns = ["equations", "rank", "directions lost", "weakest kept / best kept"]
table(rows, columns, caption="Bicubic downsampling of 28 x 28 pixels: 784 unknowns")

# %% [markdown] claims=["what_is_lost.rank", "what_is_lost.singular"] slideshow={"slide_type": "-"}
# **What it shows.** No equation is wasted: the rank is the number of low-resolution pixels. At x7, 16 equations face
# 784 unknowns; 768 directions leave no trace. What bicubic keeps it keeps well, the weakest direction about half as
# strongly as the best, or better; all else is gone altogether. **What it doesn't show:** how much of a *digit* is kept.

# %% [markdown] slideshow={"slide_type": "notes"}
# Point at x7: 16 equations for 784 unknowns.

# %% [markdown]
# ## What a digit loses
#
# `least_norm(y, factor)` computes $A^+ y$, the kept part; `null_part(x, factor)` the lost one, called the *null
# part*. It swings about zero: orange is above it, blue below.

# %% slideshow={"slide_type": "slide"}
from mnist_sr_helpers import least_norm, null_part

digit = test.images[test.labels == 5][:1]
cells, captions = [], []
for factor in (2, 4, 7):
    y = downsample(digit, factor)
    kept, lost = least_norm(y, factor), null_part(digit, factor)
    share = (lost.square().sum() / digit.square().sum()).item()
    cells.append([digit[0, 0], y[0, 0], kept[0, 0], signed(lost[0, 0])])
    captions.append(["", f"{len(y[0, 0])} x {len(y[0, 0])}", f"{1 - share:.0%}", f"{share:.0%}"])
columns = ["original", "small", "kept energy", "lost energy"]
grid(cells, side=168, columns=columns, rows=["x2", "x4", "x7"], captions=captions)

# %% [markdown] claims=["what_is_lost.this-five"] slideshow={"slide_type": "-"}
# **What it shows.** Kept plus lost is the original, exactly: at x2 the lost part is little more than a seam along the
# edges of the strokes, at x7 it draws the digit, and the kept part is the blur. **What it doesn't show:** whether that
# is much; and this 5 loses more than most digits.

# %% [markdown] slideshow={"slide_type": "notes"}
# Cover the left column: at which factor does the lost part alone show the digit?

# %% [markdown]
# ## Make an estimate fit
#
# The kept part is *known*: it is $A^+ y$. So an estimate $\hat x$ whose own low resolution $A \hat x$ differs from
# $y$ contradicts the data. That error can be taken out without knowing the truth: add what brings the missing
# $y - A \hat x$ back.
#
# $$\hat x + A^+ (y - A \hat x)$$
#
# This *projects* the estimate onto the pictures that fit: its kept part becomes right, its lost part stays as guessed.
# Its error has a kept part and a lost part, too, perpendicular to one another. The step takes the first away and leaves
# the second, so the squared error falls by just the energy of its kept part.
#
# ### Exercise 1: project (medium, 5 minutes)
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
# Half of the time is over here. If it is short, skip the photographs given to the network, not the frequencies nor the
# network.

# %% [markdown]
# The package has it as `project(x, y, factor)`. How much does it help the article's network (here and below: enlarge
# first), with the article's own settings (lesson [[simplesr]])? (The PSNR is of clipped pictures, as always; the error
# is measured before clipping, which would disturb the fit again.)

# %% slideshow={"slide_type": "skip", "run": false}
from mnist_sr_helpers import project, rung

truth = test.images
rows = {}
for factor in (2, 4, 7):
    y = downsample(truth, factor)
    estimate = rung("article, enlarge first", factor)(y)
    projected = project(estimate, y, factor)
    error, left = ((e - truth).square().sum() for e in (estimate, projected))
    before, after = (psnr(e.clamp(0, 1), truth).mean() for e in (estimate, projected))
    rows[f"x{factor}"] = [1 - left / error, before, after]
columns = ["squared error removed", "mean PSNR before (dB)", "after"]
caption = "Enlarge first before and after the projection, 1,000 test digits"
table(rows, columns, caption=caption, form=[".0%", ".2f", ".2f"])

# %% [markdown] claims=["what_is_lost.in-range-x2", "what_is_lost.in-range-x7", "what_is_lost.project-x2", "what_is_lost.project-x7"]
# **What it shows.** The network's pictures contradict the data that they were made from. At x2 a fifth of its squared
# error was of this avoidable kind: a gain of 1.1 dB for two lines of algebra. At x7 it is 3%, worth 0.1 dB. **What it
# doesn't show:** how to go on. The rest of the error lies in the null space, where $A$ says nothing at all.
#
# ## Which pictures lose most?
#
# The article says (claims b and h): ordinary super-resolution works because its low-resolution input often keeps enough
# of the high frequencies, fine detail; downsampling MNIST discards them. So compare digits with four photographs, each
# cut into 81 patches of 28 x 28 pixels; networks for photographs learn from patches, too. (All 1,000 test digits are
# measured; 81 are drawn, at half size.) Mere brightness is no detail: subtract from each patch its *own mean grey*; the
# energy that is left is its detail.

# %%
from mnist_sr_helpers import load_photographs

subjects = {"digits": test.images, **load_photographs()}  # name: (N, 1, 28, 28)
halves = [downsample(patches[:81], 2, "area").view(9, 9, 14, 14) for patches in subjects.values()]
mosaics = [patches.permute(0, 2, 1, 3).reshape(126, 126) for patches in halves]
grid([mosaics], side=126, columns=list(subjects))

# %% jupyter={"source_hidden": true}
from mnist_sr_helpers import ask, you_said

options = ["digits", "camera", "chelsea (the cat)", "coffee", "grass"]
ask(
    "photos",
    "x2, each patch's own mean grey subtracted: which loses the largest share of its detail?",
    options,
)

# %% slideshow={"slide_type": "skip", "run": false}
shares = {}
for name, patches in subjects.items():
    detail = patches - patches.mean((1, 2, 3), keepdim=True)
    lost = [null_part(detail, factor).square().sum() for factor in (2, 4, 7)]
    shares[name] = [energy / detail.square().sum() for energy in lost]
caption = "Share of the detail's energy that is lost"
result = table(shares, ["x2", "x4", "x7"], caption=caption, form=".1%")
most_first = sorted(shares, key=lambda name: shares[name][0], reverse=True)
it_is = ", ".join(f"{name} {shares[name][0]:.1%}" for name in most_first) + "."
correct = next(name for name in options if name.startswith(most_first[0]))
you_said("photos", it_is, result, right=correct)

# %% [markdown] answers="photos" claims=["what_is_lost.share-digits-x2", "what_is_lost.share-digits-x7", "what_is_lost.share-camera-x2", "what_is_lost.share-grass-x2", "what_is_lost.share-coffee-x7", "what_is_lost.share-grass-x7", "what_is_lost.order", "what_is_lost.order-nothing"]
# **What it shows.** Digits stand between grass and the three other photographs at every factor. At x2 they lose 8.5% of
# their detail, the man with the camera 5.6%, grass 17%; at x7 digits lose 61%, coffee 23%, grass 65%. So whoever
# compares with one photograph can have either verdict. **What it doesn't show:** the share of *all* energy, brightness
# included. If nothing is subtracted, digits lose the largest share at every factor, because most of a photograph's
# energy is its brightness.

# %% [markdown]
# ## Are digits low-frequency?
#
# The article's summary (claim k) goes further: the training is meant for detail, and MNIST has "low-frequency
# characteristics". The second half can be measured. A patch is a sum of waves; one of *frequency* 0.25 repeats every
# 4 pixels. Slow waves, of low frequency, draw soft shades; fast ones draw edges and texture. The energy of a
# frequency's waves is its *power*. Pixels `factor` times as wide can carry waves up to $0.5 / \mathrm{factor}$, their
# *Nyquist limit*: 0.25 at x2. (Hann's window fades each patch towards its border, where the cut would look like an
# edge.)

# %% jupyter={"source_hidden": true}
options = ["digits", "grass", "another of the photographs"]
ask(
    "spectrum",
    "Not as a share, but in itself: who has the most power above x4's limit, a frequency of 0.125?",
    options,
)

# %% slideshow={"slide_type": "slide", "run": false}
window = torch.hann_window(28, periodic=False)
across = torch.fft.fftfreq(28)
frequency = (across[:, None] ** 2 + across**2).sqrt().flatten()  # of each of the 784 waves
slow_first = frequency.argsort()
ring = (frequency * 28).round().long()  # frequencies k / 28

figure, axes = plt.subplots(1, 2, figsize=(7.6, 3.4))
lines = ("-", "--", ":", "-.", ".-")
above, most = {}, {}  # the power above x4's limit: its share, and itself
colours = ("#010101", "#2b6cb0", "#c05a00", "#8a8a8a", "#2b6cb0")
for (name, patches), line, color in zip(subjects.items(), lines, colours, strict=True):
    detail = (patches - patches.mean((1, 2, 3), keepdim=True)) * window[:, None] * window
    power = torch.fft.fft2(detail).abs().square().mean((0, 1)).flatten()
    mean_power = torch.zeros(21).index_add(0, ring, power) / ring.bincount()
    axes[0].semilogy(torch.arange(1, 15) / 28, mean_power[1:15], line, color=color)
    below = power[slow_first].cumsum(0) / power.sum()
    axes[1].plot(frequency[slow_first], below, line, color=color, label=name)
    most[name] = power[frequency > 0.5 / 4].sum().item()
    above[name] = most[name] / power.sum().item()
for panel, label in zip(axes, ("mean power of a wave", "share of the power below"), strict=True):
    panel.set(xlabel="frequency, in waves a pixel", ylabel=label, xlim=(0, 0.5))
    for factor in (2, 4, 7):
        panel.axvline(0.5 / factor, color="#010101", linewidth=0.8)
        panel.annotate(f"x{factor}", (0.5 / factor, 1.02), xycoords=("data", "axes fraction"))
axes[1].legend(loc="lower right")
result = to_picture(
    figure,
    "Two charts against frequency, with lines at the limits of x7, x4 and x2. Left, power: all "
    "five curves fall, the one of digits lies above all others throughout. Right, the share of the "
    "power below a frequency: grass rises most slowly, then digits, then the three other "
    "photographs close together.",
)
rows = {name: [most[name], above[name]] for name in subjects}
caption = "Power above x4's limit: all waves together, and as a share of all power"
more = table(rows, ["power", "share"], form=[".0f", ".0%"], caption=caption)
first = max(most, key=most.get)
correct = first if first in options else options[2]
you_said("spectrum", f"{first}, though not as a share.", result, more, right=correct)

# %% [markdown] answers="spectrum" claims=["what_is_lost.spectrum-digits", "what_is_lost.spectrum-most", "what_is_lost.spectrum-grass", "what_is_lost.spectrum-order", "what_is_lost.spectrum-power"] slideshow={"slide_type": "-"}
# **What it shows.** Beside three of the four photographs digits are not low-frequency. In power they lead at *every*
# frequency: white on black has a high contrast. As a share, 41% of theirs lies above x4's limit, against 20% at most
# for camera, cat and coffee; only grass has more, 46%. That is the order at each of the three limits. So the second
# half of claim k fails beside these three. Claim h's contrast holds for them: they keep a larger share. But not because
# their high frequencies survive. Above the limit most are lost for all; they have less there to lose. **What it doesn't
# show:** other photographs; four of them are few.

# %% [markdown] slideshow={"slide_type": "notes"}
# Right chart: what lies above a limit is the rest up to 1. Let somebody read the digits' share at x4.

# %% [markdown]
# ## Lost to whom?
#
# So the input lacks the detail. Must the output? Whatever an estimate puts into the null space, $A$ didn't say; it
# is a guess. Score the guess alone: what share of the energy (written $|\cdot|^2$) that $A$ lost does an estimate bring
# back? One would be all of it; zero is no better than leaving it out; below zero is worse than that.
#
# $$1 - \frac{|\mathrm{null}(\hat x) - \mathrm{null}(x)|^2}{|\mathrm{null}(x)|^2}$$

# %% jupyter={"source_hidden": true} slideshow={"slide_type": "slide"}
options = ["nothing: it is lost", "about a quarter", "about a half", "nine tenths"]
ask(
    "network",
    "x4: 49 equations, 784 unknowns. How much of the lost energy does a large network bring back?",
    options,
)

# %% [markdown] slideshow={"slide_type": "notes"}
# Vote, and press the answer of the majority. Let somebody defend "nothing" first.

# %% [markdown] tags=["instructor"]
# The likely misconception is "null space = nothing can know it". Let the room commit itself before you run the table;
# the cell with the photographs answers the opposite one, "so the network has undone the downsampling".

# %% [markdown]
# The contestants: bicubic; the article's network, enlarge first; and a large one, *EDSR-like*, with more than 200,000
# parameters (lesson [[model_or_information]] climbs up to it step by step). All are clipped to [0, 1]. The table also
# gives what is still missing as a share of *all* of the digits' energy.

# %% slideshow={"slide_type": "slide", "run": false}
brought_back, estimates = {}, {}
for name in ("bicubic", "article, enlarge first", "EDSR-like"):
    shares, missing = [], []
    for factor in (2, 4, 7):
        estimates[name, factor] = rung(name, factor)(downsample(truth, factor)).clamp(0, 1)
        lost = null_part(truth, factor)
        wrong = (null_part(estimates[name, factor], factor) - lost).square().sum()
        shares.append(1 - wrong / lost.square().sum())
        missing.append(wrong / truth.square().sum())
    brought_back[name] = shares + missing
shares_of = ("of the lost energy, brought back", "of all energy, still missing")
columns = [(what, f"x{factor}") for what in shares_of for factor in (2, 4, 7)]
form, best = [".0%"] * 3 + [".1%"] * 3, ["high"] * 3 + ["low"] * 3
result = table(brought_back, columns, caption="Shares, 1,000 test digits", form=form, best=best)
i = (test.labels == 5).nonzero()[0].item()
cells = []
for factor in (2, 4, 7):
    guesses = [estimates[name, factor] for name in ("article, enlarge first", "EDSR-like")]
    parts = [signed(null_part(x[i : i + 1], factor)[0, 0]) for x in (truth, *guesses)]
    cells.append([*parts, guesses[1][i, 0], truth[i, 0]])
columns = ["lost part", "the article's", "EDSR-like's", "EDSR-like, digit", "truth"]
pictures = grid(cells, side=140, columns=columns, rows=["x2", "x4", "x7"])
share = brought_back["EDSR-like"][1]
it_is = f"{share:.0%} at x4, by the EDSR-like network."
correct = options[sum(share > limit for limit in (0.1, 0.4, 0.7))]
you_said("network", it_is, pictures, result, right=correct)

# %% [markdown] answers="network" claims=["what_is_lost.back-edsr-x2", "what_is_lost.back-edsr-x4", "what_is_lost.back-edsr-x7", "what_is_lost.missing-x2", "what_is_lost.missing-x4", "what_is_lost.missing-x7", "what_is_lost.back-article-x2", "what_is_lost.back-article-x4", "what_is_lost.back-article-x7", "what_is_lost.back-bicubic"] slideshow={"slide_type": "-"}
# **What it shows.** Of the energy that is lost to $A$, the EDSR-like network brings back 95% at x2, 92% at x4 and 81%
# at x7. What is missing then is 0.4%, 2.2% and 9.3% of the digits' energy. This is the main result of the lesson. The
# article's network brings back 74%, 43% and 14%, bicubic next to nothing. *Lost to $A$* is not *lost to one who knows
# digits*. In its null space $A$ admits every picture; but most pictures aren't digits, and where 49 pixels say that a
# stroke passes, the edges of the stroke follow. **What it doesn't show:** that this is a gain for all pictures. Give
# the network photographs instead.

# %% [markdown] slideshow={"slide_type": "notes"}
# Back to the vote. Compare the first column with the third, row by row. On photographs the same network does far
# worse than bicubic: it has learnt how digits look.

# %% slideshow={"slide_type": "skip", "run": false}
methods, rows = ["bicubic", "EDSR-like"], {}
for name, x in subjects.items():
    rows[name] = [psnr(rung(of, 2)(downsample(x, 2)).clamp(0, 1), x).mean() for of in methods]
table(rows, methods, form=".1f", best="high", caption="Mean PSNR in dB, x2")

# %% [markdown] claims=["what_is_lost.photo-network"]
# On every photograph it does far worse than bicubic, which has learnt nothing. So two things are needed: *which*
# digit it is comes from $y$; *how digits look* comes from training, and is called *prior knowledge*.

# %% [markdown]
# ## The case file (optional)
#
# No new bar, but a stroke beside each: what the estimates score once they are projected onto the data.

# %% slideshow={"slide_type": "skip", "run": false}
from mnist_sr_helpers import case_file

my_factor = 2
case_file(my_factor, "what_is_lost")

# %% [markdown] claims=["what_is_lost.case-bicubic", "what_is_lost.case-article", "what_is_lost.case-x7"]
# **What it shows.** At x2 the projection is worth 2.0 dB to bicubic, 1.1 dB to the article's network. Set
# `my_factor = 7`: there the best form, enlarge last, gains next to nothing. Its pictures nearly fit the data already; its error is
# in the null space. **What it doesn't show:** that this error can't be avoided. At x7 another network brings back four
# fifths of what is lost, so lost information can't be all of the hatched bar; lesson [[model_or_information]] takes it
# up.

# %% [markdown] claims=["what_is_lost.in-range-x2", "what_is_lost.back-edsr-x4", "what_is_lost.order", "what_is_lost.spectrum-order", "what_is_lost.spectrum-power"] slideshow={"slide_type": "slide"}
# ## What we found
# - Downsampling is a matrix. At x7 it keeps 16 directions well and loses 768 altogether.
# - Part of an estimate's error contradicts the data and can be projected away: 19% of that of the article's network,
#   enlarge first, at x2.
# - Digits lose a larger share of their detail than three of the photographs and a smaller one than grass.
# - Digits aren't low-frequency beside three of the photographs.
# - Lost to the matrix isn't lost for good: a network that knows digits brings back nine tenths of it at x4.

# %% [markdown] slideshow={"slide_type": "notes"}
# Back to the first question: lost to whom? To the matrix, or to one who knows digits?

# %% [markdown]
# ## On your own (optional)
# - Compute `null_part(truth, 4, kernel)` for each kernel: which loses least of a digit's energy?
# - Subtract the mean patch of each subject, in place of each patch's own mean, before you measure what is lost. Who
#   comes first now, and why?
# - Project the EDSR-like network's pictures. Why does it gain so little?
#
# ## Further reading
# - C. K. Sønderby et al., [*Amortised MAP inference for image super-resolution*](https://arxiv.org/abs/1610.04490),
#   ICLR 2017: projecting onto the data.
# - Y. Wang et al., [*Zero-shot image restoration using denoising diffusion null-space
#   model*](https://arxiv.org/abs/2212.00490), ICLR 2023: kept part and null space in a diffusion model.
# - A. Torralba, A. Oliva, [*Statistics of natural image categories*](https://doi.org/10.1088/0954-898X/14/3/302),
#   Network 2003: the spectra of photographs.
#
# Next: [[next]], where knowing digits ends: digits that become one.
# Previous: [[previous]].
