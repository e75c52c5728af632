# %% [markdown] slideshow={"slide_type": "slide"}
# # What a network answers
#
# Lesson [[averages]] says what squared error *asks for*: the mean of all that can be true. Is that what a network
# answers? Nobody knows the posterior of real digits, and still it can be tested. So can the article's words on the
# answer: "very similar, but generally incorrect"; a "smoothed" average, by fault of the loss (claim d); the most common
# form of the digit's class (claim i).

# %% jupyter={"source_hidden": true} slideshow={"slide_type": "-"}
import torch
from mnist_sr_helpers import downsample, grid, load_digits, rung, table

train, test = load_digits(), load_digits(split="test")
world, x = train.images, test.images
low = {factor: downsample(x, factor) for factor in (2, 4, 7)}
answers = [rung("EDSR-like", factor)(low[factor][:1])[0, 0] for factor in (4, 7)]
mean_of_class = world[train.labels == test.labels[0]].mean(0)[0]
columns = ["original", "EDSR-like, x4", "EDSR-like, x7", "mean of the class"]
pictures = [x[0, 0], *(answer.clamp(0, 1) for answer in answers), mean_of_class]
grid([pictures], side=140, columns=columns)

# %% [markdown] slideshow={"slide_type": "notes"}
# Run everything now (Alt+R), if you have not. Ask: how would you find out that an answer is a mean?

# %% [markdown]
# **You will**
# - measure how similar a network's outputs are, and how wrong;
# - see two checks that prove nothing, and build one that can fail: a critic;
# - find out whether another loss cures the blur;
# - test claim i, and draw the course's methods on two scales, accuracy and realism.
#
# **You need** lessons [[averages]] and [[model_or_information]]. **Time:** 40 minutes.

# %% [markdown] slideshow={"slide_type": "slide"}
# ## "Very similar, but generally incorrect"
#
# How similar are outputs to one another? (The article says it of look-alikes: lesson [[the_verdict]] compares these.)
# Measure the *variance*: take away from each picture the mean of all pictures, square what is left, and average. If all
# outputs were the same it would be 0. Compare it with that of the true digits.

# %% jupyter={"source_hidden": true} slideshow={"slide_type": "-"}
from mnist_sr_helpers import ask, you_said

options = ["about 2%: they are all alike", "about 20%", "about 60%", "more than 90%"]
ask(
    "similar",
    "The variance of the article's network's outputs (enlarge first) at x7, "
    "as a share of that of true digits",
    options,
)

# %% [markdown] slideshow={"slide_type": "notes"}
# Vote, and press the answer of the majority.

# %% [markdown]
# And how incorrect? Look for each output's nearest picture among all 6,000 true digits of the sample, in full
# resolution. Is it the output's own digit?


# %% slideshow={"slide_type": "slide", "run": false}
def variance(pictures):
    """Mean squared deviation from the mean picture."""
    return (pictures - pictures.mean(0)).square().mean().item()


true_digits = torch.cat([x, world]).flatten(1)  # the test digits come first
rows, names = {}, ("article, enlarge first", "article, enlarge last", "EDSR-like")
for name in names:
    for factor in (2, 7):
        estimate = rung(name, factor)(low[factor])
        nearest = torch.cdist(estimate.clamp(0, 1).flatten(1), true_digits).argmin(1)
        own = (nearest == torch.arange(len(x))).float().mean()
        error = 255 * (estimate - x).square().mean().sqrt()
        rows[f"{name}, x{factor}"] = [variance(estimate) / variance(x), own, error]
columns = ["share of the variance", "nearest to its own digit", "RMS error in grey levels"]
caption = "1,000 test digits; variance and error of estimates that are not clipped"
result = table(rows, columns, caption=caption, form=[".0%", ".1%", ".0f"])
share = rows["article, enlarge first, x7"][0]
it_is = f"{rows['article, enlarge first, x7'][0]:.0%}."
correct = options[sum(share > limit for limit in (0.1, 0.4, 0.8))]
you_said("similar", it_is, result, right=correct)

