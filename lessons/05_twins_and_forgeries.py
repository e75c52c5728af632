# %% [markdown] slideshow={"slide_type": "slide"}
# # Twins and forgeries
#
# (to be written)
#
# **You need** lesson [[what_is_lost]]. **Time:** 40 minutes.

# %% [markdown]
# ## Two digits that become one
#
# Where does prior knowledge end? Claim c says that two different digits can become almost identical once downsampled.
# If both are digits, knowing digits doesn't help. Search all 6,000 for the pair of *different classes* that comes
# nearest in low resolution. (*Almost identical*: three grey levels apart or less, RMS.)

# %%
ask(
    "twins",
    "At x7, how far apart are the two in low resolution (RMS, in grey levels of 255)?",
    ["more than 20", "5 to 20", "1 to 5", "less than 1"],
)

# %% slideshow={"slide_type": "skip", "run": false}
images = torch.cat([train.images, test.images])
labels = torch.cat([train.labels, test.labels])


def closest_pair(pictures):
    """The nearest two pictures of different classes: positions, and distance (RMS, grey levels)."""
    flat = pictures.flatten(1).double()
    groups = [(labels == label).nonzero()[:, 0] for label in range(10)]
    best = (torch.inf, 0, 0)
    for one in range(10):
        for other in range(one):
            distances = torch.cdist(flat[groups[one]], flat[groups[other]])
            i, j = divmod(distances.argmin().item(), len(groups[other]))
            nearest = distances[i, j].item(), groups[one][i].item(), groups[other][j].item()
            best = min(best, nearest)
    return best[1], best[2], 255 * best[0] / flat.shape[1] ** 0.5


pairs = {factor: closest_pair(downsample(images, factor)) for factor in (2, 4, 7, 14)}
rows = {}
for factor, (one, other, distance) in pairs.items():
    apart = 255 * (images[one] - images[other]).square().mean().sqrt()
    reads = read_digits(images[[one, other]])
    rows[f"x{factor}"] = [labels[one], reads[0], labels[other], reads[1], distance, apart]
columns = [(who, what) for who in ("one digit", "the other") for what in ("is a", "read as")]
columns += [("apart", "in low resolution"), ("apart", "in full")]
caption = "The closest two of different classes among 6,000; apart: RMS, in grey levels"
table(rows, columns, caption=caption, form=".1f")

# %% slideshow={"slide_type": "skip", "run": false}
you_said("twins", f"{pairs[7][2]:.1f} grey levels.")

# %% slideshow={"slide_type": "slide", "run": false}
cells = []
for factor, (one, other, _) in pairs.items():
    small = downsample(images[[one, other]], factor)
    cells.append([images[one, 0], small[0, 0], small[1, 0], images[other, 0]])
grid(
    cells,
    "The closest pairs of different classes at x2, x4, x7 and x14, one a row: a digit, its low "
    "resolution, the other's low resolution, the other digit. At x2 a 7 that looks like a 1, and "
    "a 1; at x4 and x7 a slim 3 and a 1; at x14 a 4 and a 1 that look nothing like each other. At "
    "x7 and x14 the two low resolutions look the same.",
    side=112,
    columns=["a digit", "downsampled", "downsampled", "the other"],
    rows=["x2", "x4", "x7", "x14"],
)

# %% [markdown] claims=["what_is_lost.pair-x2", "what_is_lost.pair-x2-read", "what_is_lost.pair-x7", "what_is_lost.pair-x14"] slideshow={"slide_type": "-"}
# **What it shows.** At x7 there is a pair 2.5 grey levels apart, at x14 one only 0.2 grey levels apart. There claim c
# holds. At x2 the closest pair is 18 grey levels apart, and its 7 is read as a 1 at full resolution, too. **What it
# doesn't show:** that such pairs are common. The Forger below will tell.

# %% [markdown] slideshow={"slide_type": "notes"}
# Look at the two middle columns: from which row on can nobody tell them apart?

# %% [markdown]
# ## Is what tells one digit from another lost?
#
# Claim j goes further: what tells one *instance* from another is lost in downsampling. Test it as a line-up. Take a
# test digit, downsample it, add noise with a standard deviation of one grey level, and look for the nearest low
# resolution among all 6,000 digits. Is it the digit's own?

# %%
ask(
    "identify",
    "x7, 16 noisy numbers, 6,000 suspects. Of 1,000 test digits, how many are recognised?",
    ["about one, by chance", "about a hundred", "about half", "all of them"],
)

