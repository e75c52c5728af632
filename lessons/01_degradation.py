# %% [markdown] slideshow={"slide_type": "slide"}
# # Degradation
#
# To study how well a picture can be enlarged, one first makes it small. This step is called *degradation*. The
# article's first example takes a digit from 28 x 28 pixels down to 14 x 14 and up again, and shows what is left. We
# run it, look at what it shows, and then look at degradation itself.

# %% jupyter={"source_hidden": true} slideshow={"slide_type": "-"}
import torch
from mnist_sr_helpers import FACTORS, downsample, grid, load_digits, table

digits, labels = load_digits(split="test")
sizes = [downsample(digits[:1], factor)[0, 0].clamp(0, 1) for factor in FACTORS]
grid([sizes], side=112, columns=[f"{len(small)} x {len(small)} pixels" for small in sizes])

# %% [markdown] slideshow={"slide_type": "notes"}
# Run everything now (Alt+R), if you have not. Ask who has enlarged a small photograph, and what it looked like.

# %% [markdown]
# **You will**
# - run the article's first example and look hard at its pictures;
# - write a downsampling of your own;
# - compare factors and kernels with a slider, and say what antialiasing is for;
# - tell the numbers that a program computes from the bytes that a file holds;
# - open the *case file*: how many decibels of the failure are explained so far.
#
# **You need** lesson [[start_here]]. **Time:** 30 minutes, without what is marked optional.

# %% [markdown] slideshow={"slide_type": "slide"}
# ## The article's first example
#
# It loads one digit, maps its values from [0, 1] to [-1, 1] (a common habit before training), makes it small and large
# again with *bicubic* resizing, maps it back, and turns all three into pictures, as torchvision's `ToPILImage` does.

# %% slideshow={"slide_type": "-", "code": true}
from mnist_sr_helpers import wrap as to_pictures
from torchvision.transforms import InterpolationMode, Resize

digit = digits[0]  # (1, 28, 28), in [0, 1]
normalised = 2 * digit - 1  # in [-1, 1]
downsampled = Resize(14, InterpolationMode.BICUBIC)(normalised)
upsampled = Resize(28, InterpolationMode.BICUBIC)(downsampled)
made = [(x + 1) / 2 for x in (normalised, downsampled, upsampled)]  # in [0, 1] again
as_printed = [to_pictures(x) for x in made]

# %% [markdown] slideshow={"slide_type": "notes"}
# Read the code aloud, line by line. Nobody needs to see the bug yet: it is in the last line.

# %% slideshow={"slide_type": "slide"}
names = ["original", "downsampled, 14 x 14", "upsampled"]
grid(
    [[picture[0] for picture in as_printed]],
    columns=names,
)

# %% [markdown] slideshow={"slide_type": "-"}
# White patches surround the stroke in the small and in the enlarged picture. One may take them for what degradation
# does to MNIST. Are they?

# %% [markdown] slideshow={"slide_type": "notes"}
# Let people describe the patches before you flip on. Do not explain them.

# %% jupyter={"source_hidden": true} slideshow={"slide_type": "slide"}
from mnist_sr_helpers import ask, you_said

options = [
    "from noise in the digit that the original hides",
    "from bicubic resizing: it adds a bright border to strokes",
    "from turning the values into a picture",
]
ask(
    "patches",
    "Where do the white patches come from?",
    options,
)

# %% [markdown] slideshow={"slide_type": "notes"}
# Vote by hands and press the answer of the majority; you come back to it in three slides. Most say resizing.

# %% [markdown] slideshow={"slide_type": "slide"}
# ## Look at the values, not at the picture
#
# When a picture looks strange, print its numbers.

# %% slideshow={"slide_type": "-"}
enlarged = (upsampled + 1) / 2
below = (enlarged * 255 <= -1).float().mean()
print(f"{below:.1%} of the enlarged digit's pixels lie at least one grey level (1/255) below 0")
print(f"from {enlarged.min():.3f} to {enlarged.max():.3f}; the original from 0 to 1")

# %% [markdown] claims=["degradation.below-zero"] slideshow={"slide_type": "-"}
# A good part of its pixels lies *below zero*. Bicubic resizing computes each new pixel as a weighted average of its
# neighbours, and some of the weights are negative, which keeps edges sharp: midway between two old pixels they are
# -1/16, 9/16, 9/16, -1/16. On the pixels 0, 0, 0, 1 that gives -1/16, below black. This is called *overshoot*, and it
# is no fault as long as the values stay numbers.