# %% [markdown] answers="similar" claims=["what_a_network_answers.similar-x2", "what_a_network_answers.similar-last-x2", "what_a_network_answers.similar-x7", "what_a_network_answers.similar-last-x7", "what_a_network_answers.similar-edsr-x7", "what_a_network_answers.own-x2", "what_a_network_answers.own-x7", "what_a_network_answers.own-last-x7", "what_a_network_answers.own-edsr-x7", "what_a_network_answers.error-edsr-x7"] slideshow={"slide_type": "-"}
# **What it shows.** At x2, the article's factor, its network's outputs are neither alike nor wrong: they have 95 to 96%
# of the variance, and each is nearest to its own digit. At x7 the sentence fits: 22% of the variance if it enlarges
# first (last: 41%), and only 4.2% (24%) of the outputs are nearest to their own digit. But it is a sentence on this
# network. From the same 16 pixels EDSR-like keeps 87%, and 98% of its outputs are nearest to their own digit. **What it
# doesn't show:** that EDSR-like is right: its error is 27 grey levels. Nor that similar outputs are a mistake. A mean
# varies less than what it is the mean of.

# %% [markdown] slideshow={"slide_type": "notes"}
# Go down the first column. Where does the article's sentence hold, and for whom?

# %% [markdown] slideshow={"slide_type": "slide"}
# ## Two checks that prove nothing
#
# Is EDSR-like's answer the posterior mean? If it is, two things follow. *First*, the variance that it lacks is its
# squared error: the truth is the mean plus a rest that $y$ doesn't predict, and the variances of the two add up.
# *Second*, the truth is on average what the answer says: the best straight line for the truth's pixels, given the
# answer's, has slope 1. Check both, and for comparison linear MMSE, the best formula that only weighs and adds.

# %% slideshow={"slide_type": "-", "run": false}
rows = {}
for name in ("linear MMSE", "EDSR-like"):
    estimate = rung(name, 7)(low[7])
    error = (estimate - x).square().mean()
    slope = ((estimate - estimate.mean(0)) * x).mean() / variance(estimate)
    rows[name] = [variance(x) - variance(estimate), error, slope]
columns, form = ["variance that it lacks", "mean squared error", "slope"], [".4f", ".4f", ".2f"]
table(rows, columns, caption="1,000 test digits, x7, not clipped", form=form)

# %% [markdown] claims=["what_a_network_answers.checks-linear", "what_a_network_answers.checks-linear-slope", "what_a_network_answers.checks-slope", "what_a_network_answers.checks-edsr", "what_a_network_answers.linear-worse"] slideshow={"slide_type": "-"}
# **What it shows.** Linear MMSE passes both, with three times EDSR-like's error: it can't be the mean. Whatever weighs
# and adds pixels passes, if it was fitted by least squares: what such a fit leaves over is never correlated with it,
# and both properties follow from that alone. EDSR-like, by far the better estimate, misses the first by 21%, the second
# by 2%: it varies too much. **What it doesn't show:** who is near the mean. A check that prefers the worse has no
# *power*.

# %% [markdown] slideshow={"slide_type": "notes"}
# Let the room say who passes before you point at the error.

# %% [markdown]
# ## A check that can fail
#
# The posterior mean has used all that $y$ says. So nobody can predict from $y$ what it lacks, its *residual*, truth
# minus estimate: adding such a prediction would better the estimate, and nothing betters the mean.
#
# So hire a *critic*: a network that learns to predict the residual from $y$. If its prediction lowers the squared error
# on digits that it has never seen, the estimate is proved not to be the mean. If not, this critic has found nothing,
# and we must know what it is able to find: it must convict linear MMSE, and in the known world of lesson [[averages]]
# it must let the exact posterior mean pass.
#
# ### Exercise 1: the critic's gain (easy, 5 minutes)
#
# Write `gain_of_critic(residual, predicted)`, both (N, 1, 28, 28): for each digit, by how much the mean squared
# residual falls if the prediction is taken off it. Return N numbers, negative where the critic makes it worse.


