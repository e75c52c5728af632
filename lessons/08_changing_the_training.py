# %% [markdown] slideshow={"slide_type": "slide"}
# # Changing the training
#
# Lesson [[model_or_information]] changed the model and left the training alone. Now the other way round: one network, always the same, and
# two changes to what it learns from. First the *low-resolution pictures*: does it matter how they were made? Then the
# *digits*: the article suggests that "training-data augmentation" is worth exploring. You explore it.
#
# **You will**
# - train on one degradation, test on another, and read the result off a matrix;
# - see what a network does with a picture of the wrong kind, and why;
# - choose a training by its worst case;
# - make new digits from old ones, and say which could have been in MNIST;
# - measure what they gain, with an interval that says how sure you can be.
#
# **You need** lesson [[model_or_information]]. **Time:** 30 minutes.

# %% [markdown] slideshow={"slide_type": "notes"}
# Run everything now (Alt+R), if you have not. Ask: what could one change in the training, with the network as it is?

# %%
from mnist_sr_helpers import DEGRADATIONS, load_digits, table

train, test = load_digits(), load_digits(split="test")
x = test.images
lows = {name: degrade(x) for name, degrade in DEGRADATIONS.items()}
rows = {name: [*low.shape[2:], low.min(), low.max()] for name, low in lows.items()}
columns = ["height", "width", "least value", "largest value"]
table(rows, columns, caption="Low resolutions of 1,000 test digits")

# %% [markdown] slideshow={"slide_type": "slide"}
# ## Six ways to make a small picture
#
# All six make 7 x 7 pixels from 28 x 28, and all six are called *resizing*; each is the default of some program. They
# are lesson [[degradation]]'s kernels at x4. *Aliased* means without antialiasing: only the pixels near the middle of each 4 x 4
# block have a say.

# %% slideshow={"slide_type": "-"}
from mnist_sr_helpers import grid

position = 2  # the first test digit 5
grid(
    [[x[position, 0], *(low[position, 0] for low in lows.values())]],
    f"A digit {test.labels[position]} and its six low resolutions of 7 x 7 pixels. Nearest and the "
    "two aliased ones have few, bright pixels with gaps between; bilinear, bicubic and area are "
    "darker and whole.",
    side=112,
    columns=["original", *lows],
)

# %% [markdown] slideshow={"slide_type": "notes"}
# Who knows which of them their own program uses? The aliased ones look crisp: is that good?

# %% [markdown]
# ## Train on one, test on another
#
# The network is the *middle network* of lesson [[averages]]: EDSR-like, 24 channels, 4 blocks. `fit` takes the degradation as an
# argument: `fit(network, train.images, 4, degrade=DEGRADATIONS["area"])`. Seven networks come trained: six
# *specialists*, one for each way, and one on all of them *mixed*, where each of the 5,000 digits was degraded in one
# of the six ways, in turn. All have had ten epochs, from the same first weights.

# %% slideshow={"slide_type": "slide"}
from mnist_sr_helpers import ask, you_said

ask(
    "mismatch",
    "The bicubic specialist gets aliased bicubic pictures: the same kernel, without "
    "antialiasing. Against plain bicubic enlargement of these pictures, without any network, it is",
    [
        "better by more than 3 dB",
        "better by up to 3 dB",
        "about equal",
        "worse",
    ],
)

# %% [markdown] slideshow={"slide_type": "notes"}
# Vote, and press the answer of the majority. Same kernel, same network: only the antialiasing is gone.

# %% slideshow={"slide_type": "skip", "run": false}
import torch
from mnist_sr_helpers import load_experiment, psnr, restore, upsample


def mean_psnr(estimate):
    """Mean over the 1,000 test digits, in dB."""
    return psnr(estimate.clamp(0, 1), x).mean().item()


tests = list(DEGRADATIONS)
trainings = [*tests, "mixed"]
matrix = torch.zeros(len(trainings), len(tests))
for i, training in enumerate(trainings):
    network = load_experiment("degradations", training)
    for j, kind in enumerate(tests):
        matrix[i, j] = mean_psnr(restore(network, lows[kind]))
bicubic = torch.tensor([mean_psnr(upsample(lows[kind], 4)) for kind in tests])

