# %% [markdown] slideshow={"slide_type": "slide"}
# # Seeing the failure
#
# The article's third example shows one digit three times: original, downsampled, predicted; and concludes that
# super-resolution fails. One digit, judged by eye, through a plot that changes its grey scale from panel to panel. In
# this lesson you look properly: fixed scales, the error itself, all 1,000 digits, three kinds of score, and yourself.
#
# **You will**
# - repair the article's third example and know its three slips by sight;
# - find the best and the worst digits, and what they have in common;
# - compare PSNR, SSIM and a classifier's reading, and know what each is blind to;
# - read digits of 4 x 4 pixels yourself, against the network.
#
# **You need** lesson [[simplesr]]. **Time:** 30 minutes.

# %% [markdown] slideshow={"slide_type": "notes"}
# Run everything now (Alt+R), if you have not.

# %%
import torch
from mnist_sr_helpers import downsample, grid, load_digits, load_model, psnr, restore, upsample

test = load_digits(split="test")
low = downsample(test.images, 2)
model = load_model("enlarge_first", 2)  # SimpleSR, repaired and trained, as in lesson [[simplesr]]
predicted = restore(model, low)
print("test digits", tuple(test.images.shape), "predicted", tuple(predicted.shape))

# %% [markdown] slideshow={"slide_type": "slide"}
# ## The article's third example, and its slips
#
# It picks a random digit and draws three panels. Three things go wrong on the way.
#
# **1. The index.** It draws the digit's number with `random.randint(0, len(dataset))`. In Python this *includes* the
# upper end. With three digits, numbered 0 to 2:

# %% slideshow={"slide_type": "-"}
import random

drawn = {random.Random(seed).randint(0, 2 + 1) for seed in range(100)}
print("randint(0, 3) gives", sorted(drawn), "but position 3 of three digits doesn't exist")
drawn = {random.Random(seed).randrange(3) for seed in range(100)}
print("randrange(3)  gives", sorted(drawn))

# %% [markdown] slideshow={"slide_type": "-"}
# With the 60,000 training digits of MNIST one run in 60,001 fails: a bug that passes every try, then stops a lecture.
#
# **2. The digit comes from the training set.** The network has seen it. Only digits that it has never seen tell how it
# will do on new ones.
#
# **3. The grey scale.** `imshow` stretches each panel to its own darkest and brightest value. At the article's x2 that
# changes little. At x7 the brightest low-resolution pixel is often only half white; stretched, it looks as bright as the
# original. Here is a digit at x7, enlarged with bicubic.

# %% [markdown] slideshow={"slide_type": "notes"}
# Three slips, none of them about networks. Which would you have found in a review?

# %% slideshow={"slide_type": "slide"}
import matplotlib.pyplot as plt
from mnist_sr_helpers import to_picture

position = random.Random(3).randrange(len(test.images))  # a test digit, chosen by a seed
small = downsample(test.images, 7)
panels = [test.images[position, 0], small[position, 0], upsample(small, 7)[position, 0]]
figure, axes = plt.subplots(2, 3, figsize=(7.5, 5.4), layout="constrained")
for column, (x, name) in enumerate(
    zip(panels, ("original", "downsampled, x7", "enlarged"), strict=True)
):
    axes[0, column].imshow(x, cmap="gray")  # each panel stretched by itself
    axes[1, column].imshow(x, cmap="gray", vmin=0, vmax=1)
    axes[0, column].set_title(name)
    axes[1, column].set_xlabel(f"{x.min():.2f} to {x.max():.2f}")
for row, name in enumerate(("imshow's own scale", "vmin=0, vmax=1")):
    axes[row, 0].set_ylabel(name)
for panel in axes.flat:
    panel.set(xticks=[], yticks=[])
to_picture(
    figure,
    f"A digit {test.labels[position]} at x7 in three panels, twice. Above, each panel stretched to "
    "its own range: all look equally bright. Below, one scale from 0 to 1: the downsampled and the "
    "enlarged panel are much darker.",
)