# %% [markdown] slideshow={"slide_type": "notes"}
# Overshoot is the word to take home. It is part of bicubic, not a bug.

# %% [markdown] slideshow={"slide_type": "slide"}
# ## From values to bytes
#
# A picture, however, has bytes, from 0 to 255. What becomes of a negative value on the way there? `ToPILImage` leaves
# it undefined; the course's function, `wrap`, used above, does what common processors do. See what yours does, and five
# values.

# %% slideshow={"slide_type": "-"}
from mnist_sr_helpers import wrap
from torchvision.transforms import ToPILImage
from torchvision.transforms.functional import to_tensor

here = to_tensor(ToPILImage()(enlarged))
print("ToPILImage wraps on this machine:", here.equal(wrap(enlarged)))
values = torch.tensor([-0.10, -0.02, 0.50, 1.00, 1.02])
rows = {f"{value:.2f}": [value * 255, wrap(value) * 255] for value in values}
caption = "Five values on their way to a byte"
table(rows, ["times 255", "becomes level"], corner="value", form=[".2f", ".0f"], caption=caption)

# %% [markdown] claims=["degradation.wrap"] slideshow={"slide_type": "-"}
# A byte counts round, like a clock: after 255 comes 0, and before 0 comes 255. So -0.02, just below black, becomes
# 251, nearly white. That is a patch. In the same way 1.02, just above white, becomes 4, nearly black. The conversion
# also cuts fractions off: 127.5 becomes 127.
#
# The repair is one call: *clip* the values to [0, 1] when the picture is made, and not earlier.

# %% [markdown] slideshow={"slide_type": "notes"}
# Draw a clock with 256 hours on the board: one step back from 0 is 255.

# %% slideshow={"slide_type": "slide"}
result = grid(
    [[digit[0], wrap(enlarged)[0], enlarged.clamp(0, 1)[0]]],
    columns=["original", "round trip, wrapped", "round trip, clipped"],
)
drawn = wrap(enlarged) - enlarged.clamp(0, 1)
it_is = "they come from turning the values into a picture: below 0 they wrap."
correct = options[2] if drawn.abs().max() > 0.5 else options[1]
you_said("patches", it_is, result, right=correct)

# %% [markdown] answers="patches" claims=["degradation.patches"] slideshow={"slide_type": "-"}
# **What it shows.** The patches were never in the data. Without them the round trip is a soft version of the digit:
# blurred, as the article says, but readable. **What it doesn't show:** whether anything sharper could be made from
# the 14 x 14 pixels. Enlarging with bicubic guesses nothing; it is where super-resolution *starts*.

# %% [markdown] slideshow={"slide_type": "notes"}
# Back to the vote: P three times leads to it. Then, if there is time: exercise 1 in the lesson, 5 minutes.

# %% [markdown]
# ### Exercise 1: values to bytes (easy, 5 minutes)
#
# Write `to_bytes(x)`: it takes grey values `x`, a float tensor (H, W) that may overshoot [0, 1], and returns levels as
# a tensor of type `torch.uint8`: clipped, scaled by 255, rounded to the nearest whole number. You need `clamp`, `round`
# and, for the type, `.to(torch.uint8)`.


# %% tags=["exercise"]
def to_bytes(x):
    """Grey values (H, W), overshoot included, to levels 0 to 255 of type torch.uint8."""
    ### BEGIN SOLUTION
    return (x.clamp(0, 1) * 255).round().to(torch.uint8)
    ### END SOLUTION


# %% tags=["check"]
from mnist_sr_helpers import check_to_bytes

check_to_bytes(to_bytes)

# %% [markdown] slideshow={"slide_type": "slide"}
# ## What a file holds
#
# The article's code computes with *floats*, numbers with a fraction, which may lie below 0 and above 1; bytes come in
# only where pictures are drawn. A small picture that arrives as a *file* holds bytes: clipped to [0, 1] and rounded to
# one of 256 levels. That is your `to_bytes`, divided by 255; the course calls it `quantise`, the field's word for it.
# A file holds less: a value of -0.05 says that a bright stroke is near, and the file makes it 0, like empty
# background. How much is gone (RMS: the root of the mean square)?

# %% slideshow={"slide_type": "-"}
from mnist_sr_helpers import downsample, quantise

rows = {}
for factor in (2, 4, 7):
    low = downsample(digits, factor)
    off = 255 * (quantise(low) - low)
    outside = ((low < 0) | (low > 1)).float().mean()
    rows[f"x{factor}"] = [outside, off.square().mean().sqrt(), off.abs().max()]