caption = "Mean PSNR in dB, 1,000 test digits, x4; a row: trained on; a column: tested on"
rows = dict(zip(trainings, matrix, strict=True)) | {"(bicubic)": bicubic}
display(table(rows, tests, caption=caption, best="high"))
caption = "Gain in dB over bicubic enlargement of the same pictures"
table(dict(zip(trainings, matrix - bicubic, strict=True)), tests, caption=caption, form="+.2f")

# %% slideshow={"slide_type": "slide", "run": false}
from mnist_sr_helpers import draw_matrix

draw_matrix(
    matrix,
    trainings,
    tests,
    "A table of seven rows (trained on) and six columns (tested on) with a mean PSNR in each cell. "
    "The framed cells, where training and test agree, hold the largest number of their "
    "column. The row of the mixed network has no low number. All numbers stand in the table above.",
    title="Mean PSNR, 1,000 test digits, x4, clipped to [0, 1]",
)

# %% slideshow={"slide_type": "skip", "run": false}
a, b = tests.index("bicubic"), tests.index("bicubic, aliased")
you_said(
    "mismatch",
    f"{matrix[a, b] - bicubic[b]:+.1f} dB against bicubic enlargement: {matrix[a, b]:.1f} dB, and "
    f"{bicubic[b]:.1f} dB without a network.",
)

# %% [markdown] claims=["changing_the_training.diagonal", "changing_the_training.own", "changing_the_training.bicubic-aliased", "changing_the_training.enlarged", "changing_the_training.below", "changing_the_training.own-nearest", "changing_the_training.seeds"] slideshow={"slide_type": "-"}
# **What it shows.** The framed cell, the specialist's own, wins every column by 0.8 dB or more. The bicubic specialist
# has 22 dB on its own kind; given the same kernel without antialiasing, it falls to 12.9 dB, below plain bicubic
# enlargement (13.8 dB): worse than no network. That happens in 9 of 30 cells of the specialists off the diagonal. The
# diagonal itself says what each kind *keeps*: the soft-looking bicubic and bilinear pictures lead to 22 dB, the
# crisp-looking nearest to 16 dB. **What it doesn't show:** luck. Each network was trained once. But the differences
# that we speak of are of several dB, and three seeds of this network, which you will meet below, lie within 0.2 dB of
# each other.

# %% [markdown] slideshow={"slide_type": "notes"}
# Back to the vote: row bicubic, column bicubic, aliased. Then down each column, and along the last row.

# %% [markdown]
# ## What is it thinking?
#
# Take that pair and ask the network's answer a question: downsample it again, unclipped, once the way that the network
# was trained on, and once the way that the picture was really made. Which of the two gives its input back?

# %% slideshow={"slide_type": "skip", "run": false}
trained_way, true_way = DEGRADATIONS["bicubic"], DEGRADATIONS["bicubic, aliased"]
given = lows["bicubic, aliased"]
estimate = restore(load_experiment("degradations", "bicubic"), given)


def apart(p, q):
    """Root mean square difference in grey levels, 0 to 255."""
    return 255 * (p - q).square().mean().sqrt().item()


rows = {
    "downsampled as in training": [apart(trained_way(estimate), given)],
    "downsampled as it was made": [apart(true_way(estimate), given)],
    "as in training, but clipped": [apart(trained_way(estimate.clamp(0, 1)), given)],
}
caption = "Root mean square difference from the input, in grey levels"
display(table(rows, caption=caption, form=".1f"))
print(f"values from {estimate.min():.1f} to {estimate.max():.1f}; a digit has 0 to 1")
largest = 0
for training in tests:
    network, way = load_experiment("degradations", training), DEGRADATIONS[training]
    largest = max(largest, *(apart(way(restore(network, low)), low) for low in lows.values()))
print(f"all 36 pairs, downsampled as in training: {largest:.1f} grey levels at most")

# %% slideshow={"slide_type": "slide", "run": false}
again = trained_way(estimate)
grid(
    [
        [x[i, 0], given[i, 0].clamp(0, 1), estimate[i, 0].clamp(0, 1), again[i, 0].clamp(0, 1)]
        for i in (position, 1, 4)
    ],
    "Three digits in rows: the original; the aliased low resolution, some bright pixels with gaps; "
    "the estimate, clipped, fat bright blots where the bright pixels are; the unclipped estimate "
    "downsampled with antialiased bicubic, which looks like the second column.",
    side=140,
    columns=["original", "given (aliased)", "estimate, clipped", "downsampled again"],
)

