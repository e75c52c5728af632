# %% [markdown] slideshow={"slide_type": "slide"}
# # Seeing the failure
#
# The article's third example shows one digit three times: original, downsampled, predicted; and concludes that
# super-resolution fails. One digit, judged by eye, in pictures that are made wrongly. Here you look properly, and Part
# I closes with a provisional verdict.

# %% jupyter={"source_hidden": true} slideshow={"slide_type": "-"}
import torch
from mnist_sr_helpers import downsample, grid, load_digits, load_model, psnr, restore, signed

test = load_digits(split="test")
low = downsample(test.images, 2)
model = load_model("article_last", 2)  # the article's network, repaired, with its own settings
predicted = restore(model, low)
triples = [[part[i, 0].clamp(0, 1) for part in (test.images, low, predicted)] for i in (0, 2)]
columns = ["original", "14 x 14", "predicted"]
grid([triples[0] + triples[1]], side=112, columns=2 * columns)

# %% [markdown] slideshow={"slide_type": "notes"}
# Run everything now (Alt+R), if you have not.

# %% [markdown]
# **You will**
# - repair the article's third example and know its slips by sight;
# - find the best and the worst digits, and what they have in common;
# - compare PSNR, SSIM and a classifier's reading, and know what each is blind to;
# - read digits of 4 x 4 pixels yourself, against the network;
# - say on one page what was a bug, what is the model, and what may be information.
#
# **You need** lesson [[simplesr]]. **Time:** 35 minutes.

# %% [markdown] claims=["seeing_the_failure.on-training", "seeing_the_failure.on-test"] slideshow={"slide_type": "slide"}
# ## The article's third example, and its slips
#
# It picks a random digit and draws three panels. Three things go wrong on the way.
#
# **1. The index.** It draws the digit's number with `random.randint(0, len(dataset))`. This *includes* the
# upper end: with the 60,000 training digits, numbered 0 to 59,999, one run in 60,001 asks for number 60,000, which
# doesn't exist. A bug that passes every try, then stops a lecture. `random.randrange(len(dataset))` is meant.
#
# **2. The digit comes from the training set.** Only digits that the network has never seen tell how it
# will do on new ones. Here it changes nothing: 26.8 dB on training digits, 26.9 dB on test digits (seed 0), as 740
# parameters can't learn 60,000 digits by heart. With a larger network and fewer digits it would.
#
# **3. The picture is made as in the first example**, so values outside [0, 1] *wrap* (lesson [[degradation]]); and now
# the network's prediction wraps, too, before `imshow` draws it.

# %% [markdown] slideshow={"slide_type": "notes"}
# Three slips, none of them about networks. Which would you have found in a review?

# %% slideshow={"slide_type": "slide"}
import random

from mnist_sr_helpers import table, upsample, wrap

position = random.Random(3).randrange(len(test.images))  # a test digit, chosen by a seed
panels = [test.images[position], low[position], predicted[position]]
grid(
    [[wrap(x)[0] for x in panels], [x.clamp(0, 1)[0] for x in panels]],
    side=140,
    columns=["original", "downsampled", "predicted"],
    rows=["as printed: wrapped", "clipped"],
)

# %% slideshow={"slide_type": "skip", "run": false}
rows = {}
for factor in (2, 7):
    for name in ("article_first", "article_last"):
        estimate = restore(load_model(name, factor), downsample(test.images, factor))
        outside = ((estimate * 255 <= -1) | (estimate * 255 >= 256)).float().mean()
        both = [psnr(p, test.images).mean() for p in (wrap(estimate), estimate.clamp(0, 1))]
        rows[f"x{factor}, {name.replace('_', ' ')}"] = [outside, *both]
columns = ["pixels that wrap", "PSNR wrapped", "PSNR clipped"]
caption = "What the display's bug does to predictions; mean PSNR in dB, 1,000 test digits"
table(rows, columns, form=[".0%", ".1f", ".1f"], caption=caption)

# %% [markdown] claims=["seeing_the_failure.wrap-x2", "seeing_the_failure.wrap-x7", "seeing_the_failure.wrapped-pixels"] slideshow={"slide_type": "-"}
# **What it shows.** The bug takes 18 dB or more from the predictions at x2: whoever judges by these pictures judges the
# bug. From here on they are clipped, and black is 0, white is 1. **What it doesn't show:** that the
# mended pictures are good.

