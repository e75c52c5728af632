# %% [markdown] slideshow={"slide_type": "slide"}
# # Changing the training
#
# Lesson [[model_or_information]] changed the model and left the training alone. Now the other way round. First the
# *low-resolution pictures* change that a network learns from: does it matter how they were made? Then the *digits*:
# the article calls "training data augmentation" worth exploring, so you explore it.

# %% jupyter={"source_hidden": true} slideshow={"slide_type": "-"}
import torch
from mnist_sr_helpers import KERNELS, downsample, grid, load_digits, psnr, quantise

train, test = load_digits(), load_digits(split="test")
x = test.images
low = downsample(x, 4)  # float, not clipped
file = quantise(low)
ways = [downsample(x[:1], 4, kernel)[0, 0].clamp(0, 1) for kernel in KERNELS]
grid([[x[0, 0], *ways]], side=140, columns=["original", *(f"{kernel}, x4" for kernel in KERNELS)])

# %% [markdown] slideshow={"slide_type": "notes"}
# Run everything now (Alt+R), if you have not. Ask: what could one change in the training, with the network as it is?

# %% [markdown]
# **You will**
# - send a low resolution through a picture file, and see what a good network makes of it;
# - tell lost information from *mismatch*, a test that differs from the training;
# - choose a training for pictures of unknown making, and say what it costs;
# - measure what augmentation gains, with an interval that says how sure you can be.
#
# **You need** lesson [[model_or_information]]. **Time:** 40 minutes.

# %%
print(f"pixels of it outside [0, 1]: {((low < 0) | (low > 1)).float().mean():.0%}")


def mean_psnr(estimate):
    """Mean over the 1,000 test digits, in dB, clipped."""
    return psnr(estimate.clamp(0, 1), x).mean().item()


def apart(p, q):
    """Root mean square difference in grey levels, 0 to 255."""
    return 255 * (p - q).square().mean().sqrt().item()


# %% [markdown] claims=["changing_the_training.outside"] slideshow={"slide_type": "slide"}
# ## Saved and opened again
#
# So far each network got its low resolution as *floats*, numbers with many decimals, not clipped: at x4, 39% of them
# lie a little below 0 or above 1, where bicubic overshoots (lesson [[degradation]]). A picture file of 8 bits holds
# neither. `quantise` makes what a file holds: clipped to [0, 1], rounded to one of 256 levels. You can't see the
# difference. What does EDSR-like, the ladder's last rung, make of it?

# %% jupyter={"source_hidden": true} slideshow={"slide_type": "-"}
from mnist_sr_helpers import ask, you_said

options = ["nearly all: 11 dB or more", "about 9 dB", "about 6 dB", "less than 3 dB"]
ask(
    "file",
    "At x4 EDSR-like has 27 dB, 12 dB more than bicubic enlargement. Its input is saved in a file "
    "of 8 bits and opened again. How much of the 12 dB is left?",
    options,
)

# %% [markdown] slideshow={"slide_type": "notes"}
# Vote, and press the answer of the majority. Nobody sees what clipping and rounding do: that is the point.

# %% slideshow={"slide_type": "slide", "run": false}
from mnist_sr_helpers import rung, table, upsample

edsr, simple = rung("EDSR-like", 4), rung("SimpleSR, residual", 4)
rounded = (low * 255).round() / 255
inputs = {"float": low, "rounded": rounded, "clipped": low.clamp(0, 1), "in a file: both": file}
rows = {}
for name, y in inputs.items():
    rows[name] = [apart(y, low), *map(mean_psnr, (edsr(y), simple(y), upsample(y, 4)))]
