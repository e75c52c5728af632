# %% [markdown] slideshow={"slide_type": "slide"}
# # What a network answers
#
# (to be written)
#
# **You need** lesson [[model_or_information]]. **Time:** 40 minutes.

# %% [markdown]
# ## Real digits
#
# Outside the known world, can the ten look-alikes from the beginning stand in for the posterior? If they were samples
# of what can be true, no answer could be much better than their mean. Here are all 1,000 test digits, without noise.
# Beside it the largest network of this course, which learnt from 55,000.

# %% slideshow={"slide_type": "skip", "run": false}
from mnist_sr_helpers import load_model, restore

scores = {"mean of ten look-alikes": [], "EDSR-like network": []}
for factor in (2, 4, 7):
    seen = downsample(test.images, factor)
    ten = world[look_alikes(seen, world, factor, k=10)]  # (1000, 10, 1, 28, 28)
    edsr = restore(load_model("edsr", factor), seen).clamp(0, 1)
    for name, estimate in zip(scores, (ten.mean(1), edsr), strict=True):
        scores[name].append(pooled_psnr(estimate, test.images))
table(scores, ["x2", "x4", "x7"], caption="Pooled PSNR in dB, 1,000 test digits", best="high")

# %% [markdown] claims=["averages.real-x2", "averages.real-network-x2", "averages.real-single-x2", "averages.real-x7", "averages.real-network-x7"]
# **What it shows.** Look-alikes mislead. At x2 their mean has 16.9 dB, where a network has 33.5 dB (pooled; lesson
# 04's 34.3 dB average the PSNR of each digit); at x7 it has 15.3 dB against 19.5 dB. None of the 5,000 is the truth,
# and even the nearest is far away: they are no samples of what the truth could be. **What it doesn't show:** the true
# posterior of real digits. Nobody has it. A network doesn't look digits up; it learns how strokes run, and new digits
# have strokes, too.
#
# ## Does the loss make the blur?
#
# Now claim d on real digits. One network, EDSR-like with 52,537 parameters, was trained at x7 on our 5,000 digits,
# with squared error (*L2*) and with absolute error (*L1*), three seeds each. By the bet, L1 aims at the median: no
# grey hedge. Would it cure the blur?

# %% slideshow={"slide_type": "slide"}
ask(
    "loss",
    "The same network at x7, trained with absolute (L1), not squared error (L2). Its digits are",
    [
        "sharper, and read more often by the classifier",
        "sharper, but read less often",
        "hardly sharper, and read more often",
        "hardly sharper, and read less often",
    ],
)

# %% [markdown] slideshow={"slide_type": "notes"}
# Vote, and press the answer of the majority. By the bet, L1 aims at the median: no grey hedge.

# %% slideshow={"slide_type": "slide", "run": false}
from mnist_sr_helpers import load_experiment, read_digits


def sharpness(images):
    """Mean of each digit's twenty largest steps from a pixel to the next in its row."""
    return images.diff(dim=3).abs().flatten(1).topk(20).values.mean()


def ink_lost(images):
    """Share of the pixels with ink, above one half, that come out below a quarter."""
    return (images[test.images > 0.5] < 0.25).float().mean()


networks = {
    f"{loss.upper()}, seed {seed}": restore(load_experiment("losses", f"{loss}_{seed}"), low)
    for loss in ("l2", "l1")
    for seed in range(3)
}
rows = {}
for name, estimate in {**networks, "the true digits": test.images}.items():
    estimate = estimate.clamp(0, 1)
    mse = (estimate - test.images).square().mean()
    mae = (estimate - test.images).abs().mean()
    share = (read_digits(estimate) == test.labels).float().mean()
    rows[name] = [mse, mae, share, sharpness(estimate), ink_lost(estimate)]
columns, form = ["MSE", "MAE", "read", "sharpness", "ink lost"], [".4f", ".4f", ".1%", ".2f", ".1%"]
table(rows, columns, caption="1,000 test digits, x7", form=form)