# %% [markdown] slideshow={"slide_type": "notes"}
# The same numbers, drawn twice. How would the room have judged the network by the upper row?

# %% [markdown] slideshow={"slide_type": "slide"}
# ## The repaired third example
#
# Three panels as the article has them, and a fourth: the error, prediction minus original, black where it is
# right, orange where it is too bright, blue where it is too dark. (Brightness is the root of the error.)

# %% slideshow={"slide_type": "-"}
shown = predicted.clamp(0, 1)
error = shown - test.images
grid(
    [[test.images[i, 0], low[i, 0], shown[i, 0], signed(error[i, 0])] for i in (position, 0)],
    "Two digits: original, downsampled, predicted, and the error, along the edges of the strokes.",
    side=140,
    columns=["original", "downsampled", "predicted", "error"],
)

# %% [markdown] claims=["seeing_the_failure.edges"] slideshow={"slide_type": "-"}
# **What it shows.** The prediction is close, a little soft. The error lies along the *edges* of strokes; inside the
# strokes and in the background there is little. **What it doesn't show:** whether these digits are typical.

# %% [markdown] slideshow={"slide_type": "notes"}
# Where is the error? Let someone point at it.

# %% [markdown]
# ## Best and worst digits

# %% jupyter={"source_hidden": true} slideshow={"slide_type": "slide"}
from mnist_sr_helpers import ask, you_said

options = ["0, it is so regular", "1, it is a single stroke", "7", "all classes alike"]
question = "By PSNR after the article's network (x2), which class has most of the best fifty?"
ask("best", question, options)

# %% [markdown] slideshow={"slide_type": "notes"}
# Vote, and press the answer of the majority.

# %% slideshow={"slide_type": "slide"}
scores = psnr(shown, test.images)
order = scores.argsort()
worst, best = order[:8], order.flip(0)[:8]
result = grid(
    [[test.images[i, 0] for i in worst], [shown[i, 0] for i in worst],
     [test.images[i, 0] for i in best], [shown[i, 0] for i in best]],
    "The eight worst digits, full of bends, and the eight best, single strokes; predictions below.",
    side=84,
    rows=["worst, original", "predicted", "best, original", "predicted"],
    captions=[[f"{test.labels[i]}" for i in worst], [f"{scores[i]:.1f} dB" for i in worst],
              [f"{test.labels[i]}" for i in best], [f"{scores[i]:.1f} dB" for i in best]],
)  # fmt: skip
edges = sum(test.images.diff(dim=dim).abs().mean((1, 2, 3)) for dim in (2, 3))  # how much edge
related = torch.corrcoef(torch.stack([scores, edges]))[0, 1]  # -1: one falls as the other rises
print(f"median {scores.median():.1f} dB, worst {scores.min():.1f} dB, best {scores.max():.1f} dB")
print(f"correlation of a digit's PSNR with its amount of edge: {related:.2f}")
best_50 = test.labels[order[-50:]]
of_class = {str(c): [(best_50 == c).sum()] for c in range(10) if (best_50 == c).any()}
more = table(of_class, ["of the best fifty"], corner="class", form="d")
ones = (best_50 == 1).sum()
most = {0: 0, 1: 1, 7: 2}.get(best_50.bincount().argmax().item(), 3)
you_said("best", f"{ones} of the best fifty are ones.", result, more, right=options[most])

# %% [markdown] slideshow={"slide_type": "notes"}
# Upper rows: bends and crossings. Lower rows: single strokes.

# %% [markdown] answers="best" claims=["seeing_the_failure.ones", "seeing_the_failure.edge-correlation", "seeing_the_failure.range", "seeing_the_failure.ones-bicubic"] slideshow={"slide_type": "-"}
# **What it shows.** Nearly all of the best are ones: few edges, little to get wrong. The more edge a digit has, the
# lower its score tends to be. So a mean PSNR depends on *which* digits one takes, and a random digit, as in the
# article, can be anywhere in a range of 10 dB and more. **What it doesn't show:** that the network is good at ones:
# bicubic scores best on them, too. To see what a method adds, look at its *gain* over bicubic.