# %% [markdown] claims=["changing_the_training.again-trained", "changing_the_training.again-true", "changing_the_training.again-clipped", "changing_the_training.brightest", "changing_the_training.again-all"] slideshow={"slide_type": "-"}
# **What it shows.** The network isn't confused: downsampled as in training, its answer gives its input back to within
# 6 grey levels; as the picture was really made, it is off by more than 80. It answers the question that it has learnt:
# *which digit gives these pixels, if downsampled by antialiased bicubic?* There a pixel so bright among dark ones needs
# a fat blot, and ink of up to 3.4 times white, which no digit has: all this is before clipping; clipped, the answer is
# off by about 30 grey levels, either way. Unclipped, all 36 pairs are like that: seen through its own training, no answer
# is further from its input than a third of that. **What it doesn't show:** that consistency is enough. Lesson [[what_is_lost]]'s
# forged digits had it, too.

# %% [markdown] slideshow={"slide_type": "notes"}
# Compare the second column with the last: the answer is right, to another question.

# %% [markdown] slideshow={"slide_type": "slide"}
# ## Explore: training x test x digit
#
# *train* is what the network has learnt, *test* how its picture was made. Find a digit and a pair that you
# can't read any more.

# %% [markdown] tags=["instructor"]
# Let the room choose a pair, then move only *test* from left to right: the same network, six pictures of one digit.
# A common belief is that a good network is good on any picture; the row "bicubic" answers it.

# %% tags=["explorer"] slideshow={"slide_type": "-"}
from mnist_sr_helpers import TRAININGS, Explorer, mismatch_view

Explorer(
    mismatch_view,
    digit=range(10),
    train=TRAININGS,
    test=list(DEGRADATIONS),
    start={"digit": 5, "train": "bicubic", "test": "bicubic, aliased"},
)

# %% [markdown] slideshow={"slide_type": "notes"}
# Tab to test, then the arrow keys: one network, six pictures of one digit. Then change train to mixed.

# %% slideshow={"slide_type": "skip", "run": false}
from mnist_sr_helpers import mismatch_sheet

picture, numbers = mismatch_sheet(5)
display(picture, numbers)
behind = matrix[:6].diagonal() - matrix[:6]
soft, aliased = [1, 3, 5], [0, 2, 4]  # bilinear, bicubic, area; nearest and the aliased two
pairs = ("antialiased, given aliased", soft, aliased), ("aliased, given antialiased", aliased, soft)
rows = {}
for words, i, j in pairs:
    below = (matrix[:6] < bicubic)[i][:, j].sum()
    rows[f"trained on {words}"] = [below, behind[i][:, j].mean()]
caption = "Nine cells of the matrix each; dB behind the test's own specialist: mean"
table(rows, ["cells below bicubic", "dB behind"], caption=caption, form=".1f")

# %% [markdown] claims=["changing_the_training.soft-to-aliased", "changing_the_training.aliased-to-soft", "changing_the_training.soft-below", "changing_the_training.aliased-below", "changing_the_training.five-read"]
# **What it shows.** Two kinds of failure. Trained with antialiasing (area averages, too) and given aliased pictures:
# blots and gaps, below plain bicubic enlargement in 8 of 9 such cells of the matrix. Trained on aliased pictures
# (nearest is one, too) and given antialiased ones: blur. That looks harmless, and is below bicubic in 1 of 9 only, but
# it wastes more: it stays 6.3 dB on average behind the test's own specialist, the first kind 3.6 dB. The classifier
# still reads every blotted 5; the one that it misreads is the mixed network's. **What it doesn't show:** noise or
# compression, which real pictures have, too.
#
# ### A slip that hides
#
# The mild cases are the dangerous ones. A well-known example on the Keras site trains an ESPCN on `area` pictures and
# then judges it on `bicubic` ones. The matrix has that pair, for digits: area, tested on bicubic. Nothing looks
# broken: it beats bicubic enlargement clearly. Only beside the bicubic specialist does one see what is missing.

# %% slideshow={"slide_type": "skip", "run": false}
a, b = tests.index("area"), tests.index("bicubic")
print(f"trained on area, tested on bicubic: {matrix[a, b]:.1f} dB")
print(f"over bicubic enlargement: {matrix[a, b] - bicubic[b]:+.1f} dB")
print(f"against bicubic's specialist: {matrix[a, b] - matrix[b, b]:+.1f} dB")