columns = ["moved by (grey levels, RMS)", "EDSR-like", "SimpleSR, residual", "bicubic"]
caption = "Mean PSNR in dB, 1,000 test digits, x4"
result = table(rows, columns, caption=caption, corner="low resolution")
from_float, from_file = edsr(low), edsr(file)
again = downsample(from_file, 4)
shown = [part.clamp(0, 1) for part in (x, low, file, from_float, from_file, again)]
columns = ["original", "float", "file", "from float", "from file", "and down again"]
more = grid([[part[i, 0] for part in shown] for i in (2, 4)], side=112, columns=columns)
left = mean_psnr(from_file) - mean_psnr(upsample(file, 4))
fits = f"The estimate from the file, downsampled, is {apart(again, file):.2f} grey levels from it, "
fits += f"the true digit {apart(low, file):.1f}."
it_is = f"{left:.1f} dB of {mean_psnr(from_float) - mean_psnr(upsample(low, 4)):.1f} dB."
correct = options[sum(left < limit for limit in (10, 7.5, 4))]
you_said("file", it_is, result, more, fits, right=correct)

# %% [markdown] answers="file" claims=["changing_the_training.float", "changing_the_training.from-file", "changing_the_training.left", "changing_the_training.rounding", "changing_the_training.clipping", "changing_the_training.simple-file", "changing_the_training.again", "changing_the_training.truth-again"] slideshow={"slide_type": "-"}
# **What it shows.** From 27 dB to 16 dB: a sixth of its lead over bicubic is left. Rounding alone costs 2.2 dB,
# clipping 10.4 dB, though nobody sees it. SimpleSR, which never was so exact, loses 0.2 dB.
#
# The network isn't confused. Its frayed answer, downsampled, is 0.66 grey levels from the file, the true digit 3.1 grey
# levels. It answers the question that it has learnt: *which digit gives exactly these pixels?* What was a little below
# 0 is now 0, and the network believes it. **What it doesn't show:** whether the rest can be had back.

# %% [markdown] slideshow={"slide_type": "notes"}
# Back to the vote. Then the picture: who sees a difference between the second column and the third? The network does.

# %% [markdown]
# Either clipping *deleted* it, then no training helps; or the network has only never
# seen a clipped picture. That is *mismatch*: the test's pictures were made in another way than the training's. To find
# out, train on files.

# %% [markdown] claims=["changing_the_training.noise"] slideshow={"slide_type": "slide"}
# ## Eight ways to make a small picture
#
# Not only a file can come between training and test. Here are eight ways from 28 x 28 pixels to 7 x 7. Six are lesson
# [[degradation]]'s kernels; *aliased* means without antialiasing. The last two are
# bicubic again: with 8 bits, and with noise of 5 grey levels, as a camera adds it.

# %% slideshow={"slide_type": "-"}
from mnist_sr_helpers import DEGRADATIONS

ways = list(DEGRADATIONS)
lows = {way: degrade(x) for way, degrade in DEGRADATIONS.items()}
cells = [lows[way][2, 0].clamp(0, 1) for way in ways]
alt = "A digit 5, 7 x 7 pixels in eight ways: nearest and the aliased ones have bright pixels and "
alt += "gaps; the others are darker and whole. 8 bits or noise can hardly be seen."
grid([cells[:4], cells[4:]], alt, side=140, captions=[ways[:4], ways[4:]])

# %% [markdown] slideshow={"slide_type": "notes"}
# Who knows which of them their own program uses? The aliased ones look crisp: is that good?

# %% [markdown] claims=["changing_the_training.own-bicubic", "changing_the_training.bicubic-file"]
# ## Train on one, test on another
#
# A smaller network will do, lesson [[model_or_information]]'s *middle network*.
# `fit` takes the degradation as an argument: `fit(network, train.images, 4, degrade=DEGRADATIONS["area"])`. Nine
# networks come trained, from the same first weights, on 5,000 digits, for ten passes: eight *specialists*, one for each
# way, and one on all eight *mixed*, each digit in one of the ways, in turn.

# %% jupyter={"source_hidden": true} slideshow={"slide_type": "slide"}
options = ["18.5 dB: it is deleted", "about 19.5 dB", "about 21 dB", "22 dB: nothing is lost"]
ask(
    "mismatch",
    "The middle network, trained on float bicubic, has 22.0 dB; given files, it falls to 18.3 dB. "
    "Trained on files, in the same time, how much does it have on files?",
    options,
)