# %% [markdown] slideshow={"slide_type": "notes"}
# A mean depends on which digits one takes. Exercise 1 takes 5 minutes.

# %% [markdown]
# ### Exercise 1: the gain over bicubic (easy, 5 minutes)
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

# %% [markdown] claims=["seeing_the_failure.gain-ones", "seeing_the_failure.gain-next"]
# Is the network good at ones, or are ones only easy? Average your gain over each class. It is both: the gain is largest
# on ones, 7.8 dB, next come zeros and sevens with 7.4 dB.

# %% [markdown] slideshow={"slide_type": "slide"}
# ## A second score: SSIM
#
# PSNR compares pixel by pixel and doesn't care how errors are arranged. *SSIM*, structural similarity, slides a window
# of 11 x 11 pixels over both pictures and compares in it the means, the standard deviations, and how well the two go
# together (their correlation); 1 means identical. To see the difference, damage every test digit in four ways, by
# amounts that give each *the same* PSNR as bicubic at x4.

# %% slideshow={"slide_type": "-"}
from mnist_sr_helpers import round_trip, ssim

x = test.images
blurred = round_trip(x, 4).clamp(0, 1)
noise = torch.randn(x.shape, generator=torch.Generator().manual_seed(0))
mse, ink, power = (p.square().mean((1, 2, 3), keepdim=True) for p in (blurred - x, x, noise))
damaged = {
    "blurred": blurred,
    "paler": x * (1 - (mse / ink).sqrt()),  # loses a share s: squared, s * s * ink, that is mse
    "brighter": x + mse.sqrt(),  # not clipped, nor the next: that would change the error
    "noisy": x + noise * (mse / power).sqrt(),  # so weak that its mean square is mse
}
numbers = [f"{psnr(y, x).mean():.2f} dB, SSIM {ssim(y, x).mean():.2f}" for y in damaged.values()]
pictures = [x[0, 0], *(picture[0, 0] for picture in damaged.values())]
captions = [["means of 1,000:", *numbers]]
grid([pictures], side=140, columns=["original", *damaged], captions=captions)

# %% [markdown] claims=["seeing_the_failure.ssim-blur-last", "seeing_the_failure.ssim-paler"] slideshow={"slide_type": "-"}
# **What it shows.** Equal PSNR, and four pictures that nobody would call equal. PSNR can't tell them apart; SSIM puts
# the blurred one last by far, because where blur has taken detail away the two no longer go together. **What it doesn't
# show:** that SSIM is right: it ranks a paler copy below a noisy one, though the eye may not agree. Report both.

# %% [markdown] slideshow={"slide_type": "notes"}
# Show of hands: which of the four looks worst? Then read the SSIM.

# %% [markdown] claims=["seeing_the_failure.read-true"] slideshow={"slide_type": "slide"}
# ## A third score: can it still be read?
#
# A *reader*: a small classifier that comes with the course. It was trained on sharp digits, and reads more than 99 of
# 100 test digits. If it reads the restored digit, the class has survived. First, your guess:

# %% jupyter={"source_hidden": true} slideshow={"slide_type": "-"}
options = ["less than half", "50 to 80 in 100", "80 to 90 in 100", "more than 90 in 100"]
question = "At x4, from 7 x 7 pixels, what share does it read after the article's network?"
ask("read", question, options)

# %% [markdown] slideshow={"slide_type": "notes"}
# Vote again. The table on the next slide is as saved: it takes too long to compute before a room.

# %% slideshow={"slide_type": "slide", "run": false}
from mnist_sr_helpers import MODELS, read_digits, rung  # rung: a method, by its name

shares, factors = {}, (2, 4, 7, 14)
for name in MODELS:
    for f in factors:
        estimate = rung(name, f)(downsample(test.images, f))
        shares[name, f] = (read_digits(estimate) == test.labels).float().mean()
rows = {name: [shares[name, f] for f in factors] for name in MODELS}
true_share = (read_digits(test.images) == test.labels).float().mean()
caption = f"Share of 1,000 test digits read right (the true digits: {true_share:.1%})"
result = table(rows, [f"x{f}" for f in factors], form=".1%", best="high", caption=caption)
first, share = (shares[f"article, enlarge {where}", 4] for where in ("first", "last"))
it_is = f"{first:.0%} with enlarge first, {share:.0%} with enlarge last."
correct = options[sum(share > limit for limit in (0.5, 0.8, 0.9))]
you_said("read", it_is, result, right=correct)