# %% tags=["exercise"]
def gain_of_critic(residual, predicted):
    """Fall of each digit's mean squared residual once the prediction is taken off: (N,)."""
    ### BEGIN SOLUTION
    left = residual - predicted
    return residual.square().mean((1, 2, 3)) - left.square().mean((1, 2, 3))
    ### END SOLUTION


# %% tags=["check"]
from mnist_sr_helpers import check_critic_gain

check_critic_gain(gain_of_critic)

# %% jupyter={"source_hidden": true} slideshow={"slide_type": "slide"}
options = ["by less than 1%", "by about 10%", "by about 25%", "by about 50%"]
ask(
    "critic",
    "A critic looks at 4 x 4 pixels and predicts what EDSR-like's answer lacks. On digits that it "
    "has not seen, it lowers the squared error",
    options,
)

# %% [markdown] slideshow={"slide_type": "notes"}
# Vote. Zero would mean: as far as this critic sees, it is the mean.

# %% [markdown]
# Four critics learn from the 5,000 training digits, for some seconds each, and are judged by the 1,000 test digits.
# (Most of the 5,000 EDSR-like has seen, too.) Below them in the table stand critics of the full MNIST, computed
# beforehand: they learnt from 15,000 draws of the known world or from 55,000 digits.

# %% slideshow={"slide_type": "skip", "run": false}
from mnist_sr_helpers import linear_mmse, observe, posterior_mean, posterior_weights

sigma = 0.05


def drawn(count, seed):
    """Truths of the known world, and what is seen of them."""
    which = torch.randint(len(world), (count,), generator=torch.Generator().manual_seed(seed))
    return world[which], observe(world[which], 7, sigma, seed)


def exact(y):
    """The posterior mean of the known world."""
    return posterior_mean(posterior_weights(y, world, 7, sigma), world)


# %% tags=["nbval-ignore-output", "trains"] slideshow={"slide_type": "slide", "run": false}
from mnist_sr_helpers import bootstrap_interval, critic_gain, fit_critic, load_results

known_world = drawn(5000, 1), drawn(1000, 2)  # to learn from, to judge by
world_low = downsample(world, 7)
real = (world, world_low), (x, low[7])
defendants = {
    "known world, linear MMSE": (linear_mmse(world, world_low, ridge=sigma**2), known_world),
    "known world, posterior mean": (exact, known_world),
    "real digits, linear MMSE": (lambda y: rung("linear MMSE", 7)(y).clamp(0, 1), real),
    "real digits, EDSR-like": (lambda y: rung("EDSR-like", 7)(y).clamp(0, 1), real),
}
rows = {}
for name, (estimator, pairs) in defendants.items():
    (learnt, seen), (judged, new) = [(truth - estimator(y), y) for truth, y in pairs]
    critic = fit_critic(learnt, seen, 7, epochs=5)
    gain, error = critic_gain(judged, critic(new)), judged.square().mean().item()
    rows[name] = [error, *(v / error for v in (gain.mean(), *bootstrap_interval(gain, block=50)))]
full = load_results("trial")["parts"]["mean"]
labels = ["x7, known world, posterior mean, 15000 digits", "x7, linear MMSE, 55000 digits seen"]
labels += [f"x{factor}, EDSR-like, 55000 digits seen" for factor in (4, 7, 14)]
for label in labels:
    error, gain, ends = full[label].values()
    rows[f"full MNIST, {label}"] = [error, *(value / error for value in (gain, *ends))]
columns = ["squared error", *(("the critic takes off", what) for what in ("share", "low", "high"))]
form = [".4f", "+.2%", "+.2%", "+.2%"]
result = table(
    rows,
    columns,
    caption="Critics, with 95% intervals; the first four: x7; real digits: clipped",
    form=form,
)
gain = rows["real digits, EDSR-like"][1]
it_is = f"by {rows['real digits, EDSR-like'][1]:.1%}, with 5,000 digits to learn from."
correct = options[sum(gain > limit for limit in (0.05, 0.15, 0.4))]
you_said("critic", it_is, result, right=correct)