# %% [markdown] claims=["changing_the_training.hidden-gain", "changing_the_training.hidden-cost"]
# It gains 4.4 dB and misses 3.2 dB. A mismatch of this kind is found by asking *how was the low resolution made, in
# training and in the test?*, not by looking at the score.
#
# ## If you don't know: the worst case
#
# A photograph from somewhere doesn't say how it was made smaller. Then choose the training whose *worst* test result
# is best: *minimax* (the least of the largest losses). Or the one that is never far behind the test's own specialist:
# *minimax regret* (of not having known).

# %% slideshow={"slide_type": "slide", "run": false}
own = matrix[:6].diagonal()  # what each test's specialist reaches
rows = {}
for training, row in zip(trainings, matrix, strict=True):
    worst, behind = row.argmin(), (own - row).argmax()
    rows[training] = [row[worst], tests[worst], own[behind] - row[behind], tests[behind]]
groups = ("worst test result", "furthest behind a test's specialist")
columns = [(group, what) for group in groups for what in ("dB", "tested on")]
caption, best = "Mean PSNR, 1,000 test digits, x4", ["high", "", "low", ""]
table(rows, columns, caption=caption, corner="trained on", form=".1f", best=best)

# %% [markdown] claims=["changing_the_training.minimax", "changing_the_training.mixed-worst", "changing_the_training.mixed-behind", "changing_the_training.mixed-least", "changing_the_training.specialists"] slideshow={"slide_type": "-"}
# **What it shows.** The mixed network wins: its worst result is 15.3 dB, 1 dB above the best worst result of the
# others. By regret it wins, too: it pays for not being told on every kind of picture, but 2.4 dB at most, where each
# specialist loses 4.5 dB or more somewhere. **What it doesn't show:** a seventh way. The mixed network is safe among
# the ways that it has seen. Hence the training on *combined* degradations: BSRGAN and Real-ESRGAN shuffle blur,
# resizing, noise and compression at random, so that few real pictures lie outside.

# %% [markdown] slideshow={"slide_type": "notes"}
# You do not know how a photograph was made smaller: which row would you choose? What does it cost?

# %% [markdown] slideshow={"slide_type": "slide"}
# ## New digits from old ones
#
# Now the other change, the digits themselves: *augmentation* changes each training digit a little, anew in every
# epoch, so that the network never sees the same one twice. It costs no new data, but it makes a promise: the changed
# digit could have been in the set. Here are four such changes, which `fit` takes as `augment=`: shift by up to 2
# pixels, rotate by up to 10 degrees, *deform* by a smooth random field (elastic distortion, Simard 2003), and *flip*:
# mirror half of the digits, by chance, left to right.

# %% slideshow={"slide_type": "-", "run": false}
from mnist_sr_helpers import AUGMENTATIONS

eight = x[[1, 9, 35, 4, 2, 22, 0, 10]]
changed = {"original": eight}
for kind in ("shift", "rotate", "deform"):
    changed[kind] = AUGMENTATIONS[kind](eight, torch.Generator().manual_seed(0))
changed["all mirrored"] = eight.flip(-1)
grid(
    [[digit[0] for digit in batch] for batch in changed.values()],
    "Eight digits in five rows: original, shifted, rotated, deformed and mirrored. All but the "
    "mirrored ones look like handwriting; of these only 0, 1 and 8 are digits.",
    side=84,
    rows=list(changed),
)

# %% [markdown] slideshow={"slide_type": "notes"}
# Which of these could have been in MNIST? Show of hands, row by row.

# %% [markdown]
# ### Exercise 1: move a digit (medium, 5 minutes)
#
# Write `move(x, right, down)`: the batch (N, 1, H, W) moved by whole pixels, to the left and up for negative numbers.
# What leaves the picture is lost, and black comes in, all black if the move is larger than the picture.
# (`torch.roll` would bring it back on the other side.)


# %% tags=["exercise"]
def move(x, right, down):
    """The pictures moved by whole pixels, black coming in: (N, 1, H, W) to the same shape."""
    ### BEGIN SOLUTION
    height, width = x.shape[-2:]
    wide = torch.nn.functional.pad(x, (width, width, height, height))  # a black border
    right, down = max(-width, min(width, right)), max(-height, min(height, down))
    top, left = height - down, width - right
    return wide[..., top : top + height, left : left + width]
    ### END SOLUTION


