# %% [markdown] slideshow={"slide_type": "slide"}
# # Twins and forgeries
#
# Lesson [[what_is_lost]] ended well for the networks: what is lost to a matrix isn't lost to one who knows digits.
# Where does this knowledge end? Where two pictures, *both* of them digits, have the same low resolution. The article
# says that this is often nearly so (claim c), and that what tells one digit from another of its class is lost, so it
# can't be rebuilt (claim j).

# %% jupyter={"source_hidden": true} slideshow={"slide_type": "-"}
import torch
from mnist_sr_helpers import downsample, grid, load_digits, read_digits, table

train, test = load_digits(), load_digits(split="test")
images, labels = torch.cat([train.images, test.images]), torch.cat([train.labels, test.labels])
pair = [test.images[105, 0], train.images[4026, 0]]  # of two classes, the nearest at x7
shrunk = [downsample(digit[None, None], 7)[0, 0].clamp(0, 1) for digit in pair]
columns = [f"a {test.labels[105]}", f"a {train.labels[4026]}", "the first, x7", "the second, x7"]
grid([pair + shrunk], side=140, columns=columns)

# %% [markdown] slideshow={"slide_type": "notes"}
# Run everything now (Alt+R), if you have not. Ask: how alike must two small pictures be, to be called the same?

# %% [markdown]
# **You will**
# - count how many digits have a twin in low resolution, and see what the count depends on;
# - measure which share of the differences between digits of one class an estimate gets wrong;
# - tell *identifiable* from *recoverable*, and *possible* from *probable*;
# - play the Forger: turn a digit into another while its low resolution stands still.
#
# **You need** lesson [[what_is_lost]]. **Time:** 40 minutes.

# %% [markdown] claims=["twins_and_forgeries.apart-x2", "twins_and_forgeries.apart-x14"] slideshow={"slide_type": "slide"}
# ## Almost identical
#
# Claim c, with its words: a downsampled digit can *often* appear "almost identical to another, slightly different" one.
# It doesn't say that the two are of different classes. So take each test digit, search other digits for its nearest
# neighbour in low resolution, and ask whether it is near enough. *Almost identical* shall mean: less than three grey
# levels apart, of 255, RMS (the root of the mean squared difference of the pixels). Few pixels reach that easily: two
# digits taken at random are some 80 grey levels apart at x2, 17 grey levels at x14. Noise and rounding don't shrink, so
# the limit stays the same.

# %% [markdown]
# ### Exercise 1: the share with a twin (medium, 5 minutes)
#
# Write `share_near(small, known, limit)`: the share of the rows of `small` (Q, P) whose nearest row of `known` (N, P)
# is less than `limit` away (RMS over the P pixels, in the rows' unit); a tensor of one number.
# `torch.cdist(small, known)` gives all distances (Q, N), as the root of the *sum* of squared differences.


# %% tags=["exercise"]
def share_near(small, known, limit):
    """Share of the rows of small (Q, P) with a row of known (N, P) nearer than limit, RMS."""
    ### BEGIN SOLUTION
    nearest = torch.cdist(small, known).amin(1) / small.shape[1] ** 0.5
    return (nearest < limit).float().mean()
    ### END SOLUTION


# %% tags=["check"]
from mnist_sr_helpers import check_share_near

check_share_near(share_near)

# %% [markdown]
# The package has the distances as `nearest_apart(of, among, factor)`, in grey levels; with `across=True` only
# neighbours of *another class* count. The share depends on how many digits one searches, too. We search 500 and 5,000;
# a run on all of MNIST comes with the course.

# %% jupyter={"source_hidden": true} slideshow={"slide_type": "slide"}
from mnist_sr_helpers import ask, you_said

options = ["x2 already", "x4", "x7", "only x14"]
ask(
    "twins",
    "Search 60,000 digits. From which factor on do at least half of the test digits have a twin?",
    options,
)

# %% [markdown] slideshow={"slide_type": "notes"}
# Vote, and press the answer of the majority. A twin: nearer than three grey levels, of whatever class.

# %% slideshow={"slide_type": "skip", "run": false}
from mnist_sr_helpers import Digits, load_results, nearest_apart

kinds = {"any class": False, "another class": True}
ours = {}  # share of our test digits with a twin
for count in (500, 5000):
    some = Digits(train.images[:count], train.labels[:count])
    for factor in (2, 4, 7, 14):
        for kind, across in kinds.items():
            apart = nearest_apart(test, some, factor, across=across)
            ours[factor, kind, count] = (apart < 3).float().mean().item()