# %% [markdown] answers="critic" claims=["what_a_network_answers.critic-linear", "what_a_network_answers.critic-known-linear", "what_a_network_answers.critic-exact", "what_a_network_answers.critic-edsr", "what_a_network_answers.full-linear", "what_a_network_answers.full-exact", "what_a_network_answers.full-edsr", "what_a_network_answers.full-edsr-x4", "what_a_network_answers.full-edsr-x14"] slideshow={"slide_type": "slide"}
# **What it shows.** The critic has power: it takes a quarter or more off linear MMSE's squared error, convicts it in
# the known world, too, and lets the exact mean pass. Off EDSR-like's it takes 0.7%. With the full MNIST it takes half
# off linear MMSE's, and off EDSR-like's 0.55% at x4, 1.2% at x7 and next to nothing at x14, with intervals above 0: by
# our rule EDSR-like is *not* the mean, but far nearer to it than linear MMSE.

# %% [markdown] slideshow={"slide_type": "notes"}
# Back to the vote. First the two that must be convicted, then the one that must pass, then EDSR-like.

# %% [markdown] claims=["the_verdict.guess-x7"]
# **What it doesn't show:** how near to the mean it really is. The critic is a network of the same make, and smaller:
# what such networks can't learn it doesn't find. Any estimate of smaller error is a critic, too, and lesson [[samples]]
# has one: at x7 it takes 10% off EDSR-like's error.
#
# ## Does the loss make the blur?
#
# By the bet of lesson [[averages]] squared error (*L2*) asks for the mean, absolute error (*L1*) for the median, which
# needs no grey. Would L1 cure the blur? The middle network of lesson [[model_or_information]] learnt from 55,000 digits
# with either loss, in 80 passes at x7 and 96 at x4, from three first weights (*seeds*).

# %% jupyter={"source_hidden": true} slideshow={"slide_type": "slide"}
options = [
    "little sharper, and not better read",
    "little sharper, but better read",
    "much sharper, but not better read",
    "much sharper, and better read",
]
ask(
    "loss",
    "At x7, with absolute (L1) in place of squared error (L2), the same network's digits are "
    "(much: at least halfway to the true digits)",
    options,
)

# %% [markdown] slideshow={"slide_type": "notes"}
# Vote, and press the answer of the majority. By the bet, L1 aims at the median: no grey hedge.

# %% slideshow={"slide_type": "slide", "run": false}
from mnist_sr_helpers import SEEDS, load_experiment, read_digits, restore


def scores(estimate):
    """MSE, MAE, sharpness (mean of the twenty largest steps along rows) and share read."""
    error = estimate - x
    steps = estimate.diff(dim=3).abs().flatten(1).topk(20).values.mean()
    read = (read_digits(estimate) == test.labels).float().mean()
    return torch.stack([error.square().mean(), error.abs().mean(), steps, read])


rows, outputs, spreads = {}, {}, []
for factor in (4, 7):
    for loss in ("l2", "l1"):
        networks = [load_experiment("losses", f"{loss}_x{factor}_{seed}") for seed in SEEDS]
        outputs[factor, loss] = [restore(network, low[factor]).clamp(0, 1) for network in networks]
        found = torch.stack([scores(estimate) for estimate in outputs[factor, loss]])
        rows[f"x{factor}, {loss.upper()}"] = found.mean(0)
        spreads.append((found.amax(0) - found.amin(0)) / found.mean(0))
rows["the true digits"] = scores(x)
columns, form = ["MSE", "MAE", "sharpness", "read"], [".4f", ".4f", ".3f", ".1%"]
most = torch.stack(spreads).max()
caption = f"1,000 test digits, mean of three seeds; each number's lie within {most:.1%} of it"
result = table(rows, columns, caption=caption, form=form)
(sharp, read), (sharp_l1, read_l1) = rows["x7, L2"][2:], rows["x7, L1"][2:]
halfway = (sharp + rows["the true digits"][2]) / 2
answer = 2 * (sharp_l1 > halfway).int() + (read_l1 > read).int()
it_is = f"sharpness {sharp_l1:.3f}, L2: {sharp:.3f}; read {read_l1:.1%}, L2: {read:.1%}."
correct = options[answer]
you_said("loss", it_is, result, right=correct)