# %% tags=["check"]
from mnist_sr_helpers import check_move

check_move(move)

# %% [markdown]
# ### Could it have been in MNIST?
#
# Two questions. Does the classifier still read the class? And does the digit lie where MNIST's makers put it? They
# moved every digit so that the middle of its ink, its *centre of mass*, lies on pixel 14, counted from 0, to half a
# pixel.

# %% slideshow={"slide_type": "skip", "run": false}
from mnist_sr_helpers import read_digits


def off_centre(batch):
    """How far each digit's centre of mass lies from pixel 14, to the side or up and down: (N,)."""
    place, ink = torch.arange(28.0), batch.sum((1, 2, 3))
    right = (batch.sum(2)[:, 0] * place).sum(1) / ink - 14
    down = (batch.sum(3)[:, 0] * place).sum(1) / ink - 14
    return torch.maximum(right.abs(), down.abs())


batches = {"none": x}
for kind in ("shift", "rotate", "deform", "flip"):
    batches[kind] = AUGMENTATIONS[kind](x, torch.Generator().manual_seed(0))
batches["all mirrored"] = x.flip(-1)
rows = {}
for kind, batch in batches.items():
    read = (read_digits(batch) == test.labels).float().mean()
    rows[kind] = [read, (off_centre(batch) < 0.501).float().mean()]
columns = ["read right", "in its place"]
display(table(rows, columns, caption="Share of 1,000 test digits", form=".1%"))
right = test.labels[read_digits(x.flip(-1)) == test.labels].bincount(minlength=10)
table({"read right, %": right}, range(10), caption="All mirrored, by class")

# %% [markdown] claims=["changing_the_training.read-shift", "changing_the_training.read-rotate", "changing_the_training.read-deform", "changing_the_training.read-mirrored", "changing_the_training.mirrored-classes", "changing_the_training.middle", "changing_the_training.middle-shift", "changing_the_training.middle-rotate", "changing_the_training.middle-deform"]
# **What it shows.** By their class, shifted (99.3%), rotated (99.5%) and deformed digits (95.7%) are good ones, and
# mirrored ones are not: 37.5% are read, nearly all of them 0, 1, 4 and 8. By their place, only rotated digits are
# MNIST's: 93% lie where every real one does, but 4.3% of the shifted and 17.5% of the deformed. (Even a mirrored 8 is
# out of place: pixel 14 becomes pixel 13.) **What it doesn't show:** which of the two matters more. Guess:

# %% slideshow={"slide_type": "slide"}
ask(
    "augment",
    "x7, 5,000 digits, 20 epochs. Shift, rotate, deform: by how much does the best of the three "
    "raise the mean PSNR of the test digits?",
    ["by 0.5 dB or more", "by 0.1 to 0.5 dB", "by less than 0.1 dB", "not at all: it lowers it"],
)

# %% [markdown] slideshow={"slide_type": "notes"}
# Vote, and press the answer of the majority. Nearly everybody expects augmentation to help.

# %%
ask(
    "flip",
    "And flipping half of the digits, mirrored twos and all?",
    [
        "it helps as much as the others",
        "it changes nothing",
        "it hurts, but not most",
        "it hurts, and most of all",
    ],
)

# %% [markdown] tags=["instructor"]
# Short of time? Leave both exercises for home and go from the questions straight to the table. Take a show of hands
# first: nearly everybody expects augmentation to help. Keep the 500 digits for the second half of the surprise.

# %% [markdown]
# ## Measure
#
# Five trainings, three seeds each, come trained: 1,580 steps on the 5,000 digits.

# %% slideshow={"slide_type": "skip", "run": false}
from mnist_sr_helpers import SEEDS, downsample

low7 = downsample(x, 7)


def scores(name):
    """PSNR of each test digit with each of three seeds: (3, 1000)."""
    networks = [load_experiment("augmentation", f"{name}_{seed}") for seed in SEEDS]
    return torch.stack([psnr(restore(n, low7).clamp(0, 1), x) for n in networks])


many = {kind: scores(kind) for kind in AUGMENTATIONS}
rows = {kind: values.mean(1) for kind, values in many.items()}
columns = [f"seed {seed}" for seed in SEEDS]
table(rows, columns, caption="Mean PSNR in dB, 1,000 test digits, x7", best="high")