# %% [markdown] claims=["seeing_the_failure.half-white"] slideshow={"slide_type": "-"}
# **What it shows.** The values below the lower panels are the same in both rows; only the drawing differs. Stretching
# hides that downsampling a thin stroke makes it *dark*, not only coarse. From here on, black is 0 and white is 1.

# %% [markdown] slideshow={"slide_type": "notes"}
# Ask which row is true. Both hold the same numbers.

# %% [markdown] slideshow={"slide_type": "slide"}
# ## The repaired third example
#
# Three panels as the article has them, and a fourth: the absolute error, black where the prediction is right.

# %% slideshow={"slide_type": "-"}
shown = predicted.clamp(0, 1)
error = (shown - test.images).abs()
grid(
    [[test.images[i, 0], low[i, 0], shown[i, 0], error[i, 0]] for i in (position, 0)],
    "Two test digits in rows; original, downsampled to 14 x 14, predicted by SimpleSR, and the "
    "absolute error, which is brightest along the edges of the strokes.",
    side=140,
    columns=["original", "downsampled", "predicted", "absolute error"],
)

# %% [markdown] claims=["seeing_the_failure.edges"] slideshow={"slide_type": "-"}
# **What it shows.** The prediction is close, a little soft. The error lies along the *edges* of strokes; inside the
# strokes and in the background there is little. **What it doesn't show:** whether these digits are typical. Instead
# of picking some, sort them all.

# %% [markdown] slideshow={"slide_type": "notes"}
# Where is the error? Let someone point at it.

# %% [markdown]
# ## Best and worst digits

# %% slideshow={"slide_type": "slide"}
from mnist_sr_helpers import ask, you_said

ask(
    "best",
    "SimpleSR (enlarge first, x2), all 1,000 test digits scored by PSNR. Which class do you expect "
    "among the best fifty?",
    ["0, it is so regular", "1, it is a single stroke", "7", "all classes alike"],
)

# %% [markdown] slideshow={"slide_type": "notes"}
# Vote, and press the answer of the majority.

# %% slideshow={"slide_type": "slide"}
scores = psnr(shown, test.images)
order = scores.argsort()
worst, best = order[:8], order.flip(0)[:8]
grid(
    [[test.images[i, 0] for i in worst], [shown[i, 0] for i in worst],
     [test.images[i, 0] for i in best], [shown[i, 0] for i in best]],
    "The eight worst digits, full of bends and crossings, and their predictions; the eight best, "
    "all single strokes.",
    side=84,
    rows=["worst, original", "predicted", "best, original", "predicted"],
    captions=[[f"{test.labels[i]}" for i in worst], [f"{scores[i]:.1f} dB" for i in worst],
              [f"{test.labels[i]}" for i in best], [f"{scores[i]:.1f} dB" for i in best]],
)  # fmt: skip

# %% [markdown] slideshow={"slide_type": "notes"}
# Upper rows: bends and crossings. Lower rows: single strokes.

# %% slideshow={"slide_type": "slide"}
from mnist_sr_helpers import table

across = test.images.diff(dim=3).abs().mean((1, 2, 3))  # steps between neighbours in a row
down = test.images.diff(dim=2).abs().mean((1, 2, 3))
print(f"median {scores.median():.1f} dB, worst {scores.min():.1f} dB, best {scores.max():.1f} dB")
print(
    "correlation of PSNR with the amount of edge (-1: one falls as the other rises; 0: unrelated): "
    f"{torch.corrcoef(torch.stack([scores, across + down]))[0, 1]:.2f}"
)
bicubic = psnr(upsample(low, 2).clamp(0, 1), test.images)
best_50, worst_50 = test.labels[order[-50:]], test.labels[order[:50]]
rows = {}
for c in range(10):
    means = [values[test.labels == c].mean() for values in (bicubic, scores, scores - bicubic)]
    rows[c] = [*means, (best_50 == c).sum(), (worst_50 == c).sum()]