# %% [markdown] answers="loss" claims=["what_a_network_answers.l2-mse", "what_a_network_answers.l1-mae", "what_a_network_answers.losses-apart", "what_a_network_answers.losses-soft", "what_a_network_answers.sharp-l2", "what_a_network_answers.sharp-l1", "what_a_network_answers.sharp-true", "what_a_network_answers.l1-read", "what_a_network_answers.twice-x4", "what_a_network_answers.twice-x7-l2", "what_a_network_answers.twice-x7-l1", "what_a_network_answers.twice-gap", "what_a_network_answers.twice-apart"] slideshow={"slide_type": "-"}
# **What it shows.** Each wins by its own measure, with every seed: L2 has the lower MSE, L1 the lower MAE. L1 is a
# little sharper, at x7 0.56 against 0.51, but true digits have 0.80; and it isn't read more often. So this other loss,
# pixel by pixel, too, is no cure. Training isn't quite at its end, though a factor's trainings took an hour of two
# processor cores: with twice the passes, from one seed, either loss gained another 0.2 dB at x4, and at x7 L2 gained
# 0.14 dB, L1 next to nothing. But the gap between them, 0.7 dB and more, changed by no more than 0.13 dB. **What it
# doesn't show:** losses that don't count pixels, such as a second network that judges whether a digit looks real (Ledig
# et al. 2017). They lead away from the mean, towards samples, and sharpness has its price.

# %% [markdown] slideshow={"slide_type": "notes"}
# Back to the vote. Each loss wins by its own measure.

# %% [markdown] claims=["what_a_network_answers.useful-x2"]
# Claim m calls this loss "useful" on data rich in high frequencies. Does that mean: not on
# digits? That can be tested: on digits at x2 it let EDSR-like cut bicubic's squared error to a 25th. Whether it is more
# useful on such data can't be: our four photographs are too few to learn from. But by the bet the loss asks for the
# mean on any pictures; how blurred that is hangs on how much doubt there is, not on how much detail.
#
# ## The most common form of its class?
#
# Claim i goes further: the answer is "the most common representation" within a class. Then all outputs of a class would
# be the same, and what a digit has of its *own* would be gone. So take from each output the mean output of its class,
# and from each true digit the mean digit of its class. How much of the variance is left? And does the output's rest go
# with the digit's own? (*Correlation*: 1 if it is the same up to strength, 0 if it has nothing to do with it.)

# %% jupyter={"source_hidden": true}
options = ["none: each class has one form", "about a third", "about two thirds"]
ask(
    "classmean",
    "The article's network's outputs (enlarge first) at x7: how much of their variance lies "
    "within the classes? (Of true digits' it is 77%.)",
    options,
)


# %% slideshow={"slide_type": "skip", "run": false}
def within(pictures):
    """What each picture has of its own: its difference from the mean of its class."""
    means = [pictures[test.labels == label].mean(0) for label in range(10)]
    return (pictures - torch.stack(means)[test.labels]).flatten()


own, rows = within(x), {}
for name in ("bicubic", *names, "the true digits"):
    of = [x if name == "the true digits" else rung(name, f)(y).clamp(0, 1) for f, y in low.items()]
    rests = [within(pictures) for pictures in of]
    rows[name] = [r.square().mean() / variance(p) for r, p in zip(rests, of, strict=True)]
    rows[name] += [torch.cosine_similarity(rest, own, dim=0) for rest in rests]
columns = [(what, f"x{f}") for what in ("variance within classes", "correlation") for f in low]
result = table(rows, columns, caption="1,000 test digits", form=[".0%"] * 3 + [".2f"] * 3)
share = rows["article, enlarge first"][2]
it_is = f"{rows['article, enlarge first'][2]:.0%} of it."
correct = options[sum(share > limit for limit in (0.2, 0.5))]
you_said("classmean", it_is, result, right=correct)