# %% [markdown]
# Is so small a difference something? Seeds say one thing: is it the same with each of them? Digits say another: with
# 1,000 *other* test digits, would it still be there? Lesson [[averages]]'s *bootstrap* answers the second: it draws 1,000 digits
# from the test set *with replacement*, many times, and looks how far the mean moves. New here: both networks get the
# same draw, they are compared in *pairs*.
#
# ### Exercise 2: the paired bootstrap (hard, 10 minutes)
#
# `a` and `b` hold the PSNR of the same N digits from two networks. Draw N positions with replacement, take the mean of
# a minus b over them; do so 1,000 times; return the ends of the middle 950 of these means (`torch.quantile`, 0.025 and
# 0.975) as a tensor of two numbers: the *95 per cent interval*. Draw with `torch.randint(..., generator=generator)`.


# %% tags=["exercise"]
def paired_interval(a, b, generator):
    """95% interval of the mean of a - b by the paired bootstrap: (N,), (N,) to (2,)."""
    ### BEGIN SOLUTION
    gap = a - b  # of each digit: what is hard for both falls out
    positions = torch.randint(len(gap), (1000, len(gap)), generator=generator)
    return gap[positions].mean(1).quantile(torch.tensor([0.025, 0.975]))
    ### END SOLUTION


# %% tags=["check"]
from mnist_sr_helpers import check_paired_interval

check_paired_interval(paired_interval)

# %% [markdown]
# The package's `bootstrap_interval(differences)` does the same.

# %% slideshow={"slide_type": "slide", "run": false}
from mnist_sr_helpers import bootstrap_interval


def gains(results):
    """What each augmentation gains over none: the mean, its interval, the mean of each seed."""
    rows = {}
    for kind in list(results)[1:]:
        gain = results[kind] - results["none"]
        rows[kind] = [gain.mean(), *bootstrap_interval(gain.mean(0)), *gain.mean(1)]
    return rows


columns = ["gain", "95% low", "95% high", *(f"seed {seed}" for seed in SEEDS)]
caption = "Gain in dB over no augmentation, x7, 5,000 training digits, 1,000 test digits"
table(gains(many), columns, caption=caption, form="+.2f")

# %% slideshow={"slide_type": "skip", "run": false}
gain = {kind: (many[kind] - many["none"]).mean() for kind in many}
best = max(("shift", "rotate", "deform"), key=gain.get)
you_said("augment", f"{gain[best]:+.2f} dB with {best}, the best of the three.")
you_said("flip", f"{gain['flip']:+.2f} dB; deform {gain['deform']:+.2f} dB.")

# %% [markdown] claims=["changing_the_training.rotate", "changing_the_training.shift", "changing_the_training.flip", "changing_the_training.deform", "changing_the_training.interval-below", "changing_the_training.every-seed"] slideshow={"slide_type": "-"}
# **What it shows.** Each of them hurts: rotating costs 0.12 dB, shifting 0.25 dB, flipping 0.34 dB, deforming 0.6 dB;
# no interval reaches zero, and every seed agrees. The good-looking deformed digits cost more than the mirrored ones.
# **What it doesn't show:** other seeds. The interval speaks for other *digits*, with these three networks on either
# side. And it doesn't show why.

# %% [markdown] slideshow={"slide_type": "notes"}
# Back to the vote. The numbers are as saved. Does any interval reach zero, does any seed disagree?

# %% [markdown]
# ## Was there anything to win?
#
# Augmentation promises more digits. They help against one part of the error only, *estimation*, and against one of its
# two causes: too few digits, not too short a training (lesson [[model_or_information]]). Are digits missing here? A network that has learnt
# its own training digits by heart knows them better than others. So score it on both; and score beside it a network
# that has seen the first 500 digits only (100 epochs, 800 steps).

# %% slideshow={"slide_type": "skip", "run": false}
rows = {}
few = {kind: scores(f"few_{kind}") for kind in AUGMENTATIONS}
for count, prefix, results in ((5000, "", many), (500, "few_", few)):
    digits = train.images[:count]
    low_own = downsample(digits, 7)
    networks = [load_experiment("augmentation", f"{prefix}none_{seed}") for seed in SEEDS]
    known = torch.stack([psnr(restore(n, low_own).clamp(0, 1), digits) for n in networks]).mean()
    new = results["none"].mean()
    rows[f"{count:,} digits"] = [known, new, known - new]