columns = ["bicubic", "SimpleSR", "gain", "among the best 50", "among the worst 50"]
caption = "Mean PSNR in dB of each class's 100 test digits; how many are among the best and worst"
table(rows, columns, corner="class", best=["high", "high", "high", "", ""], caption=caption)

# %%
ones = (best_50 == 1).sum()
you_said("best", f"{ones} of the best fifty are ones.")

# %% [markdown] claims=["seeing_the_failure.ones", "seeing_the_failure.edge-correlation", "seeing_the_failure.range", "seeing_the_failure.ones-bicubic", "seeing_the_failure.ones-gain", "seeing_the_failure.gain-spread"] slideshow={"slide_type": "-"}
# **What it shows.** Nearly all of the best are ones: few edges, little to get wrong. The more edge a digit has, the
# lower its score tends to be. So a mean PSNR depends on *which* digits one takes, and a random digit, as in the
# article, can be anywhere in a range of more than 10 dB. Bicubic does best on ones, too. So to see what a method adds,
# look at its *gain* over bicubic: ones gain most as well, but classes differ less in gain than in score. **What it
# doesn't show:** how the gain varies within a class.

# %% [markdown] slideshow={"slide_type": "notes"}
# A mean depends on which digits one takes. Exercises 3.1 and 3.2 take 15 minutes.

# %% [markdown]
# ### Exercise 1: the gain over bicubic (medium, 10 minutes)
#
# Write `gain(prediction, low, target, factor)`: for each digit, the PSNR of the prediction minus that of bicubic
# (`upsample(low, factor)`), in dB, shape (N,). Clip both to [0, 1] first. You may use `psnr`.


# %% tags=["exercise"]
def gain(prediction, low, target, factor):
    """PSNR of the prediction minus PSNR of bicubic, both clipped to [0, 1]: (N,) in dB."""
    ### BEGIN SOLUTION
    bicubic = upsample(low, factor).clamp(0, 1)
    return psnr(prediction.clamp(0, 1), target) - psnr(bicubic, target)
    ### END SOLUTION


# %% tags=["check"]
from mnist_sr_helpers import check_gain

check_gain(gain)

# %% [markdown]
# ### Exercise 2: find the worst (easy, 5 minutes)
#
# Write `worst_digits(prediction, target, k)`: the positions of the `k` digits with the lowest PSNR, the worst first, as
# a tensor of whole numbers, shape (k,).


# %% tags=["exercise"]
def worst_digits(prediction, target, k):
    """Positions of the k digits of lowest PSNR, worst first: (k,)."""
    ### BEGIN SOLUTION
    return psnr(prediction, target).argsort()[:k]
    ### END SOLUTION


# %% tags=["check"]
from mnist_sr_helpers import check_worst

check_worst(worst_digits)

# %% [markdown] slideshow={"slide_type": "slide"}
# ## A second score: SSIM
#
# PSNR compares pixel by pixel and doesn't care how errors are arranged. *SSIM*, structural similarity, slides a window
# of 11 x 11 pixels over both pictures and compares mean, contrast and pattern in it; 1 means identical. To see the
# difference, damage every test digit in four ways, by amounts that give each *the same* PSNR as bicubic at x4.

# %% slideshow={"slide_type": "-"}
from mnist_sr_helpers import round_trip, ssim

x = test.images
blurred = round_trip(x, 4).clamp(0, 1)
noise = torch.randn(x.shape, generator=torch.Generator().manual_seed(0))
mse, ink, power = (
    p.square().mean((1, 2, 3), keepdim=True)  # one number for each digit
    for p in (blurred - x, x, noise)
)
damaged = {
    "blurred": blurred,
    # Each pixel loses a share s of its value: squared, s * s * ink on average. That is mse.
    "paler": x * (1 - (mse / ink).sqrt()),
    # Each pixel gains the same: squared, mse.
    "brighter": x + mse.sqrt(),
    # Noise, made so weak that its mean square is mse.
    "noisy": x + noise * (mse / power).sqrt(),
}
rows = {name: [psnr(y, x).mean(), ssim(y, x).mean()] for name, y in damaged.items()}
table(rows, ["PSNR in dB", "SSIM"], caption="Means over 1,000 test digits")