full, counts = load_results("trial")["parts"]["near"], (600, 6000, 60000)

# %% jupyter={"source_hidden": true} slideshow={"slide_type": "slide", "run": false}
import matplotlib.pyplot as plt
from mnist_sr_helpers import look, to_picture

plt.style.use("mnist_sr_helpers.pictures.course")
factors = (2, 4, 7, 14)
figure, axes = plt.subplots(1, 2, figsize=(7.6, 3.4), sharey=True)
for panel, kind in zip(axes, kinds, strict=True):
    for factor in factors:
        shares = [full[f"x{factor}, {count} digits, {kind}"]["share"] for count in counts]
        panel.plot(counts, shares, label=f"x{factor}", **look(factor))
        sample = [ours[factor, kind, count] for count in (500, 5000)]
        panel.plot((500, 5000), sample, "x", color=look(factor)["color"])
    panel.set_xscale("log")
    panel.set_xticks(counts, [f"{count:,}" for count in counts])
    panel.set_yscale("symlog", linthresh=1e-4)
    panel.set(xlabel="digits searched", title=f"a twin of {kind}", ylim=(-2e-5, 1.5))
axes[0].set_yticks([0, 0.001, 0.01, 0.1, 1], ["none", "0.1%", "1%", "10%", "all"])
axes[0].set_ylabel("share of the test digits")
axes[1].legend()
result = to_picture(figure)
found = {f"x{f}": full[f"x{f}, 60000 digits, any class"]["share"] for f in factors}
ten = [f"{full[f'x{f}, 60000 digits, any class']['below 10']:.1%} at x{f}" for f in factors]
wider = "With ten grey levels: " + ", ".join(ten)
it_is = ", ".join(f"{share:.1%} at {name}" for name, share in found.items()) + "."
correct = options[[share >= 0.5 for share in found.values()].index(True)]
you_said("twins", it_is, result, wider, right=correct)

# %% [markdown] answers="twins" claims=["twins_and_forgeries.share-x2", "twins_and_forgeries.share-x4", "twins_and_forgeries.share-x7", "twins_and_forgeries.share-x14", "twins_and_forgeries.across-x4", "twins_and_forgeries.across-x7", "twins_and_forgeries.least-x2", "twins_and_forgeries.falls", "twins_and_forgeries.ten-x2", "twins_and_forgeries.ten-x7"] slideshow={"slide_type": "-"}
# **What it shows.** (Lines: the full run; crosses: our 1,000 test digits.) Among 60,000 digits, at x2, the article's
# factor, *no* test digit has a twin: the closest pair of all is 4.1 grey levels apart. At x4 it is 1.4% of them, at x7
# 10%, at x14 nearly all. A twin of another class is rarer: none at x4, 0.5% at x7. So claim c's "often" is true of x14,
# hardly of x7, and not of x2. **What it doesn't show:** a limit. Each tenfold search raises the shares and lowers the
# least distances, or leaves them; among all digits that could be written there are more twins. And three grey levels
# are our choice: with ten it would be 7% at x2 and 89% at x7.

# %% [markdown] slideshow={"slide_type": "notes"}
# Ask what the left panel would look like at 600,000 digits. Nobody knows where the curves end; x2 has far to go.

# %% [markdown]
# Here are the nearest two among our 6,000 digits: at x2 and x4 of any class, at x7 and x14 of different ones.

# %% slideshow={"slide_type": "slide", "run": false}
cells, captions = [], []
for factor, across in ((2, False), (4, False), (7, True), (14, True)):
    small = downsample(images, factor).flatten(1).double()
    distances = torch.cdist(small, small).fill_diagonal_(torch.inf)
    if across:
        distances[labels[:, None] == labels] = torch.inf
    pair = sorted(divmod(distances.argmin().item(), len(images)))
    low = downsample(images[pair], factor)
    cells.append([images[pair[0], 0], low[0, 0], low[1, 0], images[pair[1], 0]])
    apart, in_full = (255 * x.diff(dim=0).square().mean().sqrt() for x in (low, images[pair]))
    names = [f"a {label}" for label in labels[pair].tolist()]
    captions.append([names[0], f"{apart:.1f} levels apart", f"full: {in_full:.0f} apart", names[1]])
