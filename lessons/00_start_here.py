# %% [markdown] slideshow={"slide_type": "slide"}
# # Start here
#
# **Why does super-resolution fail on MNIST?** A short article says that it does. It shrinks handwritten digits,
# lets a small neural network enlarge them again, looks at the result and is not pleased. Then it gives reasons.
# In this course you run its experiment, repair its code, and measure each of its reasons yourself.
#
# *Super-resolution* means: from a small picture, estimate the large picture that it was made from. Here is the task.
# Click on the next cell and press <kbd>Shift</kbd>+<kbd>Enter</kbd>: a digit appears, and sliders. (None? See *Does
# everything work?* below.) Move *factor* with the slider or the arrow keys: the digit shrinks, and is enlarged again in
# the plainest way.

# %% tags=["explorer"] slideshow={"slide_type": "-"}
from mnist_sr_helpers import Explorer, View, downsample, grid, load_digits, upsample

images, labels = load_digits(split="test")  # a thousand handwritten digits


def there_and_back(factor: int, position: int) -> View:
    """A digit, made small, and enlarged again by a fixed formula (bicubic)."""
    x = images[position : position + 1]
    small = downsample(x, factor)
    pictures = [part[0, 0] for part in (x, small, upsample(small, factor).clamp(0, 1))]
    alt = f"A handwritten {labels[position]}: as it is, made {factor} times smaller, and enlarged."
    side = 28 // factor
    columns = ["original, 28 x 28", f"small, {side} x {side}", "enlarged again"]
    numbers = [("Pixels left", f"{side * side} of 784"), ("It is", str(labels[position].item()))]
    return View(grid([pictures], alt, side=168, columns=columns), numbers)


Explorer(there_and_back, factor=(1, 2, 4, 7, 14), position=range(20), start={"factor": 4})

# %% [markdown] slideshow={"slide_type": "notes"}
# Tab to factor, then the arrow keys: x2, x4, x7, x14. At which factor does the room stop reading it?

# %% slideshow={"slide_type": "skip", "run": false}
shrunk = {factor: downsample(images[:1], factor) for factor in (2, 4, 7, 14)}
grid(
    [[low[0, 0] for low in shrunk.values()], [upsample(low, f)[0, 0] for f, low in shrunk.items()]],
    side=140,
    columns=["x2", "x4", "x7", "x14"],
    rows=["small", "enlarged"],
)

# %% [markdown]
# Can a network do better, and how much? What stops it: the network, or the pixels that are gone? The article:
#
# *Why is SuperResolution on MNIST datasets failing?* appeared on 30 January 2025. It has three code examples: a digit
# made small and large again (lesson [[degradation]]), a small network called SimpleSR ([[simplesr]]),
# and pictures of its output ([[seeing_the_failure]]). Its claims, in our words with its reservations, stand below.
# You needn't understand them yet: each comes back, by its letter, where it is tested. Read a and e now.

# %% [markdown] slideshow={"slide_type": "slide"}
# | letter | claim |
# | --- | --- |
# | a | MNIST digits are, by design, binary and low in information content |
# | b | super-resolution, above all by deep networks, typically learns to rebuild high frequencies, fine detail; the usual downsampling largely discards just these, so the network learns a likeness, not the lost detail |
# | c | a small digit can often look almost identical to another, slightly different, small digit |
# | d | a loss that counts pixel by pixel often makes the network end up at a smoothed average of what is possible |
# | e | super-resolution on MNIST often disappoints: training may lower the loss, yet the results are not satisfactory |
# | f | a *key* inherent limitation of MNIST stays, however one augments the training data |
# | g | other ways to augment the training data are worth exploring, within that limitation |
# | h | elsewhere it works, because there small pictures often keep enough of their high frequencies |
# | i | the network learns the most common form of the digit's class, as that costs least over all inputs |
# | j | the subtle information that tells one 3 from another is lost, so it can't be rebuilt |
# | k | at the root lies a conflict: the training aims at detail, and MNIST is low-frequency |
# | l | of digits that look alike when small, the network's outputs are very similar, but generally incorrect |
# | m | a pixel-by-pixel loss is useful on data rich in high frequencies |

# %% [markdown] slideshow={"slide_type": "notes"}
# Give the room a minute. Which claim does each believe most, which least? Lesson [[the_verdict]] comes back to all of
# them.