columns = ["values outside [0, 1]", "changed by (RMS)", "at most"]
caption = "1,000 test digits in low resolution as a file holds them; in grey levels"
table(rows, columns, form=[".0%", ".1f", ".1f"], caption=caption)

# %% [markdown] claims=["degradation.outside-least", "degradation.outside-most", "degradation.off-least", "degradation.off-most"] slideshow={"slide_type": "-"}
# **What it shows.** A quarter to two fifths of the values lie outside [0, 1], most of them a little below zero. A file
# loses what they say: it changes a value by 2 to 3 grey levels (RMS). Rounding alone would change it by less than a
# third of one; clipping does the rest. **What it doesn't show:** whether that matters to a network. Lesson
# [[changing_the_training]] measures it. Elsewhere the course works with floats, as the article does, and says *file*
# where it doesn't.

# %% [markdown] slideshow={"slide_type": "notes"}
# Float or file: ask which of the two the students' own programs pass on.

# %% [markdown]
# ## Making pictures small
#
# The simplest honest way to shrink a picture by a *factor* of 2 is to replace each block of 2 x 2 pixels by its
# average. This is the *area* kernel. Every pixel of the original counts, and counts equally.
#
# ### Exercise 2: downsample by averaging (medium, 10 minutes), optional
#
# Write `downsample_area(x, factor)` for a batch `x` of shape (N, 1, H, W), H rows and W columns. In one dimension it
# goes like this: `x.reshape(3, 2).mean(dim=1)` turns six values into the averages of three pairs. In two dimensions the
# rows become (H // factor, factor) and the columns (W // factor, factor), and both `factor` dimensions are averaged:
# `mean(dim=(..., ...))`.