columns = ["a digit", "downsampled", "downsampled", "the other"]
grid(cells, side=112, columns=columns, rows=["x2", "x4", "x7", "x14"], captions=captions)

# %% [markdown] claims=["twins_and_forgeries.pair-x2", "twins_and_forgeries.pair-x4", "twins_and_forgeries.pair-x4-full", "twins_and_forgeries.pair-x7", "twins_and_forgeries.pair-x14"] slideshow={"slide_type": "-"}
# **What it shows.** The two ones at x4 are 13 grey levels apart in full and 2.3 grey levels small: *slightly
# different*, and nearly identical once downsampled, as claim c has it. At x7 a slim 3 and a 1 are 2.5 grey levels
# apart, at x14 a 1 and a 4 no more than 0.2 grey levels. At x2 even the nearest two keep more than half of their
# difference. **What it doesn't show:** all the other digits.

# %% [markdown] slideshow={"slide_type": "notes"}
# Look at the two middle columns: from which row on can nobody tell them apart?

# %% [markdown] slideshow={"slide_type": "slide"}
# ## Is what tells one 3 from another lost?
#
# Claim j: what sets one 3 apart from the next, "subtle information", is lost in downsampling, so no network can rebuild
# it. The *variance within the classes* is the mean squared distance of digits from the mean of their class: all that
# tells one 3 from another. Divide an estimate's squared error by it. Who draws the class's mean each time, the right
# class and no instance, leaves all of it; who restores each digit leaves nothing.

# %% jupyter={"source_hidden": true} slideshow={"slide_type": "-"}
options = ["about 5%", "about 20%", "about half", "nearly all: it is lost"]
question = "x4, 7 x 7 pixels: which share of the variance within the classes does EDSR-like leave?"
ask("instance", question, options)

# %% [markdown] slideshow={"slide_type": "notes"}
# Vote, and press the answer of the majority. All of it: the class is right, the instance isn't there.

# %% [markdown]
# ### Exercise 2: the variance that is left (medium, 10 minutes)
#
# Write `share_left(estimate, truth, labels)` for pictures (N, 1, H, W) and classes (N,): the mean squared error of the
# estimate, divided by the mean squared distance of the true pictures from the mean of their class; a tensor of one
# number. `truth[labels == label].mean(0)` is a class's mean.


# %% tags=["exercise"]
def share_left(estimate, truth, labels):
    """Squared error over the variance within the classes: one number."""
    ### BEGIN SOLUTION
    means = torch.zeros_like(truth)
    for label in labels.unique():
        means[labels == label] = truth[labels == label].mean(0)
    return (estimate - truth).square().mean() / (truth - means).square().mean()
    ### END SOLUTION


# %% tags=["check"]
from mnist_sr_helpers import check_share_left

check_share_left(share_left)

# %% slideshow={"slide_type": "slide", "run": false}
from mnist_sr_helpers import rung, within_class_variance

variance = within_class_variance(test.images, test.labels)
left = {}
for name in ("bicubic", "article, enlarge first", "EDSR-like"):
    left[name] = []
    for factor in (2, 4, 7, 14):
        estimate = rung(name, factor)(downsample(test.images, factor)).clamp(0, 1)
        left[name].append((estimate - test.images).square().mean().item() / variance)
caption = "Squared error as a share of the variance within the classes, 1,000 test digits"
result = table(left, ["x2", "x4", "x7", "x14"], caption=caption, form=".1%", best="low")
share = left["EDSR-like"][1]
it_is = f"{left['EDSR-like'][1]:.0%} at x4, {left['EDSR-like'][2]:.0%} at x7."
correct = options[sum(share > limit for limit in (0.1, 0.4, 0.7))]
you_said("instance", it_is, result, right=correct)

# %% [markdown] answers="instance" claims=["twins_and_forgeries.left-edsr-x2", "twins_and_forgeries.left-edsr-x4", "twins_and_forgeries.left-edsr-x7", "twins_and_forgeries.left-edsr-x14", "twins_and_forgeries.left-article-x2", "twins_and_forgeries.left-article-x4", "twins_and_forgeries.left-article-x7"] slideshow={"slide_type": "-"}
# **What it shows.** EDSR-like leaves 0.8% at x2, 5% at x4, 20% at x7: at x2 and x4 what tells one instance from another
# is not lost, and claim j fails as it stands. At x14 it leaves more than 95%. That one network fails proves no loss,
# but nearly every digit has a twin there: at x14 the claim is mostly true. The article's network (enlarge first) leaves
# 5%, 38% and 96%: at x7 the claim describes *it*, though another network does far better with the same 16 pixels.
# **What it doesn't show:** whose the rest is, the network's or the data's: lesson [[model_or_information]] will ask.
# Nor the finest differences, which weigh little in a squared error.