# %% slideshow={"slide_type": "-"}
grid(
    [[x[0, 0], *(picture[0, 0] for picture in damaged.values())]],
    "A digit 7 five times: original, blurred, paler, brighter all over, and noisy; the last four "
    "have equal PSNR.",
    side=140,
    columns=["original", *damaged],
)

# %% [markdown] claims=["seeing_the_failure.ssim-blur-last", "seeing_the_failure.ssim-paler"] slideshow={"slide_type": "-"}
# **What it shows.** Equal PSNR, and four pictures that nobody would call equal. PSNR can't tell them apart; SSIM puts
# the blurred one last by far, because blur removes the pattern, where the others keep it. **What it doesn't show:**
# that SSIM is right. It counts contrast, too, and ranks the paler digit, a perfect copy in weaker ink, below the noisy
# one, though the eye may not agree. Report both.

# %% [markdown] slideshow={"slide_type": "notes"}
# Show of hands: which of the four looks worst? Then read the SSIM.

# %% [markdown] claims=["seeing_the_failure.read-true"] slideshow={"slide_type": "slide"}
# ## A third score: can it still be read?
#
# A *reader*: a small classifier that comes with the course. It was trained on sharp digits, and reads more than 99 of
# 100 test digits. If it reads the restored digit, the class has survived. First, your guess:

# %% slideshow={"slide_type": "-"}
ask(
    "read",
    "At x4, from 7 x 7 pixels, what share of digits does it read after repaired SimpleSR?",
    ["less than half", "50 to 80 in 100", "80 to 90 in 100", "more than 90 in 100"],
)

# %% [markdown] slideshow={"slide_type": "notes"}
# Vote again. The table on the next slide is as saved: it takes too long to compute before a room.

# %% slideshow={"slide_type": "slide", "run": false}
from mnist_sr_helpers import MODELS, read_digits

shares, factors = {}, (2, 4, 7, 14)
for name in MODELS:
    for f in factors:
        y = downsample(test.images, f)
        estimate = upsample(y, f) if name == "bicubic" else restore(load_model(name, f), y)
        shares[name, f] = (read_digits(estimate) == test.labels).float().mean()
rows = {name.replace("_", " "): [shares[name, f] for f in factors] for name in MODELS}
true_share = (read_digits(test.images) == test.labels).float().mean()
caption = f"Share of 1,000 test digits read right (the true digits: {true_share:.1%})"
table(rows, [f"x{f}" for f in factors], form=".1%", best="high", caption=caption)

# %% slideshow={"slide_type": "skip", "run": false}
you_said(
    "read",
    f"{shares['enlarge_first', 4]:.0%} with enlarge first, "
    f"{shares['enlarge_last', 4]:.0%} with enlarge last.",
)

# %% [markdown] claims=["seeing_the_failure.read-true", "seeing_the_failure.read-x2", "seeing_the_failure.read-x4", "seeing_the_failure.read-x7", "seeing_the_failure.read-x14"] slideshow={"slide_type": "-"}
# **What it shows.** At x2 nearly every digit is read, whatever the method: by this score nothing has failed. At x4
# more than 90 of 100 are read from each network. At x7 the methods part: from the *same* 16 pixels, enlarge-last is
# read about twice as often as the others. So part of what bicubic failed to show at x7 was in the pixels after all. At
# x14, four pixels, reading is close to guessing.
#
# **What it doesn't show:** how much information the small picture holds. This reader knows sharp digits only; a blurred
# digit may puzzle it though its pixels would suffice. And it judges the class, not the picture: a wrong but clean 7
# satisfies it.

# %% [markdown] slideshow={"slide_type": "notes"}
# By this score nothing fails at x2. Look at x7: the same 16 pixels, and enlarge-last is read far more often.

# %% [markdown] slideshow={"slide_type": "slide"}
# ## Explore: factor x model x digit
#
# Now compare for yourself. Move *factor* with the arrow keys and watch the four numbers.