# %% tags=["exercise"]
def downsample_area(x, factor):
    """Average each factor x factor block: (N, 1, H, W) to (N, 1, H/factor, W/factor)."""
    ### BEGIN SOLUTION
    n, channels, height, width = x.shape
    blocks = x.reshape(n, channels, height // factor, factor, width // factor, factor)
    return blocks.mean(dim=(3, 5))
    ### END SOLUTION


# %% tags=["check"]
from mnist_sr_helpers import check_downsample_area

check_downsample_area(downsample_area)

# %% [markdown] slideshow={"slide_type": "slide"}
# ## Kernels and factors
#
# A *kernel* here is the recipe of weights for a new pixel (nothing to do with the Jupyter kernel that runs your cells).
# The course's `downsample(x, factor, kernel, antialias)` knows four:
#
# | kernel | a new pixel is | the result |
# | --- | --- | --- |
# | nearest | one old pixel, the others are dropped | hard, haphazard |
# | bilinear | an average whose weights fall off with distance | smooth, soft |
# | bicubic | an average with a few negative weights | sharper, overshoots; the field's habit |
# | area | the plain average of a block | blocky; you write it in exercise 2 |
#
# `antialias=True` stretches bilinear and bicubic with the factor: at x4 bicubic then looks at 16 x 16 old pixels around
# each new one, and every old pixel has a say. Without, it looks at 4 x 4 only, so it is luck whether a thin stroke
# falls on these or between them: it becomes a blob, or is gone. That is *aliasing*; the price of antialiasing is more
# blur. (Nearest and area have no such choice.) `upsample` goes back up, with the same kernels.

# %% [markdown] slideshow={"slide_type": "notes"}
# Not the Jupyter kernel. Ask which of the four loses most at a large factor, and why.

# %% [markdown]
# To compare, we need a score: *PSNR*, peak signal-to-noise ratio, in decibels (dB). Higher is closer to the original;
# 10 dB more is a tenth of the squared error. Lesson [[simplesr]] computes it by hand.

# %% jupyter={"source_hidden": true} slideshow={"slide_type": "slide"}
options = ["yes, at every factor", "at small factors only", "at large factors only", "no, at none"]
ask(
    "antialias",
    "Bicubic down and up again: does antialiasing bring the result closer to the original?",
    options,
)

# %% [markdown] slideshow={"slide_type": "notes"}
# PSNR: higher is closer. Do not discuss the answers: the next two slides show them.

# %% [markdown] slideshow={"slide_type": "slide"}
# Now explore: move *factor* with the arrow keys, then *kernel*; then switch *antialias* off at x4 and at x7. *digit* is
# a class, 0 to 9, shown by its first test digit; *file* passes the small picture on in bytes. All pictures share one
# grey scale, black 0 to white 1. In the error picture, black means no error, blue too dark, orange too bright; its
# brightness is the root of the error, so that small ones show. Of the numbers, only PSNR matters today; SSIM and the
# classifier's reading come in lesson [[seeing_the_failure]].

# %% tags=["explorer"] slideshow={"slide_type": "-"}
from mnist_sr_helpers import FACTORS, KERNELS, Explorer, degradation_sheet, degradation_view

Explorer(
    degradation_view,
    digit=range(10),
    factor=FACTORS,
    kernel=KERNELS,
    antialias=(True, False),
    file=(False, True),
    start={"digit": 5, "factor": 2, "kernel": "bicubic"},
)

# %% [markdown] slideshow={"slide_type": "notes"}
# Tab to factor, then the arrow keys: x2, x4, x7, x14. Stop at x4 and let the room read the digit. Then antialias
# off, at x4 and at x7. N leads on, from the slider, too.

# %%
picture, numbers = degradation_sheet(5)  # the first digit of class 5
display(picture, numbers)

# %% [markdown] claims=["degradation.readable-x2"]
# **What it shows.** At x2 every kernel leaves a digit that you can read. At x4, 7 x 7 pixels, the stroke is gone and
# its rough course is left. At x7, 4 x 4 pixels, you see where ink is, and at x14, four pixels, next to nothing. Nearest
# looks sharp and the kernels without antialiasing leave bright blobs: both show what a few pixels happened to hold.
#
# **What it doesn't show:** one digit proves little. Let us score all 1,000.

# %% slideshow={"slide_type": "slide"}
from mnist_sr_helpers import psnr, round_trip

settings = {kernel: (kernel, True) for kernel in KERNELS}
settings |= {f"{kernel}, not antialiased": (kernel, False) for kernel in ("bilinear", "bicubic")}
factors = FACTORS[1:]
means = {
    name: [psnr(round_trip(digits, f, *setting).clamp(0, 1), digits).mean() for f in factors]
    for name, setting in settings.items()
}
caption = "Mean PSNR in dB over 1,000 test digits, clipped to [0, 1]"
result = table(means, [f"x{f}" for f in factors], best="high", caption=caption)
pairs = zip(means["bicubic"], means["bicubic, not antialiased"], strict=True)
better = [a > b for a, b in pairs]  # from small factors to large ones
answer = 0 if all(better) else 2 if better[-1] else 1 if better[0] else 3
it_is = "at large factors only: compare the two bicubic rows."
correct = options[answer]
you_said("antialias", it_is, result, right=correct)

# %% [markdown] answers="antialias" claims=["degradation.antialias-x2", "degradation.antialias-x4", "degradation.antialias-x7", "degradation.weights-x4", "degradation.bilinear-x4", "degradation.bilinear-x7", "degradation.nearest-lowest", "degradation.way-up-x7"] slideshow={"slide_type": "-"}
# **What it shows.** At x2, bicubic *without* antialiasing scores 1 dB higher: its narrower, sharper kernel blurs less,
# and every old pixel weighs much in some new one. From x4 on it loses: at x4, 12 of the 16 pixels of a block hardly
# weigh. At x7 each new pixel's centre falls on an old pixel, where the kernel is 1, and 0 on all others: it looks at
# one of 49, and loses more than 1 dB. For bilinear the change comes later. Nearest has the lowest score in every
# column.
#
# **What it doesn't show.** The score mixes two things: what the way down *lost*, and how well the same kernel goes back
# *up*. At x7 nearest and bicubic without antialiasing keep the very same 16 pixels, and still differ by 0.9 dB: that is
# the way up alone. A better way up may rank the kernels differently. So a blurred round trip is no proof that
# information is gone. From here on the course uses antialiased bicubic, as the article and the field do.

# %% [markdown] slideshow={"slide_type": "notes"}
# Compare the two bicubic rows from left to right. One digit proves little; these are all 1,000.

# %% [markdown]
# ## What one new pixel sees (optional)
#
# Move a pixel *across* and *down*. Tinted orange: the new pixel that holds it, and the old ones which that one sees;
# then its weights, blue below zero. (The two pictures at the right are for lesson [[simplesr]].) Which pixels does it
# see without antialias, at x4 and at x7?
#
# The cell below it finds the weights: downsample 784 pictures, each with one white pixel at another place, and read the
# same new pixel of each. Drawn are the 14 x 14 around a new pixel in the middle.

# %% tags=["explorer"]
from mnist_sr_helpers import footprint_view

Explorer(
    footprint_view,
    digit=range(10),
    across=range(28),
    down=range(28),
    factor=FACTORS[1:],
    kernel=KERNELS,
    antialias=(True, False),
    start={"digit": 5, "across": 13, "down": 13, "factor": 4, "kernel": "bicubic"},
)

# %% slideshow={"slide_type": "slide"}
from mnist_sr_helpers import signed

unit = torch.eye(28 * 28).view(-1, 1, 28, 28)  # 784 pictures, each with one white pixel
weights = {
    name: downsample(unit, 4, *setting)[:, 0, 3, 3].view(28, 28)
    for name, setting in settings.items()
}
names = [name.replace("not antialiased", "no antialias") for name in settings]
grid(
    [[signed(weight[7:21, 7:21] / weight.max()) for weight in weights.values()]],
    side=140,
    columns=names,
    captions=[[f"pixels: {(weight.abs() > 1e-6).sum()}" for weight in weights.values()]],
)

# %% [markdown] claims=["degradation.footprint-x7", "degradation.footprint-x4", "degradation.weights-x4"] slideshow={"slide_type": "-"}
# **What it shows.** With antialiasing the spot is wide and covers the neighbours of the new pixel, too. Without, it is
# narrow: at x4 bilinear looks at 2 x 2 of the 16 pixels in its block, and bicubic (PyTorch's other kernel, midway -3/32
# and 19/32) gives the other 12 a sixth of the weight of those four, or less. At x7 both look at one single pixel of 49,
# just as nearest does.

# %% [markdown] slideshow={"slide_type": "notes"}
# Each square is what one new pixel sees of the old ones around it.

# %% [markdown] slideshow={"slide_type": "slide"}
# ## The case file
#
# How far does each method get? The case file keeps the account of *methods* in dB, from bicubic's round trip to a
# perfect digit; each lesson adds a bar. A bug of the display, as the wrapping, is no method: it gets a number of its
# own, outside the account. Run the cell with 2, the article's factor; then try 7.

# %% slideshow={"slide_type": "-"}
from mnist_sr_helpers import case_file

my_factor = 2
made = round_trip(digits, my_factor)
bug = [psnr(shown, digits).mean() for shown in (wrap(made), made.clamp(0, 1))]
print(f"the display's bug at x{my_factor}: {bug[0]:.1f} dB wrapped, {bug[1]:.1f} dB clipped")
case_file(my_factor, "degradation")

# %% [markdown] claims=["degradation.case"] slideshow={"slide_type": "-"}
# **What it shows.** At x2 the bug in making the picture costs 13 dB, before any model was involved. The hatched bar is
# what is still open: the lessons to come fill it with model, training, and what is truly lost. It runs off the page: a
# perfect copy has no error and its PSNR is infinite. **What it doesn't show:** what the same bug costs a better
# picture: more. Lesson [[seeing_the_failure]] measures it.

# %% [markdown] slideshow={"slide_type": "notes"}
# The bug is not in the account. The hatched rest is the programme of the course.

# %% [markdown] slideshow={"slide_type": "slide"}
# ## What we found
# - The article's first pictures contain a bug: values outside [0, 1] wrap. Clipped, the round trip is only blurred.
# - Down and up with bicubic is blurred; the article is right there, and right that this is not super-resolution. It
#   is the baseline that every method in this course has to beat.
# - Antialiasing helps bicubic from x4 on. At x2 the round trip scores higher without it.
# - A program's floats hold more than a file's bytes: the overshoot.

# %% [markdown] slideshow={"slide_type": "notes"}
# Ask for one sentence from the room: what did the bug look like, and what mended it?

# %% [markdown]
# ## On your own (optional)
# - Find a digit that is readable at x7 with the area kernel but not with nearest. Why that one?
# - Enlarge `quantise(downsample(digits, 2))` with bicubic. How many dB does the file cost bicubic?
#
# ## Further reading
# - R. Keys, [*Cubic convolution interpolation for digital image
#   processing*](https://doi.org/10.1109/TASSP.1981.1163711), IEEE TASSP 1981: the bicubic kernel.
# - G. Parmar, R. Zhang, J.-Y. Zhu, [*On aliased resizing and surprising subtleties in GAN
#   evaluation*](https://arxiv.org/abs/2104.11222), CVPR 2022: the same pitfalls, in the field's own benchmarks.
#
# Next: [[next]], the article's network, its error, and two ways to repair it.
# Previous: [[previous]].