# %% [markdown]
# ### Identifiable is not recoverable
#
# A digit is *identifiable* if the small picture is enough to pick it out of a list, *recoverable* if it is enough to
# draw it without the list. A line-up: downsample a test digit, add noise with a standard deviation of one grey level,
# and look for the nearest among all 6,000 digits. Is it its own?

# %% slideshow={"slide_type": "skip", "run": false}
for factor in (2, 4, 7, 14):
    suspects = downsample(images, factor).flatten(1).double()
    seen = suspects[5000:]  # the test digits
    noise = torch.randn(seen.shape, generator=torch.Generator().manual_seed(0))
    nearest = torch.cdist(seen + noise / 255, suspects).argmin(1)
    own = (nearest == torch.arange(5000, 6000)).sum()
    print(f"x{factor}, {seen.shape[1]} pixels: {own:,} of 1,000 found among 6,000")

# %% [markdown] claims=["twins_and_forgeries.identify-x7", "twins_and_forgeries.identify-x14"]
# At x7 all 1,000 are found, and even the four pixels of x14 single out two thirds. That is no contradiction to the
# twins: they are almost identical, not identical, and noise of one grey level bridges that at x14 only. But this
# detective has the pictures of all suspects, the right one among them; a network has never seen it. A fingerprint
# singles out one person among thousands, and nobody can draw a face from it.

# %% [markdown] slideshow={"slide_type": "slide"}
# ## The Forger
#
# A forger is told: here is a low resolution; make me a picture that has it, but shows another digit. The forger takes
# the digit of the wanted class that comes nearest in low resolution, and repeats two steps: *project* it onto the data
# (lesson [[what_is_lost]]), then *clip* it to [0, 1]. `forge(start, y, factor)` does 200 rounds: each step spoils the
# other a little (projecting leaves [0, 1], clipping changes the low resolution); both errors shrink. Then the low
# resolution is $y$, or nearly. If the lie can still be read, $y$ doesn't rule it out.

# %% jupyter={"source_hidden": true} slideshow={"slide_type": "-"}
options = ["x2 already", "x4", "x7", "only x14"]
ask("forger", "From which factor on does the forger deceive the classifier in most cases?", options)

# %% [markdown] slideshow={"slide_type": "notes"}
# Vote, and press the answer of the majority. The forger starts from a digit of the wanted class and projects it.

# %% [markdown] claims=["twins_and_forgeries.sheet-most"] slideshow={"slide_type": "slide"}
# Choose a `digit` and a `lie`, then move `factor`. The two low resolutions stay almost identical, their worst pixel
# never more than about four grey levels off; watch the forgery.

# %% tags=["explorer"] slideshow={"slide_type": "-"}
from mnist_sr_helpers import Explorer, forger_sheet, forger_view

Explorer(
    forger_view,
    digit=range(10),
    lie=range(10),
    factor=(2, 4, 7, 14),
    start={"digit": 5, "lie": 3, "factor": 2},
)

# %% [markdown] slideshow={"slide_type": "notes"}
# Tab to factor, then the arrow keys. Let the room choose the lie. Is what you see likely, or only possible?

# %% slideshow={"slide_type": "skip", "run": false}
picture, numbers = forger_sheet(5)
display(picture, numbers)

# %% [markdown] claims=["twins_and_forgeries.sheet-x2", "twins_and_forgeries.sheet-x4", "twins_and_forgeries.sheet-x7", "twins_and_forgeries.sheet-x14"]
# **What it shows.** In the pictures a row is a factor and a column a lie, always about the same 5. (*As 5* is no lie,
# but begun at another 5.) At x2 the forger is helpless: whatever digit goes in, the same 5 comes out. At x4 it is still
# a 5, with traces of the lie around it. At x7 most columns are the lie, some with grey smoke around it that makes the
# sums right. At x14 the forger makes what is wanted, cleanly. **What it doesn't show:** that this 5 is typical. Take
# 300 digits, each with a false class drawn at random.