# %% slideshow={"slide_type": "skip", "run": false}
l2, l1 = (networks[f"{loss}, seed 0"].clamp(0, 1) for loss in ("L2", "L1"))
some = [0, 2, 5, 12, 33, 38, 44]
grid(
    [[images[i, 0] for i in some] for images in (test.images, low, l2, l1)],
    "Seven test digits in columns: the original, its 4 x 4 pixels, and what the networks trained "
    "with L2 and with L1 make of it. Both are soft. L2 leaves ripples in the background; with L1 "
    "it is clean, but doubtful strokes fade away.",
    side=112,
    rows=["original", "x7", "L2", "L1"],
)

# %% slideshow={"slide_type": "skip", "run": false}
share_l2, share_l1 = ((read_digits(x) == test.labels).float().mean() for x in (l2, l1))
you_said(
    "loss",
    f"sharpness {sharpness(l2):.2f} with L2 and {sharpness(l1):.2f} with L1; "
    f"read: {share_l2:.0%} with L2 and {share_l1:.0%} with L1 (seed 0).",
)

# %% [markdown] claims=["averages.l2-mse", "averages.l1-mae", "averages.l1-read", "averages.l2-read", "averages.l1-sharpness", "averages.half-sharp", "averages.l1-lost", "averages.l2-lost"] slideshow={"slide_type": "-"}
# **What it shows.** Each wins by its own measure, with every seed: L2 has the lower MSE, L1 the lower MAE. Sharpness
# is the same, about half that of true digits. A doubtful stroke that L2 draws grey, L1 leaves out: 8% of the ink
# pixels are lost, with L2 3%; and the classifier reads 84% instead of 88%. So claim d names a true mechanism, but
# another loss that counts pixel by pixel is no cure. **What it doesn't show:** what a perfect learner of L1 would
# draw (in the known world the median was crisp), or losses that don't count pixels, such as a second network that
# judges whether a digit looks real (Ledig et al. 2017). Those lead away from the mean, towards samples, and sharpness
# has its price.

# %% [markdown] slideshow={"slide_type": "notes"}
# Back to the vote. The table is as saved: sharpness is the same, but L1 loses ink, and is read less often.

# %% slideshow={"slide_type": "skip", "run": false}
retrain = False  # True trains one of the six again, within a minute
if retrain:
    from mnist_sr_helpers import fit, middle_network

    torch.manual_seed(0)
    mine, l1_loss = middle_network(7), torch.nn.functional.l1_loss
    _ = fit(mine, world, 7, epochs=10, batch_size=64, learning_rate=2e-3, seed=0, loss=l1_loss)
    print(f"MAE {(restore(mine, low).clamp(0, 1) - test.images).abs().mean():.4f}")
else:
    print("skipped: set retrain = True to train the network with L1, seed 0, yourself")

# %% [markdown]
# ## The most common form of its class?
#
# Claim i goes further: what comes out is the typical form of the digit's *class*. Take as this form the mean of the
# 500 training digits of the class. Is SimpleSR's output at x7 nearer to it than to its own truth?

# %%
ask(
    "classmean",
    "Which outputs at x7 lie nearer to the mean digit of their class than to their own truth?",
    [
        "SimpleSR's, as the article says; bicubic's not",
        "SimpleSR's, and bicubic's as well",
        "neither SimpleSR's nor bicubic's",
        "only those of large networks, which can tell the class",
    ],
)

# %% slideshow={"slide_type": "skip", "run": false}
from mnist_sr_helpers import upsample


def distances(a, b):
    """Mean squared differences of all a (N, ...) to all b (M, ...): (N, M)."""
    return torch.cdist(a.flatten(1), b.flatten(1)).square() / 784