# %% [markdown] answers="read" claims=["seeing_the_failure.read-true", "seeing_the_failure.read-x2", "seeing_the_failure.read-x4", "seeing_the_failure.read-x7", "seeing_the_failure.read-x14"] slideshow={"slide_type": "-"}
# **What it shows.** At x2 nearly every digit is read, whatever the method: by this score nothing has failed. At x4
# more than 90 of 100 are read from each network. At x7 the methods part: from the *same* 16 pixels, enlarge-last is
# read far more often than the others. So part of what bicubic failed to show at x7 was in the pixels after all. At
# x14, four pixels, three of four digits are misread at best.
#
# **What it doesn't show:** how much information the small picture holds. This reader knows sharp digits only; a blurred
# digit may puzzle it though its pixels would suffice. And it judges the class, not the picture: a wrong but clean 7
# satisfies it.

# %% [markdown] slideshow={"slide_type": "notes"}
# By this score nothing fails at x2. Look at x7: the same 16 pixels, and enlarge-last is read far more often.

# %% [markdown] slideshow={"slide_type": "slide"}
# ## Explore: factor x model x digit
#
# Move *factor* with the arrow keys and watch the numbers.

# %% tags=["explorer"] slideshow={"slide_type": "-"}
from mnist_sr_helpers import FACTORS, MODELS, Explorer, model_sheet, model_view

Explorer(
    model_view,
    digit=range(10),
    factor=FACTORS,
    model=MODELS,
    start={"digit": 5, "factor": 2, "model": "article, enlarge last"},
)

# %% [markdown] slideshow={"slide_type": "notes"}
# Tab to factor, then the arrow keys. At x7 change the model. N leads on, from the slider, too.

# %%
picture, numbers = model_sheet(5)
display(picture, numbers)

# %% [markdown] claims=["seeing_the_failure.sharpen"]
# **What it shows.** One row a method, one column a factor. The networks sharpen what bicubic blurs at x2 and x4.
# Enlarge-last at x7 draws something like a digit, though not always the right one. (Enlarge-first and residual leave a
# frame at x14, and a trace of it at x7: beyond the border a convolution with padding sees zeros.) **What it doesn't
# show:** the limit. These networks are tiny: 305 to 7,265 parameters. A failure of theirs is not yet a failure of
# super-resolution.

# %% [markdown] slideshow={"slide_type": "slide"}
# ## You against the network
#
# Ten test digits at x7: 4 x 4 pixels. Read each one and press a button. The classifier reads what bicubic, and what the
# article's network, make of the same 16 pixels.

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
# `Quiz(seed=1)` draws ten others. Screw up your eyes: the edges of the squares,
# which are no part of the digit, fade.

# %% [markdown] slideshow={"slide_type": "slide"}
# ## A provisional verdict
#
# What failed in the article: a *bug*, the *model*, or is the *information* gone? One more look decides: a network that
# is larger and sees the whole digit (210,000 to 230,000 parameters, after EDSR, a network of 2017), from the *same*
# pixels.

# %% jupyter={"source_hidden": true} slideshow={"slide_type": "-"}
options = ["about 27 dB: the limit is in the data", "about 29 dB", "about 31 dB", "34 dB or more"]
question = "At x2 bicubic has 20 dB, the article's network 27 dB. "
question += "How much has the larger one, from the same pixels?"
ask("limit", question, options)

# %% [markdown] slideshow={"slide_type": "notes"}
# Vote, and press the answer of the majority. The next two slides are as saved.

# %% slideshow={"slide_type": "slide", "run": false}
trial = ("bicubic", "article, enlarge last", "EDSR-like")
chosen, cells = (2, 7, 14), []
for f in chosen:
    y = downsample(test.images, f)
    estimates = [rung(name, f)(y[:1]).clamp(0, 1)[0, 0] for name in trial]
    cells.append([test.images[0, 0], y[0, 0], *estimates])