# %% [markdown] answers="classmean" claims=["what_a_network_answers.within-x7", "what_a_network_answers.within-last-x7", "what_a_network_answers.within-truth", "what_a_network_answers.follows-x2", "what_a_network_answers.follows-x7", "what_a_network_answers.follows-last-x7", "what_a_network_answers.follows-bicubic-x7", "what_a_network_answers.follows-edsr-x7"]
# **What it shows.** Claim i, which predicts 0 everywhere, fails. At x7 still 66 to 70% of the variance of the article's
# network's outputs lies within the classes. And they follow their own digit: correlation 0.98 at x2, at x7 0.52
# (enlarge first) and 0.60 (last); EDSR-like's 0.89. A low correlation doesn't show that the form of the class has taken
# over: bicubic, which has never seen a class, has the lowest, 0.39. **What it doesn't show:** why. The reason is the
# window: SimpleSR, enlarge first, sees 5 x 5 pixels of the enlarged picture. Put the upper half of one enlarged digit
# on the lower half of another: which rows of the output change?

# %% slideshow={"slide_type": "skip", "run": false}
from mnist_sr_helpers import load_model, upsample

one, other = upsample(low[7][:2], 7).split(1)
mixed = torch.cat([one[:, :, :14], other[:, :, 14:]], dim=2)
network = load_model("enlarge_first", 7).body
with torch.no_grad():
    changes = (network(mixed) - network(one)).abs().amax((0, 1, 3)) > 1e-6  # in each row
print("rows of the output that change:", changes.nonzero()[:, 0].tolist())

# %% [markdown] claims=["what_a_network_answers.window"]
# **What it shows.** Rows 0 to 11 stay as they were: SimpleSR (enlarge first) sees 25 pixels, no digit. By the bet, its
# best answer is the mean over all places where these 25 look alike: of *patches*, whatever their class. **What it
# doesn't show:** networks that see more; they draw the digit, as the table says.
#
# ## Accuracy and realism
#
# A picture can be near the truth, and it can look like a real digit. For the second take a whole collection: the
# *Fréchet distance* compares mean and spread of two collections, here in the 64 numbers from which the course's
# classifier decides. It is 0 for equal collections; that of 1,000 real digits to 1,000 *other* real ones is the floor.

# %% slideshow={"slide_type": "skip", "run": false}
from mnist_sr_helpers import frechet_distance, look_alikes

others, pool = world[:1000], world[1000:]  # to compare with; to look digits up in
ten = pool[look_alikes(low[7], pool, 7, k=10)]
methods = ("bicubic", "article, enlarge first", "linear MMSE", "EDSR-like")
collections = {name: rung(name, 7)(low[7]).clamp(0, 1) for name in methods}
collections |= {f"middle, {loss}": outputs[7, loss.lower()][0] for loss in ("L1", "L2")}
collections |= {"mean of 10 look-alikes": ten.mean(1), "one look-alike": ten[:, 0]}
least = (collections["EDSR-like"] - x).square().mean()
rows = {}
for name, pictures in collections.items():
    mse = (pictures - x).square().mean()
    behind = 10 * (mse / least).log10().item()
    rows[name] = [mse.item(), behind, frechet_distance(pictures, others)]
floor = frechet_distance(x, others)
columns, form = ["MSE", "dB behind EDSR-like", "Fréchet distance"], [".4f", ".1f", ",.0f"]
table(
    {**rows, "the true digits": [0.0, "", floor]},
    columns,
    caption="x7, 1,000 test digits",
    form=form,
)

# %% slideshow={"slide_type": "slide", "run": false}
import matplotlib.pyplot as plt
from mnist_sr_helpers import to_picture

plt.style.use("mnist_sr_helpers.pictures.course")
figure, axes = plt.subplots(figsize=(7.2, 4.4))
for name, (mse, _, distance) in rows.items():
    marker, colour = ("s", "#c05a00") if "look-alike" in name else ("o", "#2b6cb0")
    axes.plot(mse, distance, marker, color=colour, markersize=8)
    right = name in ("middle, L1", "EDSR-like", "linear MMSE")
    axes.annotate(name, (mse, distance), (8 if right else -8, 0), textcoords="offset points",
                  ha="left" if right else "right", va="center", fontsize=11)  # fmt: skip