# %% tags=["explorer"] slideshow={"slide_type": "-"}
from mnist_sr_helpers import FACTORS, MODELS, Explorer, model_sheet, model_view

Explorer(
    model_view,
    digit=range(10),
    factor=FACTORS,
    model=MODELS,
    start={"digit": 5, "factor": 2, "model": "enlarge_first"},
)

# %% [markdown] slideshow={"slide_type": "notes"}
# Tab to factor, then the arrow keys. At x7 change the model. N leads on, from the slider, too.

# %%
picture, numbers = model_sheet(5)
display(picture, numbers)

# %% [markdown] claims=["seeing_the_failure.sharpen"]
# **What it shows.** One row a method, one column a factor. The networks sharpen what bicubic blurs at x2 and x4.
# Enlarge-last at x7 draws something like a digit, though not always the right one. (Enlarge-first and residual leave a
# dark frame at x14, and a trace of it at x7: beyond the border a convolution with padding sees zeros.) **What it
# doesn't show:** the limit. Enlarge-first and residual have 305 parameters at every factor, enlarge-last has 740, 2,480,
# 7,265 and 28,580 at x2, x4, x7 and x14: all tiny. A failure of theirs is not yet a failure of super-resolution.

# %% [markdown] slideshow={"slide_type": "slide"}
# ## You against the network
#
# Ten test digits at x7: 4 x 4 pixels. Read each one and press a button (or <kbd>Tab</kbd> to it and press
# <kbd>Enter</kbd>). In a classroom, let the room vote. The classifier gets the same pixels.

# %% slideshow={"slide_type": "-"}
from mnist_sr_helpers import Quiz

quiz = Quiz(seed=0)
quiz

# %% [markdown] slideshow={"slide_type": "notes"}
# Ten rounds, half a minute. The room votes, you press. Half-closed eyes help.

# %%
quiz.sheet()

# %%
quiz.score()

# %% [markdown]
# `Quiz(seed=1)` draws ten others. Try screwing up your eyes, or reading from across the room: the edges of the squares,
# which are no part of the digit, fade.

# %% [markdown] slideshow={"slide_type": "slide"}
# ## The case file
#
# This lesson found slips of drawing and sampling; they cost trust, not decibels. Here is the account at x7, where the
# failure is real.

# %% slideshow={"slide_type": "-"}
from mnist_sr_helpers import case_file

my_factor = 7
case_file(my_factor, "simplesr")

# %% [markdown] claims=["seeing_the_failure.case-x7"] slideshow={"slide_type": "-"}
# **What it shows.** At x7 all that SimpleSR can do, in its better form, is two to three dB. **What it doesn't show:**
# whether the hatched rest is information that is gone or a network that is too small. Lessons [[what_is_lost]] and [[model_or_information]] will ask.

# %% [markdown] slideshow={"slide_type": "notes"}
# The hatched rest is the question of the second half of the course.

# %% [markdown] slideshow={"slide_type": "slide"}
# ## What we found
# - The article's third example has three slips: an index out of range, a training digit as test, a grey scale that
#   changes from panel to panel.
# - Errors lie along edges; digits with few edges score best. One digit proves nothing.
# - At x2 and x4 restored digits are read nearly as well as, or not much worse than, true ones. At x7 it depends on the
#   method, so not all of that failure is the data's.

# %% [markdown] slideshow={"slide_type": "notes"}
# Ask for one slip and one score that each will remember.

# %% [markdown]
# ## On your own
# - Use your `gain` on the residual network at x2. Is there a digit on which it is *worse* than bicubic?
# - Which pairs of digits does the classifier confuse at x7? Make the 10 x 10 table.
#
# ## Further reading
# - Z. Wang et al., *Image quality assessment: from error visibility to structural similarity*, IEEE TIP 2004: SSIM.
# - Y. Blau, T. Michaeli, *The perception-distortion tradeoff*, CVPR 2018: why no score can say everything.
#
# Next: **04 What is lost**: which part of a digit no method can bring back.