# %% slideshow={"slide_type": "skip", "run": false}
found = {}
for factor in (2, 4, 7, 14):
    suspects = downsample(images, factor).flatten(1).double()
    seen = suspects[5000:]  # the test digits
    noise = torch.randn(seen.shape, generator=torch.Generator().manual_seed(0))
    nearest = torch.cdist(seen + noise / 255, suspects).argmin(1)
    found[f"x{factor}"] = [seen.shape[1], (nearest == torch.arange(5000, 6000)).sum().item()]
table(found, ["pixels", "found"], caption="Of 1,000 test digits, found among 6,000", form=",")

# %% slideshow={"slide_type": "skip", "run": false}
you_said("identify", f"{found['x7'][1]:,} of 1,000.")

# %% [markdown] claims=["what_is_lost.identify-x7", "what_is_lost.identify-x14"]
# **What it shows.** From 16 pixels with noise, all 1,000 of 1,000 are found. Even the four pixels of x14 single out
# two thirds of them. So claim j is wrong as it stands: what tells one digit from another survives at x7. **What it
# doesn't show:** that the digit can be *restored*. This detective has the pictures of all suspects, the right one
# among them; a network has never seen it. *Identifiable* is not *recoverable*: a fingerprint singles out one person
# among thousands, but nobody can draw a face from it.

# %% [markdown] slideshow={"slide_type": "slide"}
# ## The Forger
#
# A forger is told: here is a low resolution; make me a picture that has it, but shows another digit. This is the null
# space in earnest. The forger takes a digit of the wanted class, the one that comes nearest in low resolution, and
# repeats two steps: *project* it onto the data, then *clip* it to [0, 1]. `forge(start, y, factor)` does 200 rounds.
# Then the picture lies within [0, 1], and its low resolution is $y$, or nearly. If the lie can still be read, $y$
# doesn't rule it out.

# %% slideshow={"slide_type": "-"}
ask(
    "forger",
    "From which factor on does the forger deceive the classifier in most cases?",
    ["x2 already", "x4", "x7", "only x14"],
)

# %% [markdown] slideshow={"slide_type": "notes"}
# Vote, and press the answer of the majority. The forger starts from a digit of the wanted class and projects it.

# %% [markdown] claims=["what_is_lost.sheet-most"] slideshow={"slide_type": "slide"}
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

# %% [markdown] claims=["what_is_lost.sheet-x2", "what_is_lost.sheet-x4", "what_is_lost.sheet-x7", "what_is_lost.sheet-x14"]
# **What it shows.** One row of pictures a factor, one column a lie, always about the same 5. (*As 5* is no lie, but
# begun at another 5.) At x2 the forger is helpless: whatever digit goes in, the same 5 comes out. At x4 it is still a
# 5, with traces of the lie around it. At x7 most columns are the lie, some with grey smoke around it that makes the
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
    rows[f"x{factor}, {steps:,} steps"] = [lied, truths, deviation]
columns = ["the lie is read", "the truth is read", "deviation in grey levels"]
caption = "Forgeries of 300 test digits; largest deviation of the low resolution, median"
table(rows, columns, caption=caption, form=[".0%", ".0%", ".1f"])

# %% slideshow={"slide_type": "skip", "run": false}
you_said("forger", ", ".join(f"{share:.0%} at x{f}" for f, share in successes.items()) + ".")

# %% [markdown] claims=["what_is_lost.forger-x2", "what_is_lost.forger-x4", "what_is_lost.forger-x7", "what_is_lost.forger-x14"] slideshow={"slide_type": "-"}
# **What it shows.** The lie is hardly ever read at x2, 2% of the time at x4, 60% at x7, and always at x14. So at x2
# and x4 this forger finds hardly any doubt about the class that could excuse a failure. At x7 it finds plenty.

# %% [markdown] slideshow={"slide_type": "notes"}
# Back to the vote. The table is as saved. Ask what it proves about x2: little room for doubt, so little excuse.

# %% [markdown] claims=["what_is_lost.forger-patience", "what_is_lost.forger-patience-fit"]
# **What it doesn't show:** that no better forger exists: this one tries one start and 200 steps. Nor that the fit is
# perfect; but with 1,000 steps at x7 (the last row) the worst pixel is off by a fraction of a grey level, and the lie
# is still read in half of the cases. Nor, above all, that the lies are *likely*: look at the smoke. What is possible
# isn't probable. Lesson [[averages]] will weigh the possible by its probability.