# %% [markdown] slideshow={"slide_type": "notes"}
# Vote, and press the answer of the majority. It is the question of lesson [[model_or_information]] again: is it the
# data, or the training?

# %% slideshow={"slide_type": "skip", "run": false}
from mnist_sr_helpers import draw_matrix, load_experiment, restore

trainings = [*ways, "mixed"]
networks = [load_experiment("degradations", training) for training in trainings]
scores = [[mean_psnr(restore(network, y)) for y in lows.values()] for network in networks]
matrix = torch.tensor(scores)  # a row: trained on; a column: tested on
bicubic = torch.tensor([mean_psnr(upsample(y, 4)) for y in lows.values()])  # no network

# %% slideshow={"slide_type": "slide", "run": false}
drawn = torch.cat([matrix, bicubic[None]])
alt = "Ten rows, nine trainings and bicubic enlargement; eight columns, the tests. The framed "
alt += "cells, training and test alike, are the largest of their column. The next section has it "
alt += "as a table."
title = "Mean PSNR, 1,000 test digits, x4, clipped to [0, 1]"
result = draw_matrix(drawn, [*trainings, "(bicubic)"], ways, alt, title=title)
a, b = ways.index("bicubic"), ways.index("bicubic, 8 bit")
lost, back = matrix[a, a] - matrix[a, b], matrix[b, b] - matrix[a, b]
found = f"Lost by the file: {lost:.1f} dB; had back by training on files: {back:.1f} dB. "
found += f"EDSR-like, trained on files: {mean_psnr(rung('EDSR-like', 4, file=True)(file)):.1f} dB. "
found += f"Specialists below bicubic: {(matrix[:8] < bicubic).sum()} of 56 cells off the diagonal."
it_is = f"{matrix[b, b]:.1f} dB."
correct = options[sum(matrix[b, b] > limit for limit in (19, 20, 21.5))]
you_said("mismatch", it_is, result, found, right=correct)

# %% [markdown] answers="mismatch" claims=["changing_the_training.own-file", "changing_the_training.file-lost", "changing_the_training.file-back", "changing_the_training.file-left", "changing_the_training.edsr-file", "changing_the_training.edsr-file-left", "changing_the_training.edsr-twice", "changing_the_training.from-file", "changing_the_training.diagonal", "changing_the_training.below", "changing_the_training.bicubic-aliased", "changing_the_training.hidden-gain", "changing_the_training.hidden-cost", "changing_the_training.seeds"] slideshow={"slide_type": "-"}
# **What it shows.** Trained on files, the network has 21.2 dB on files: of the 3.7 dB that they cost, training wins 2.9
# dB back. EDSR-like, trained on files, makes 24.8 dB of them, not 16. So most of the loss was mismatch; what clipping
# deleted is in the other 0.8 dB, and in EDSR-like's 2.0 dB: twice the passes bring neither training a tenth of a dB.
#
# In every column the framed cell, where training and test agree, leads by 0.7 dB or more. In about a quarter of the 56
# other cells a specialist is below bicubic enlargement, worse than no network: so is the bicubic one, given the same
# kernel without antialiasing. The mild cases are more dangerous. A well-known example on the Keras site trains on
# *area* pictures and judges by *bicubic* ones. Here that gains 4.4 dB over bicubic enlargement, nothing looks broken,
# and 3.2 dB are missing.
#
# **What it doesn't show:** luck: each network was trained once. (At x7, test and training alike, three seeds lie within
# 0.2 dB.)

# %% [markdown] slideshow={"slide_type": "notes"}
# Back to the vote: rows bicubic and bicubic, 8 bit, in the column bicubic, 8 bit. Then down each column, and along the
# last row.

# %% [markdown] slideshow={"slide_type": "slide"}
# ## Explore: training x test x digit (optional)
#
# *train* is what the network has learnt, *test* how its picture was made. Find a digit and a pair that you
# can't read any more. Below stand all pairs for one digit, and the matrix as a table.