# %% [markdown]
# **Part I**, lessons [[start_here]] to [[seeing_the_failure]], is a course in itself: it repairs and measures the
# article's experiment, and ends with a provisional verdict. **Part II**, [[what_is_lost]] to [[model_or_information]],
# asks why: what is lost, what an average is, and which share is the model's. **Part III**, [[changing_the_training]] to
# [[the_verdict]], changes the training, asks what a network answers, and gives each claim its verdict.
#
# **You will**
# - check that this machine runs the course and that you see its sliders;
# - learn how the lessons work: predictions, explorers, exercises;
# - test the article's first claim: *MNIST digits are binary and low in information content*.
#
# **You need** Python, and a little NumPy; PyTorch and networks are explained where they are used. It runs without
# internet. **Time:** 20 minutes.

# %% [markdown]
# ## Does everything work?
#
# Each line below should begin with `ok`. A line that begins with `LOOK` says what to do; `?` means that it can't be
# checked here, and is no fault.

# %% tags=["nbval-ignore-output", "versions"] slideshow={"slide_type": "skip", "run": false}
from mnist_sr_helpers import health_check

health_check()

# %% [markdown]
# **You saw no slider above, or only text?** Then JupyterLab and this notebook's kernel (the Python process that runs
# the cells) probably live in different environments. Close JupyterLab and start it again with the line under *Start* in
# the README. In a notebook that runs nowhere, as on a code-hosting site, sliders are shown as text; below each one
# stands a picture of what it would show.

# %% [markdown] slideshow={"slide_type": "slide"}
# ## What is a digit, as data?
#
# Each digit is 28 x 28 *grey values* between 0, black, and 1, white. MNIST stores each value in one byte, as a level
# from 0 to 255; the course divides by 255. You work with a sample of the real thing, which comes with the course:
# 5,000 training digits to learn from, 1,000 test digits to judge by, an equal number of each *class* (0 to 9).
# `load_digits("full")` downloads all 70,000, if you have a connection.
#
# Digits come as PyTorch *tensors*, which are NumPy arrays with more abilities. Their shape here is (N, 1, 28, 28): N
# digits; 1 value for each pixel (a colour picture has 3); 28 rows; 28 columns. `images[0, 0]` is the first digit.

# %% slideshow={"slide_type": "-"}
from mnist_sr_helpers import table

for name, digits in (("training", load_digits()), ("test", load_digits(split="test"))):
    each = digits.labels.bincount().tolist()
    print(name, tuple(digits.images.shape), "of each class", set(each))

grid(
    [[picture[0] for picture in images[:5]]],
    "The first five test digits, white on black.",
    side=112,
)

# %% [markdown] slideshow={"slide_type": "notes"}
# Ask for the shape of one digit, and what the 1 in it is for.

# %% [markdown] slideshow={"slide_type": "slide"}
# ## Your first prediction
#
# Before each main result you commit to an answer. Being wrong is useful: you remember it. Your answers stay on
# this machine, in a small file that you may delete; if you don't answer, the lesson goes on without.
#
# The article says that MNIST digits are *binary*: each pixel is either ink or no ink. Is that so?

# %% jupyter={"source_hidden": true} slideshow={"slide_type": "-"}
from mnist_sr_helpers import ask, you_said

answers = ["nearly all: the digits are binary", "about two in three", "fewer than half"]
ask(
    "binary",
    "Of the pixels that hold any ink, how many are white or nearly so (level 249 or more, the "
    "rightmost bar of the next picture)?",
    answers,
)

# %% [markdown] slideshow={"slide_type": "notes"}
# Vote, and press the answer of the majority.

# %% [markdown]
# ## Count them
#
# The histogram shows how often each level occurs among the *ink* pixels, those above 0. If digits were binary, the
# rightmost bar would hold them all.

# %% slideshow={"slide_type": "slide"}
import matplotlib.pyplot as plt
from mnist_sr_helpers import to_picture

levels = (images * 255).round().int()
ink = levels[levels > 0]
background = (levels == 0).float().mean()
full = (levels == 255).float().mean()
white = (ink >= 249).float().mean().item()
rows = {
    "background (0), of all pixels": [background],
    "grey (1 to 254), of all pixels": [1 - background - full],
    "full white (255), of all pixels": [full],
    "full white (255), of ink pixels": [(ink == 255).float().mean()],
    "249 to 255, of ink pixels": [white],
}
caption = f"Pixels of 1,000 test digits, by level; {levels.unique().numel()} of 256 levels occur"
shares = table(rows, ["share"], form=".1%", caption=caption)