by_class = [world[train.labels == label] for label in range(10)]
class_mean = torch.stack([images.mean(0) for images in by_class])
# The most typical real digit of each class: the one nearest to all others, taken together.
typical = torch.stack([images[distances(images, images).sum(1).argmin()] for images in by_class])
outputs = {
    "bicubic": upsample(low, 7),
    "SimpleSR, enlarge first": restore(load_model("enlarge_first", 7), low),
    "SimpleSR, enlarge last": restore(load_model("enlarge_last", 7), low),
    "52,537 parameters, L2": l2,
    "EDSR-like": edsr,
    "as claim i has it": class_mean[test.labels],
    "the true digits": test.images,
}
own = test.labels[:, None]
of_100 = {}
for name, output in outputs.items():
    output = output.clamp(0, 1)
    to_truth = (output - test.images).square().mean((1, 2, 3))
    to_means, to_typical = distances(output, class_mean), distances(output, typical)
    hits = (
        to_means.gather(1, own)[:, 0] < to_truth,
        to_typical.gather(1, own)[:, 0] < to_truth,
        to_means.argmin(1) == test.labels,
    )
    of_100[name] = [100 * hit.float().mean() for hit in hits]
columns = ["class mean nearer than truth", "typical digit nearer", "nearest class mean is its own"]
table(of_100, columns, caption="Of 100 outputs, x7", form=".0f")

# %% slideshow={"slide_type": "skip", "run": false}
you_said(
    "classmean",
    f"of 100 digits, SimpleSR's for {of_100['SimpleSR, enlarge first'][0]:.0f}, "
    f"bicubic's for {of_100['bicubic'][0]:.0f}: it is the blur that is near.",
)

# %% [markdown] claims=["averages.class-simplesr", "averages.class-bicubic", "averages.class-last", "averages.class-typical", "averages.class-typical-bicubic", "averages.class-typical-last", "averages.class-own", "averages.class-own-bicubic", "averages.class-own-last", "averages.class-own-truth", "averages.class-own-edsr", "averages.class-edsr"]
# **What it shows.** Claim i would fill all three columns, as its own row does. *First column:* of SimpleSR's outputs,
# enlarge first, 98 of 100 lie nearer to the mean of their class than to their truth. But so do even more of
# bicubic's, which knows neither classes nor training digits: what is blurred, and far from its truth, is near a
# blurred mean.
#
# *Second:* the most *typical real* digit of the class is as sharp as the truth. Enlarge-last falls from 92 to 4 of
# 100: it was the blur. Enlarge-first has 41 of 100, and bicubic, without any class, more, 56 of 100: it is the
# distance from the truth.
#
# *Third:* among the ten class means the nearest is their own for 44 of 100 outputs of bicubic, 51 of 100 of
# enlarge-first, 72 of 100 of enlarge-last, 83 of 100 true digits. What misses its class half of the time can't be
# drawing its form. EDSR-like finds it for 84 of 100, but hardly any is nearer to the mean: it draws the digit.
#
# No row but the claim's own is high in all three: claim i fails. **What it doesn't show:** why.
#
# The reason is the window: SimpleSR, enlarge first, sees 5 x 5 pixels of the enlarged picture. Put the upper half of
# one digit on the lower half of another. Do the upper rows of the output know what stands below?

# %% slideshow={"slide_type": "skip", "run": false}
seven, nought = upsample(low[:2], 7).split(1)
mixed = torch.cat([seven[:, :, :14], nought[:, :, 14:]], dim=2)
body = load_model("enlarge_first", 7).body
with torch.no_grad():
    change = (body(mixed) - body(seven)).abs().amax((0, 1, 3))  # the largest in each row
print("rows of the output that change:", (change > 1e-6).nonzero()[:, 0].tolist())

# %% [markdown] claims=["averages.window"]
# **What it shows.** Rows 0 to 11 stay as they were: SimpleSR sees 25 pixels, not a digit. By the bet, the best it can
# answer is the mean over all places where these 25 look alike: of *patches*, whatever their class.
# **What it doesn't show:** enlarge-last, whose window covers nearly the whole small picture. What it lacks against
# better networks is layers and parameters: lesson [[model_or_information]] climbs there.
#
# ## Accuracy and realism
#
# One more scale, then. A picture can be near the truth, and it can look like a real digit. For the second take not
# one picture but a whole collection: the *Fréchet distance* compares the mean and the spread of two collections, here
# in the 64 numbers from which the course's classifier decides. It is 0 for equal collections; what 1,000 real digits
# have to 1,000 *other* real digits is the floor. Photographs are judged in this way with other networks (it is called
# FID).