# %% [markdown] tags=["instructor"]
# Let the room choose a pair, then move only *test* from left to right: the same network, eight pictures of one digit.
# A common belief is that a good network is good on any picture; the row "bicubic" answers it.

# %% tags=["explorer"] slideshow={"slide_type": "-"}
from mnist_sr_helpers import DEGRADATIONS, TRAININGS, Explorer, mismatch_sheet, mismatch_view

Explorer(
    mismatch_view,
    digit=range(10),
    train=TRAININGS,
    test=list(DEGRADATIONS),
    start={"digit": 5, "train": "bicubic", "test": "bicubic, 8 bit"},
)

# %% [markdown] slideshow={"slide_type": "notes"}
# Tab to test, then the arrow keys: one network, eight pictures of one digit. Then change train to mixed.

# %% slideshow={"slide_type": "skip", "run": false}
picture, numbers = mismatch_sheet(5)
display(picture, numbers)
rows = dict(zip(trainings, matrix, strict=True)) | {"(bicubic)": bicubic}
caption = "Mean PSNR in dB, 1,000 test digits, x4; a row: trained on; a column: tested on"
table(rows, ways, caption=caption, corner="trained on", best="high", form=".1f")

# %% [markdown] claims=["changing_the_training.soft-below", "changing_the_training.aliased-below", "changing_the_training.soft-to-aliased", "changing_the_training.aliased-to-soft"]
# **What it shows.** Two kinds of failure. Trained on pictures to which every pixel contributed, and given nearest or
# aliased ones: blots and gaps, below bicubic enlargement in 12 of 15 such cells. The other way round: blur, seldom
# below it. Blur looks harmless, but wastes more, 6.2 dB behind the test's best on average, the first kind 3.5 dB.
# **What it doesn't show:** compression, which most pictures on the web have been through.

# %% [markdown]
# ## If you don't know how it was made
#
# A photograph doesn't say how it was made smaller. Which training do you take? Look at the *regret*: how far a training
# stays behind the best one for the test.
#
# ### Exercise 1: the regret (easy, 5 minutes)
#
# Write `regret(matrix)`: `matrix` (T, K) holds scores, higher is better, a row for each of T trainings, a column for
# each of K tests. For each training return how far it is behind a test's best in its worst test, a tensor (T,). With
# rows [20, 14] and [17, 15]: the best are 20 and 15, so 1 and 3.


# %% tags=["exercise"]
def regret(matrix):
    """By how much each training stays behind the best of a test, at most: (T, K) to (T,)."""
    ### BEGIN SOLUTION
    best = matrix.amax(dim=0)  # of each test
    return (best - matrix).amax(dim=1)
    ### END SOLUTION


# %% tags=["check"]
from mnist_sr_helpers import check_regret

check_regret(regret)

# %% slideshow={"slide_type": "slide", "run": false}
behind = matrix.amax(dim=0) - matrix
rows = {}
for training, row in zip(trainings, behind, strict=True):
    rows[training] = [row.mean(), row.max(), ways[row.argmax()]]
columns, form = ["mean over tests", "at most (regret)", "in the test"], ".1f"
caption = "Behind the best training for the test, in dB, mean PSNR, 1,000 test digits, x4"
table(rows, columns, caption=caption, corner="trained on", form=form, best=["low", "low", ""])

# %% [markdown] claims=["changing_the_training.mixed-mean", "changing_the_training.mixed-behind", "changing_the_training.mixed-least", "changing_the_training.specialists", "changing_the_training.noise-price", "changing_the_training.noise-file", "changing_the_training.noise-gain"] slideshow={"slide_type": "-"}
# **What it shows.** The remedy is the mixed network. Its price: in every test it is behind the one that knew, by 1.0 dB
# to 2.3 dB, on average 1.4 dB. But each specialist is 3.4 dB or more behind somewhere. If you expect files and noise
# only, training with noise is enough. Row *bicubic, noisy* of the matrix: on float bicubic it loses 0.7 dB, but on
# files, never seen, it has 20.4 dB, 2 dB more than the network that learnt from float. It has learnt not to trust the
# last grey levels. **What it doesn't show:** a ninth way, or a longer training. BSRGAN shuffles, Real-ESRGAN repeats
# blur, resizing, noise and compression, so that few real pictures lie outside.