axes.axhline(floor, color="#010101", linestyle="--")
axes.annotate("floor: real digits against other real digits", (0.0005, floor * 0.72), fontsize=11)
axes.set(xlabel="mean squared error (left is more accurate)", xlim=(0, 0.07), yscale="log")
axes.set(ylabel="Fréchet distance\n(down is more real)", ylim=(8, 5000))
to_picture(
    figure,
    "Eight methods at x7 by mean squared error and, upwards, Fréchet distance. From bicubic, "
    "worst in both, the points fall to the left, down to EDSR-like, the most accurate. One "
    "look-alike lies near the floor, far to the right. The lower left corner is empty.",
)

# %% [markdown] claims=["what_a_network_answers.both-improve", "what_a_network_answers.look-alike-real", "what_a_network_answers.look-alike-costs", "what_a_network_answers.edsr-farther", "averages.twice"] slideshow={"slide_type": "-"}
# **What it shows.** From bicubic by SimpleSR to EDSR-like both scales improve together. Then the ways part. One
# look-alike, a real digit, lies near the floor, and costs 6.8 dB; EDSR-like, the most accurate, is as a collection more
# than twice as far from real digits.
#
# **What it doesn't show:** the price of realism. That is 3.01 dB at most (lesson [[averages]]), for a sample of the
# exact posterior. A look-alike is none: it is poor *retrieval*, the nearest of 4,000, and nearest isn't near. What it
# costs beyond 3.01 dB is the price of that. So the corner below, left of the look-alike, is empty for want of a method
# that draws samples. Lesson [[samples]] brings one. Not all of it can be filled: Blau and Michaeli proved that from
# some point on one scale improves only at the other's cost. (The Fréchet distance is one index of many; it doesn't ask
# whether the digit is the *right* one.)

# %% [markdown] slideshow={"slide_type": "notes"}
# Which corner is empty? Which would you want for a doctor's picture, for a film, for a number plate?

# %% [markdown] tags=["instructor"]
# To cut: the section on the class stands alone, give it as homework. The critics train before the room in about half a
# minute on a laptop; on slides the saved table is shown.

# %% [markdown] claims=["what_a_network_answers.critic-edsr", "what_a_network_answers.similar-x7", "averages.twice", "the_verdict.guess-x7"] slideshow={"slide_type": "slide"}
# ## What we found
# - Taken together, outputs are "very similar, but generally incorrect" at x7 from the article's network, most if it
#   enlarges first, not from EDSR-like; at x2 from neither.
# - Claim d: our critic takes less than two hundredths off EDSR-like's error; linear MMSE fails it. A stronger critic,
#   in lesson [[samples]], takes 10% off at x7.
# - Training with L1 in place of L2 doesn't cure the blur at x7.
# - Claim i fails at x2 and x7: outputs of a class differ, and follow their own digit.
# - At x7 no method so far is both the most accurate and the most real. A look-alike is real and costs more than the
#   3.01 dB of a sample: retrieval is no posterior.

# %% [markdown] slideshow={"slide_type": "notes"}
# Ask again: is blur a mistake? And whose?

# %% [markdown]
# ## On your own (optional)
# - Judge 0.95 times EDSR-like's answer. Does the critic notice?
#
# ## Further reading
# - Y. Blau, T. Michaeli, [*The perception-distortion tradeoff*](https://arxiv.org/abs/1711.06077), CVPR 2018.
# - C. Ledig et al., [*Photo-realistic single image super-resolution using a generative adversarial
#   network*](https://arxiv.org/abs/1609.04802), CVPR 2017: a loss that doesn't count pixels.
# - M. Heusel et al., [*GANs trained by a two time-scale update rule converge to a local Nash
#   equilibrium*](https://arxiv.org/abs/1706.08500), NIPS 2017: the Fréchet distance of two collections of pictures.
#
# Next: [[next]], the corner that is empty, filled.
# Previous: [[previous]].