# %% slideshow={"slide_type": "skip", "run": false}
from mnist_sr_helpers import frechet_distance, linear_mmse

real, pool = world[:1000], world[1000:]  # to compare with; only in the others digits are looked up
ten = pool[look_alikes(low, pool, 7, k=10)]
collections = {
    "bicubic": outputs["bicubic"],
    "SimpleSR, enlarge first": outputs["SimpleSR, enlarge first"],
    "SimpleSR, enlarge last": outputs["SimpleSR, enlarge last"],
    # The best linear map: lesson [[model_or_information]]
    "linear MMSE": linear_mmse(pool, 7)(low),
    "L1": l1,
    "L2": l2,
    "EDSR-like": edsr,
    "mean of 10 look-alikes": ten.mean(1),
    "one look-alike": ten[:, 0],
}
points = {}
for name, pictures in collections.items():
    pictures = pictures.clamp(0, 1)
    mse = (pictures - test.images).square().mean().item()
    points[name] = mse, pooled_psnr(pictures, test.images), frechet_distance(pictures, real)
floor = frechet_distance(test.images, real)
rows = {**points, "the true digits": [0.0, "", floor]}
columns, form = ["MSE", "PSNR in dB", "Fréchet distance"], [".4f", ".2f", ",.0f"]
table(rows, columns, caption="1,000 test digits, x7", form=form)

# %% slideshow={"slide_type": "slide", "run": false}
figure, axes = plt.subplots(figsize=(8, 4.6), layout="constrained")
for name, (mse, _, distance) in points.items():
    marker, colour = ("s", "#bb5500") if "look-alike" in name else ("o", "#225588")
    axes.plot(mse, distance, marker, color=colour, markersize=8)
    right = name in ("L2", "L1", "EDSR-like", "linear MMSE")
    axes.annotate(name, (mse, distance), (8 if right else -8, 0), textcoords="offset points",
                  ha="left" if right else "right", va="center", fontsize=11)  # fmt: skip
axes.axhline(floor, color="black", linestyle="--")
axes.annotate("floor: real digits against other real digits", (0.0005, floor * 0.72), fontsize=11)
axes.set(
    title="Accuracy and realism, 1,000 test digits at x7",
    xlabel="mean squared error (left is more accurate)",
    ylabel="Fréchet distance\n(down is more real)",
    yscale="log",
    xlim=(0, 0.07),
    ylim=(8, 5000),
)
axes.spines[["top", "right"]].set_visible(False)
to_picture(
    figure,
    "Nine methods at x7 by mean squared error, to the right, and Fréchet distance, upwards on a "
    "logarithmic scale. Bicubic is worst in both; over SimpleSR, linear MMSE, L1 and L2 the points "
    "fall to the left, down to the EDSR-like network, the most accurate. One look-alike lies near "
    "the floor, far to the right. The lower left corner is empty.",
)

# %% [markdown] claims=["averages.both-improve", "averages.look-alike-real", "averages.look-alike-costs", "averages.edsr-farther"] slideshow={"slide_type": "-"}
# **What it shows.** From bicubic to the EDSR-like network both scales improve together: a poor method can gain in
# both. Then the ways part. One look-alike, a real digit, lies near the floor, with more than four times the squared
# error of the EDSR-like network, whose collection is in turn more than twice as far from real digits. None of ours is
# best at both. Blau and Michaeli proved that there is a limit: from some point on, one scale improves only at the
# other's cost.

# %% [markdown] slideshow={"slide_type": "notes"}
# Which corner is empty? Which would you want for a doctor's picture, for a film, for a number plate?

# %% [markdown]
# **What it doesn't show.** The axis upwards is one index of many: 64 numbers of one classifier that was trained on
# these very digits, looking at means and spreads only, and higher for fewer pictures (so all have 1,000). It doesn't
# ask whether the digit is the *right* one.

# %% [markdown] tags=["instructor"]
# Time: known world 10 minutes, hedge 5, losses and class 8, plot 4. To cut: the class section stands alone, give it
# as homework. A good discussion: which corner would you want for a doctor's picture, for a film, for a number plate?