# %% [markdown] slideshow={"slide_type": "notes"}
# You do not know how a photograph was made smaller: which row would you choose? What does it cost?

# %% [markdown] slideshow={"slide_type": "slide"}
# ## New digits from old ones
#
# Now the other change, the digits themselves: claim g. *Augmentation* changes each training digit a little, anew in
# every pass. It costs no new data, but it makes a promise: the changed digit could have been in the set. Here are four
# such changes, which `fit` takes as `augment=`: shift by up to 2 pixels, rotate by up to 10 degrees, *deform* by a
# smooth random field (elastic distortion), and *flip*: mirror half of the digits left to right.

# %% slideshow={"slide_type": "-", "run": false}
from mnist_sr_helpers import AUGMENTATIONS

digit, kinds = x[4:5], ("shift", "rotate", "deform")
cells = [AUGMENTATIONS[kind](digit, torch.Generator().manual_seed(0)) for kind in kinds]
pictures = [cell[0, 0] for cell in (digit, *cells, digit.flip(-1))]
grid([pictures], side=140, columns=["original", *kinds, "flip"])

# %% [markdown] slideshow={"slide_type": "notes"}
# Which of these could have been in MNIST? Show of hands, picture by picture.

# %% jupyter={"source_hidden": true} slideshow={"slide_type": "slide"}
options = ["0.5 dB or more", "0.1 to 0.5 dB", "less than 0.1 dB", "not at all: it lowers it"]
ask(
    "augment",
    "x7, the middle network, 5,000 digits, 20 passes. Shift, rotate, deform, flip: by how much "
    "does the best of the four raise the mean PSNR of the test digits, in our three trainings?",
    options,
)

# %% [markdown] slideshow={"slide_type": "notes"}
# Vote, and press the answer of the majority. Nearly everybody expects augmentation to help.

# %% [markdown]
# ## Is a small difference something?
#
# With 1,000 *other* test digits, would it still be there? Lesson [[averages]]'s *bootstrap* answers: it draws 1,000
# digits from the test set *with replacement*, many times, and looks how far the mean moves. New here: both networks get
# the same draw, they are compared in *pairs*.
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

# %% [markdown] tags=["instructor"]
# Short of time? Leave both exercises for home. In the table cover the rows with 500 digits until the others
# are understood: they are the second half of the surprise.

# %% [markdown]
# The package's `bootstrap_interval(differences, block=50)` does the same, but draws stretches of 50 digits that follow
# one another: neighbours in MNIST's file are alike, often one writer's.
#
# Two things are missing. *First*, such an interval asks what other *digits* would do. Other *trainings* (first weights
# and order) often differ more. So take mean and standard deviation of our three seeds' gains. *Second*, of
# eight such intervals one misses by chance in every third table. So each gets an eighth of the risk (*Bonferroni*). For
# three seeds a table (Student's t) then says 12.6 standard deviations over $\sqrt 3$ to each side: the last two
# columns.

# %% slideshow={"slide_type": "slide", "run": false}
from mnist_sr_helpers import SEEDS, bootstrap_interval

low7 = downsample(x, 7)


def by_seed(name):
    """PSNR of each test digit with each of three seeds: (3, 1000)."""
    networks = [load_experiment("augmentation", f"{name}_{seed}") for seed in SEEDS]
    return torch.stack([psnr(restore(n, low7).clamp(0, 1), x) for n in networks])


gains, rows = {}, {}
for few, count in (("", "5,000"), ("few_", "500")):
    for kind in (*kinds, "flip"):
        each = by_seed(few + kind) - by_seed(f"{few}none")
        seeds, gain = each.mean(1), each.mean()
        ends = bootstrap_interval(each.mean(0), block=50)
        half = 12.59 * seeds.std() / 3**0.5  # t at 1 - 0.025 / 8, for three numbers
        rows[f"{kind}, {count} digits"] = [gain, *seeds, *ends, gain - half, gain + half]
        gains[few + kind] = gain.item()