caption = "Mean PSNR in dB at x7, no augmentation, mean of three seeds"
table(rows, ["its own digits", "test digits", "gap"], caption=caption, corner="learnt from")

# %% [markdown] claims=["changing_the_training.gap-many", "changing_the_training.gap-few"]
# **What it shows.** With 5,000 digits the gap is 0.06 dB: the network knows its own digits hardly better than new
# ones. In so short a training, digits are not what is missing. With 500 digits the gap is 1.2 dB. **What it doesn't
# show:** the whole estimation error. Too short a training costs as much on the network's own digits, and leaves no
# gap. But the gap costs nothing to look at. Look at it before you augment.
#
# So try again where digits are missing: the same five trainings, on 500 of them.

# %% slideshow={"slide_type": "slide", "run": false}
caption = "Gain in dB over no augmentation, x7, 500 training digits, 1,000 test digits"
table(gains(few), columns, caption=caption, form="+.2f")

# %% [markdown] claims=["changing_the_training.few-shift", "changing_the_training.few-rotate", "changing_the_training.few-deform", "changing_the_training.few-flip", "changing_the_training.few-above", "changing_the_training.shift"] slideshow={"slide_type": "-"}
# **What it shows.** Now shifting gains 0.18 dB and rotating 0.14 dB, with intervals above zero and with every seed.
# The same shift cost 0.25 dB with 5,000 digits. Deforming as strongly as this still costs 0.12 dB, and of flipping
# nothing can be said: its interval holds zero. **What it doesn't show:** the best that augmentation can do. These are
# two numbers of digits, one strength of each change, and few steps; the article gives none of them.

# %% [markdown] slideshow={"slide_type": "notes"}
# The same shift, with a tenth of the digits. Ask why before you explain: now digits are missing.

# %% [markdown]
# ## What it did learn
#
# The augmented networks haven't failed to learn. They have learnt another set of digits. Make the test digits as each
# of them was trained (all mirrored, for flip), and the first matrix of this lesson returns.

# %% slideshow={"slide_type": "skip", "run": false}
kinds = list(AUGMENTATIONS)
worlds = {"none": x}
for kind in ("shift", "rotate", "deform"):
    worlds[kind] = AUGMENTATIONS[kind](x, torch.Generator().manual_seed(0))
worlds["all mirrored"] = x.flip(-1)
augmented = torch.zeros(5, 5)
for i, training in enumerate(kinds):
    network = load_experiment("augmentation", f"{training}_0")
    for j, world in enumerate(worlds.values()):
        estimate = restore(network, downsample(world, 7)).clamp(0, 1)
        augmented[i, j] = psnr(estimate, world).mean()
rows = dict(zip(kinds, augmented, strict=True))
caption = "Mean PSNR in dB, x7, seed 0; a row: trained on; a column: test digits made by"
table(rows, list(worlds), caption=caption, best="high")

# %% [markdown] claims=["changing_the_training.world-shift", "changing_the_training.world-deform", "changing_the_training.world-flip", "changing_the_training.world-rotate"]
# **What it shows.** Down each column: for shifted test digits, training with shifts gains 0.85 dB; for deformed ones,
# deforming gains 0.7 dB; for mirrored ones, flipping gains 1.8 dB. Only rotated digits need no training of their own.
# You get what you train for, and real test digits are neither shifted nor mirrored. For digits that lie off-centre,
# the shifted network is the better one. **What it doesn't show:** anything across a row. Rotating and
# deforming blur a digit a little, which makes it easier.
#
# ## Against real digits
#
# What do *real* new digits give? Lesson [[model_or_information]] trained this network on 500, 5,000 and 55,000 of them, 2,580 to 3,072 steps
# each.

# %% slideshow={"slide_type": "skip", "run": false}
from mnist_sr_helpers import load_model

sizes = (500, 5000, 55000)
real = [mean_psnr(restore(load_experiment("sizes", f"middle_{size}"), low7)) for size in sizes]
rows = {f"middle network, {size:,} real digits": [p] for size, p in zip(sizes, real, strict=True)}
rows["EDSR-like, 55,000 real digits"] = [mean_psnr(restore(load_model("edsr", 7), low7))]
display(table(rows, caption="Mean PSNR in dB, 1,000 test digits, x7"))
rows = {
    "500 to 5,000 real digits": [real[1] - real[0]],
    "5,000 to 55,000 real digits": [real[2] - real[1]],
    "5,000, 1,580 to 3,002 steps": [real[1] - many["none"].mean()],
    "500 digits, shifted": [(few["shift"] - few["none"]).mean()],
    "5,000 digits, rotated": [gain["rotate"]],
}
table(rows, caption="Gain in dB", form="+.2f")