columns = ["original", "small", "bicubic", "article's network", "larger network"]
result = grid(cells, side=140, columns=columns, rows=[f"x{f}" for f in chosen])
rows, scores = {}, {}
for name in trial:
    rows[name] = []
    for f in chosen:
        estimate = rung(name, f)(downsample(test.images, f)).clamp(0, 1)
        scores[name, f] = psnr(estimate, test.images).mean()
        rows[name] += [scores[name, f], (read_digits(estimate) == test.labels).float().mean()]
columns = [(f"x{f}", what) for f in chosen for what in ("PSNR", "read")]
caption = "Mean PSNR in dB of 1,000 test digits, and share read by the classifier"
more = table(rows, columns, form=[".1f", ".0%"] * 3, best="high", caption=caption)
it_is = f"{scores['EDSR-like', 2]:.1f} dB."
correct = options[sum(scores["EDSR-like", 2] > limit for limit in (28, 30, 33))]
you_said("limit", it_is, result, more, right=correct)

# %% [markdown] claims=["seeing_the_failure.edsr-x2", "seeing_the_failure.edsr-x7", "seeing_the_failure.edsr-x14", "seeing_the_failure.edsr-grey", "seeing_the_failure.edsr-grey-x7", "seeing_the_failure.wrap-mean-x2", "seeing_the_failure.wrap-x7", "seeing_the_failure.article-grey", "seeing_the_failure.article-read-x7", "seeing_the_failure.article-most-read-x7", "seeing_the_failure.edsr-read-x7", "seeing_the_failure.edsr-read-x14", "the_verdict.e-short-files"] slideshow={"slide_type": "slide"}
# | what failed | at x2, the article's factor | at x7 | at x14 | proof |
# | --- | --- | --- | --- | --- |
# | **the bug** | the code doesn't run as printed; its pictures wrap: 20 dB | the same, 7 dB or more | the same, not measured | this lesson, [[degradation]], [[simplesr]] |
# | **the model** | the article's network is 8 dB behind the larger one | 6 dB behind, read in 68 to 76 of 100 (three trainings) | 1 dB behind | lesson [[model_or_information]] |
# | **information** | little is missing: the larger network errs by 5 grey levels (RMS), the article's by 12 | the larger network's digits are read in 97 of 100 cases, but err five times as much as at x2 | probably missing: fewer than half are read | lessons [[what_is_lost]], [[twins_and_forgeries]], [[model_or_information]] |
#
# So in the article's own case super-resolution doesn't fail: its code did, and then a model that is too small. At x14
# the larger network is only 1 dB ahead: a sign, no proof, that no better one will help much. All this is with floats;
# of files, and trained for them, the larger leads by 6 dB at x2 (more in [[changing_the_training]]). **What it doesn't
# show:** *why*, and how sure that is. What exactly is lost, why averages blur, and where the model ends and information
# begins: that is Part II.

# %% [markdown] slideshow={"slide_type": "notes"}
# Back to the vote. A class that stops here has a verdict; let someone read the table aloud, column by column.

# %% [markdown] slideshow={"slide_type": "slide"}
# ## What we found
# - The article's third example has three slips: an index out of range, a training digit as test, and pictures that
#   wrap, the prediction's too.
# - Errors lie along edges; digits with few edges score best. One digit proves nothing.
# - At x2 restored digits are read nearly as well as true ones; at x4, by a good method, a little worse. At x7 it
#   depends on the method, so not all of that failure is the data's.

# %% [markdown] slideshow={"slide_type": "notes"}
# Ask for one slip and one score that each will remember.

# %% [markdown]
# ## On your own (optional)
# - Write a function that finds the `k` digits of lowest PSNR, the worst first, and look at the worst fifty.
# - Use your `gain` on `rung("SimpleSR, residual", 2)(low)`. Is there a digit on which it is *worse* than bicubic?
# - Which pairs of digits does the classifier confuse at x7? Make the 10 x 10 table.
#
# ## Further reading
# - Z. Wang et al., [*Image quality assessment: from error visibility to structural
#   similarity*](https://doi.org/10.1109/TIP.2003.819861), IEEE TIP 2004: SSIM.
# - Y. Blau, T. Michaeli, [*The perception-distortion tradeoff*](https://arxiv.org/abs/1711.06077), CVPR 2018: why no
#   score can say everything.
#
# Next: [[next]]: which part of a digit no method can bring back.
# Previous: [[previous]].