sides = [(f"95%, {what}", end) for what in ("digits", "trainings") for end in ("low", "high")]
columns = [("", "gain"), *(("with seed", seed) for seed in "012"), *sides]
caption = "Gain in dB over no augmentation, x7, middle network, 1,000 test digits"
result = table(rows, columns, caption=caption, form="+.2f")
best = max(gains[kind] for kind in (*kinds, "flip"))
it_is = f"{best:+.2f} dB with the best of the four."
correct = options[sum(best < limit for limit in (0.5, 0.1, 0))]
you_said("augment", it_is, result, right=correct)

# %% [markdown] answers="augment" claims=["changing_the_training.rotate", "changing_the_training.shift", "changing_the_training.flip", "changing_the_training.deform", "changing_the_training.every-seed", "changing_the_training.few-shift", "changing_the_training.few-rotate", "changing_the_training.few-deform", "changing_the_training.few-flip", "changing_the_training.few-above", "changing_the_training.few-below", "changing_the_training.many-below", "changing_the_training.few-low", "changing_the_training.few-high", "changing_the_training.only-deform"] slideshow={"slide_type": "-"}
# **What it shows.** In these trainings of 5,000 digits every kind lowered the score: rotating costs 0.12 dB, shifting
# 0.25 dB, flipping 0.34 dB, deforming 0.6 dB, with each of the seeds. With 500 digits shifting gains 0.18 dB and
# rotating 0.14 dB, deforming costs 0.12 dB, flipping nothing that can be told from chance. Other test digits wouldn't
# change that, but other trainings might: one seed gives 0.02 dB for shifting, another 0.28 dB. By the last two columns
# only the harm of deforming 5,000 digits is certain: three seeds are too few for tenths of a decibel. **What it doesn't
# show:** x2, the article's factor, nor other digits to learn from. Lesson [[the_verdict]] has eight trainings of each
# kind, with digits of their own, and longer ones.

# %% [markdown] slideshow={"slide_type": "notes"}
# Back to the vote. Then the rows with 500 digits: the same shift, with a tenth of the digits. Which rows would you
# publish?

# %% [markdown]
# ## Why the sign changes (optional)
#
# Augmentation promises more digits. They help where digits are missing, and a network that has learnt its own digits by
# heart gives that away: it knows them better than others. And what do *real* new digits give? Lesson
# [[model_or_information]] trained this network on 500 and 5,000 of them, for some 3,000 steps each; ours here took 800
# steps (500 digits, 100 passes) and 1,580 steps (5,000 digits, 20 passes). So the gain printed below isn't the table's.

# %% slideshow={"slide_type": "skip", "run": false}
rows = {}
for few, count in (("few_", 500), ("", 5000)):
    digits = train.images[:count]
    y, known = downsample(digits, 7), []
    for seed in SEEDS:
        network = load_experiment("augmentation", f"{few}none_{seed}")
        known.append(psnr(restore(network, y).clamp(0, 1), digits).mean())
    known, new = sum(known) / 3, by_seed(f"{few}none").mean()
    rows[f"{count:,} digits"] = [known, new, known - new]
columns = ["its own digits", "test digits", "gap"]
caption = "Mean PSNR in dB at x7, no augmentation, mean of three seeds"
display(table(rows, columns, caption=caption, corner="learnt from"))
real = [mean_psnr(restore(load_experiment("sizes", f"middle_{n}"), low7)) for n in (500, 5000)]
print(f"5,000 real digits in place of 500: {real[1] - real[0]:+.2f} dB")

worlds = {"none": x}
for kind in ("shift", "rotate", "deform"):
    worlds[kind] = AUGMENTATIONS[kind](x, torch.Generator().manual_seed(0))