plt.style.use("mnist_sr_helpers.pictures.course")
figure, axes = plt.subplots()
_ = axes.hist(ink.numpy(), bins=range(1, 258, 8), color="#2b6cb0", edgecolor="none", rwidth=0.9)
axes.set(
    xlabel="level of the pixel, 1 to 255",
    ylabel="ink pixels",
    title="Ink of 1,000 test digits: every grey level occurs",
)
histogram = to_picture(
    figure,
    "Histogram of ink levels: every level occurs; the tallest bar, above 248, holds about 40%.",
)

digit = levels[0, 0]
rows = {row: digit[row, 8:18] for row in range(6, 11)}
caption = "Levels of the first test digit, columns 8 to 17"
one = table(rows, range(8, 18), corner="row", caption=caption)
correct = answers[0 if white > 0.9 else 1 if white > 0.5 else 2]
it_is = f"{white:.1%} of ink pixels are white or nearly so."
you_said("binary", it_is, histogram, shares, one, right=correct)

# %% [markdown] answers="binary" claims=["start_here.grey", "start_here.background", "start_here.levels", "start_here.peak"] slideshow={"slide_type": "-"}
# **What it shows.** Some 40 of 100 ink pixels are white or nearly so: the inside of the strokes. The other 60 are grey,
# spread over all levels, at the strokes' edges. So "binary" is wrong. The greys were made when the original
# black-and-white scans were shrunk to fit: they say how far the stroke's edge reaches into each pixel. They are *where
# the edge is*, which is what super-resolution has to find out.
#
# **What it doesn't show.** How much information a digit holds. Four of five pixels are black background, so a
# digit is certainly simpler than a photograph. Whether that makes it *harder or easier* to restore is a question
# for the coming lessons.

# %% [markdown] slideshow={"slide_type": "notes"}
# Compare with the vote. Where in a digit do the grey pixels lie?

# %% [markdown] slideshow={"slide_type": "slide"}
# ### How much do the greys matter?
#
# Make the digits binary ourselves, by a threshold at one half, and look.

# %% slideshow={"slide_type": "-"}
binary = (images > 0.5).float()
grid(
    [[images[i, 0] for i in range(8)], [binary[i, 0] for i in range(8)]],
    "Eight digits above, the same eight made black and white below: edges become staircases.",
    side=84,
    rows=["as they are", "binary"],
)

# %% [markdown] slideshow={"slide_type": "notes"}
# Ask what is gone: not which digit it is, but where its edge runs.

# %% [markdown] slideshow={"slide_type": "slide"}
# You can still read them. So can a small classifier, a network that says which digit it sees; the next cell asks it
# about all 1,000 test digits (lesson [[seeing_the_failure]] introduces it).

# %% slideshow={"slide_type": "-"}
from mnist_sr_helpers import read_digits

for name, pictures in (("as they are", images), ("binary", binary)):
    print(f"{name}: {(read_digits(pictures) == labels).float().mean():.1%} read right")

# %% [markdown] claims=["start_here.class"] slideshow={"slide_type": "-"}
# Binary digits are read nearly as well: the *class* needs no greys. The *picture* does: its smooth edges have become
# staircases, and the greys that said where they ran are gone. Keep these two apart; the article's claims often mix
# them.

# %% [markdown] slideshow={"slide_type": "notes"}
# To read a digit and to restore its picture are two things; let someone say which one the article means.

# %% [markdown]
# ## Exercises
#
# From lesson [[degradation]] on there are one or two in each lesson. You find a cell with an empty function, the
# *stub*, to fill in; a cell that *checks* it and answers in words: right, not yet (and why), or not attempted; and,
# unless your instructor keeps it, a solution to unfold. Nothing later depends on your answer.

# %% [markdown] slideshow={"slide_type": "slide"}
# ## What we found
# - The digits are grey, not binary: claim a fails in its first half. Its second half, *low in information content*,
#   needs a measure, which lesson [[the_verdict]] will bring.
# - To read a digit is one thing, to restore its picture another.

# %% [markdown] slideshow={"slide_type": "notes"}
# Which half of claim a has fallen, which one stands?

# %% [markdown]
# ## On your own (optional)
# - Make `binary` with the threshold at 0.1 and at 0.9. Which digits become unreadable first?
# - Count the ink pixels of each class. Which digit uses the least ink?
#
# ## Further reading
# - Y. LeCun, C. Cortes, C. Burges, [*The MNIST database of handwritten digits*](http://yann.lecun.com/exdb/mnist/):
#   how the scans became 28 x 28 pixels.
# - C. Yadav, L. Bottou, [*Cold Case: The Lost MNIST Digits*](https://arxiv.org/abs/1905.10498), NeurIPS 2019: the
#   same process, redone with care.
#
# Next: [[next]], how a digit becomes small, and what the article's first example really shows.