# %% [markdown] claims=["changing_the_training.real-first", "changing_the_training.few-shift", "changing_the_training.real-second", "changing_the_training.longer", "changing_the_training.longer-lead", "changing_the_training.edsr"]
# **What it shows.** Ten times as many real digits, 5,000 instead of 500, give 1.4 dB; shifting the 500 gave 0.18 dB.
# Eleven times as many again give 0.07 dB: beyond 5,000, this network lacks something else. One thing is training: 3,002
# steps instead of 1,580 (one seed, other digits) give 0.39 dB, more than rotating, shifting or flipping costs. The way
# up to 20.4 dB, from the same 4 x 4 pixels, was a larger network and longer training. **What it doesn't show:** that
# augmentation costs something in a longer training, too: we did not test whether more steps turn the sign. And this is
# one small network, trained once on each set.
#
# ## Train one yourself
#
# The networks came trained. Set `retrain = True` to train one: about half a minute on two cores.

# %% slideshow={"slide_type": "skip", "run": false}
from mnist_sr_helpers import fit, middle_network

retrain = False
my_seed, my_augmentation = 0, "shift"

if retrain:
    torch.manual_seed(my_seed)
    mine = middle_network(7)
    augment = AUGMENTATIONS[my_augmentation]  # or a function of your own: augment(batch, generator)
    settings = {"epochs": 20, "batch_size": 64, "learning_rate": 2e-3, "seed": my_seed}
    _ = fit(mine, train.images, 7, augment=augment, **settings)
    mine_score, theirs = mean_psnr(restore(mine, low7)), many[my_augmentation][my_seed].mean()
    print(
        f"{my_augmentation}: {mine_score:.2f} dB; the one that came with the course {theirs:.2f} dB"
    )
else:
    print("Skipped. Set retrain = True to train a network yourself.")

# %% [markdown] claims=["changing_the_training.diagonal", "changing_the_training.hidden-cost", "changing_the_training.interval-below", "changing_the_training.deform", "changing_the_training.few-shift", "changing_the_training.few-above"] slideshow={"slide_type": "slide"}
# ## What we found
# - A network undoes best the degradation that it was trained on. The wrong one costs decibels, sometimes more than the
#   network is worth; a mild mismatch hides behind a gain.
# - Trained on all kinds mixed it is behind each specialist, and nowhere bad.
# - Augmentation stands in for missing digits, and makes digits of another world. With 5,000 digits and 1,580 steps
#   every kind cost something, up to 0.6 dB; with 500 digits, shifting gained 0.18 dB. More steps we did not test.
# - Claim g, "worth exploring, within that limit": explored. It is a small help where digits are few.
# - No training puts the deleted part, lesson [[what_is_lost]]'s null space, back into the low resolution; a network can only guess it
#   from what it learnt.

# %% [markdown] slideshow={"slide_type": "notes"}
# Ask for one question to put to the next paper: how was the low resolution made, in training and in the test?

# %% [markdown]
# ## On your own
# - Nearest picks the third of each four pixels, half a pixel off the block's middle. How much of its bad column is
#   that half pixel?
# - Write an `augment` that shifts and then moves each digit back into the middle. What is left of it?
# - Flip only zeros, ones and eights. Does it still hurt?
#
# ## Further reading
# - P. Simard, D. Steinkraus, J. Platt, *Best practices for convolutional neural networks applied to visual document
#   analysis*, ICDAR 2003: elastic distortion of MNIST digits.
# - K. Zhang et al., *Designing a practical degradation model for deep blind image super-resolution*, ICCV 2021: BSRGAN.
# - X. Wang et al., *Real-ESRGAN: training real-world blind super-resolution with pure synthetic data*, ICCV workshops
#   2021.
# - B. Efron, *Bootstrap methods: another look at the jackknife*, Annals of Statistics 1979.
#
# Next: **08 The verdict**: every claim of the article, your predictions, and the measurements.