worlds["all mirrored"] = x.flip(-1)
rows = {training: [] for training in AUGMENTATIONS}
for training, row in rows.items():
    network = load_experiment("augmentation", f"{training}_0")
    for world in worlds.values():
        row.append(psnr(restore(network, downsample(world, 7)).clamp(0, 1), world).mean())
caption = "Mean PSNR in dB, x7, seed 0; a row: trained on (5,000 digits); a column: tested on"
table(rows, list(worlds), caption=caption, best="high")

# %% [markdown] claims=["changing_the_training.gap-few", "changing_the_training.gap-many", "changing_the_training.real-first", "changing_the_training.world-shift", "changing_the_training.world-deform", "changing_the_training.world-flip"]
# **What it shows.** From 500 digits the network knows its own by 1.2 dB better than others: there digits are missing.
# From 5,000 the gap is 0.06 dB: after 20 passes it hasn't even learnt its own. Ten times as many *real* digits give 1.4
# dB, far more than shifting. And augmented digits are digits of another world. In the last table the matrix of this
# lesson returns: for shifted test digits training with shifts gains 0.85 dB, for deformed ones deforming gains 0.7 dB,
# for mirrored ones flipping gains 1.8 dB. You get what you train for, and real test digits are neither shifted nor
# mirrored. (Only rotating gains nothing on rotated digits. That all do better there is perhaps because turning softens
# a picture: compare down a column, not along a row.) **What it doesn't show:** the whole error of estimation. Too short
# a training costs as much on the network's own digits, and leaves no gap.
#
# ## Train one yourself (optional)
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
    theirs = by_seed(my_augmentation)[my_seed].mean()
    print(f"{my_augmentation}: {mean_psnr(restore(mine, low7)):.2f} dB")
    print(f"the one that came with the course: {theirs:.2f} dB")
else:
    print("Skipped. Set retrain = True to train a network yourself.")

# %% [markdown] claims=["changing_the_training.float", "changing_the_training.from-file", "changing_the_training.edsr-file", "changing_the_training.mixed-behind", "changing_the_training.few-shift", "changing_the_training.deform", "changing_the_training.every-seed"] slideshow={"slide_type": "slide"}
# ## What we found
# - Out of a file of 8 bits EDSR-like makes 16 dB instead of 27 dB; trained on files, 24.8 dB. Most of the loss is
#   mismatch.
# - The ladder's numbers hold for float, then. So do the article's: its code hands on floats.
# - The wrong training can be worse than none, and a mild mismatch hides behind a gain. If nobody knows how a picture
#   was made, train on all ways mixed: behind in each, by 2.3 dB at most.
# - Claim g: with 500 digits shifting gained 0.18 dB, with 5,000, after 20 passes, every kind cost something, up to 0.6
#   dB. By three seeds only the loss by deforming is clearly more than luck; eight, in lesson [[the_verdict]], show
#   more. No training puts back what downsampling deletes; a network can only guess it.

# %% [markdown] slideshow={"slide_type": "notes"}
# Ask for one question to put to the next paper: how was the low resolution made, in training and in the test?

# %% [markdown]
# ## On your own (optional)
# - Clip without rounding, round without clipping: train the middle network on each. Which comes nearer to float?
# - Flip only zeros, ones and eights. Does it still hurt?
#
# ## Further reading
# - P. Simard, D. Steinkraus, J. Platt, [*Best practices for convolutional neural networks applied to visual document
#   analysis*](https://doi.org/10.1109/ICDAR.2003.1227801), ICDAR 2003: elastic distortion of MNIST digits.
# - K. Zhang et al., [*Designing a practical degradation model for deep blind image
#   super-resolution*](https://arxiv.org/abs/2103.14006), ICCV 2021: BSRGAN.
# - X. Wang et al., [*Real-ESRGAN: training real-world blind super-resolution with pure synthetic
#   data*](https://arxiv.org/abs/2107.10833), ICCV workshops 2021.
#
# Next: [[next]]: whether a network's answer is the average that theory asks for.
# Previous: [[previous]].