# %% slideshow={"slide_type": "slide", "run": false}
from mnist_sr_helpers import forge, nearest_of_class

some = test.images[:300]
generator = torch.Generator().manual_seed(0)
lies = (test.labels[:300] + torch.randint(1, 10, (300,), generator=generator)) % 10
rows, successes = {}, {}
for factor, steps in ((2, 200), (4, 200), (7, 200), (14, 200), (7, 1000)):
    y = downsample(some, factor)
    starts = train.images[nearest_of_class(y, lies, train.images, train.labels, factor)]
    forged = forge(starts, y, factor, steps)
    read = read_digits(forged)
    deviation = 255 * (downsample(forged, factor) - y).abs().amax((1, 2, 3)).median()
    lied, truths = ((read == wanted).float().mean() for wanted in (lies, test.labels[:300]))
    successes.setdefault(factor, lied)
    rows[f"x{factor}, {steps:,} rounds"] = [lied, truths, deviation]
columns = ["the lie is read", "the truth is read", "deviation in grey levels"]
caption = "Forgeries of 300 test digits; largest deviation of the low resolution, median"
result = table(rows, columns, caption=caption, form=[".0%", ".0%", ".1f"])
most = [share > 0.5 for share in successes.values()]
it_is = ", ".join(f"{share:.0%} at x{f}" for f, share in successes.items()) + "."
correct = options[most.index(True)]
you_said("forger", it_is, result, right=correct)

# %% [markdown] answers="forger" claims=["twins_and_forgeries.forger-x2", "twins_and_forgeries.forger-x4", "twins_and_forgeries.forger-x7", "twins_and_forgeries.forger-x14"] slideshow={"slide_type": "-"}
# **What it shows.** The lie is hardly ever read at x2, 2% of the time at x4, 60% at x7, and always at x14. So at x2
# and x4 this forger hardly finds a picture of another class that fits: who misreads a class there has little excuse.

# %% [markdown] slideshow={"slide_type": "notes"}
# Back to the vote. The table is as saved. Ask what it proves about x2: little room for doubt, so little excuse.

# %% [markdown] claims=["twins_and_forgeries.forger-patience", "twins_and_forgeries.forger-patience-fit"]
# **What it doesn't show:** that no better forger exists: this one tries one start and 200 rounds. Nor that the fit is
# perfect; but with 1,000 rounds (last row) the worst pixel is off by a fraction of a grey level, and the lie
# is still read in half of the cases. Nor, above all, that the lies are *likely*: look at the smoke. What is possible
# isn't probable (lesson [[averages]]).

# %% [markdown] claims=["twins_and_forgeries.share-x4", "twins_and_forgeries.share-x7", "twins_and_forgeries.left-edsr-x4", "twins_and_forgeries.left-edsr-x7", "twins_and_forgeries.forger-x2", "twins_and_forgeries.forger-x7"] slideshow={"slide_type": "slide"}
# ## What we found
# - Of 10,000 digits none has a twin at x2 among 60,000, 1.4% have one at x4, 10% at x7, nearly all at x14. The count
#   rises with the digits searched.
# - What tells one instance from another isn't lost at x2 and x4: EDSR-like gets 5% wrong at x4, a fifth at x7,
#   nearly all at x14.
# - Who finds a digit in a list can't yet draw it: identifiable is not recoverable.
# - At x7 the low resolution often leaves room for a lie about the class, at x2 hardly ever.

# %% [markdown] slideshow={"slide_type": "notes"}
# Back to the first question. Which would you rather have at x7: a twin's picture, or the network's?

# %% [markdown]
# ## On your own (optional)
# - Take five for *almost identical* instead of three. At which factors does the answer change?
# - Start the Forger from noise, `torch.rand(1, 1, 28, 28)`, instead of a digit. What does it make?
# - Which class has the most twins at x7?
#
# ## Further reading
# - Y. Bahat, T. Michaeli, [*Explorable super resolution*](https://arxiv.org/abs/1912.01839), CVPR 2020: the Forger
#   for photographs, as a tool.
# - S. Baker, T. Kanade, [*Limits on super-resolution and how to break
#   them*](https://doi.org/10.1109/TPAMI.2002.1033210), IEEE PAMI 2002.
#
# Next: [[next]], what should one draw when several digits fit?
# Previous: [[previous]].
