# %% [markdown] slideshow={"slide_type": "slide"}
# # Averages
#
# Lesson [[twins_and_forgeries]] showed what is *possible*: one small picture belongs to many large ones. What is
# possible isn't yet probable, and a method must answer with *one*. Which? The article says that a loss which counts
# pixel by pixel often makes the network answer with a "smoothed" average of what is possible (claim d). Is blur a
# mistake, then? You work out the best answer where all that can be true is known. What networks do is for lesson
# [[what_a_network_answers]].

# %% jupyter={"source_hidden": true} slideshow={"slide_type": "-"}
import torch
from mnist_sr_helpers import downsample, grid, load_digits, look_alikes, table

train, test = load_digits(), load_digits(split="test")
world = train.images
low = downsample(test.images, 7)
fit = world[look_alikes(low[38][None], world, 7)[0], 0]
pictures = [low[38, 0].clamp(0, 1), *fit[[0, 3, 6, 8]]]
columns = ["4 x 4 pixels", *["nearly fits"] * 4]
grid([pictures], side=140, columns=columns)

# %% [markdown] slideshow={"slide_type": "notes"}
# Run everything now (Alt+R), if you have not. Ask: is blur a mistake?

# %% [markdown]
# **You will**
# - bet on a pixel, and see what each way to pay asks for;
# - compute how probable each digit is, and from that the mean, the median, and samples;
# - predict what a sharp answer costs, and measure it.
#
# **You need** lesson [[twins_and_forgeries]]. **Time:** 40 minutes.

# %% [markdown]
# ## Digits that fit
#
# Take one test digit at x7: 4 x 4 pixels. Which of the 5,000 training digits have nearly the same 16 pixels?
# `look_alikes` gives the positions of the ten whose small pictures are nearest. Below each digit stands its class,
# and how far it is from the test digit (RMS: the root of the mean squared difference, in grey levels); below each
# small picture how far that is.

# %% slideshow={"slide_type": "slide"}
position = 38  # a test digit; try others
ten = look_alikes(low[position : position + 1], world, 7, k=10)[0]
digit, small = test.images[position, 0], low[position, 0]
rows, captions = [], []
for part in ten.split(5):
    large, shrunk = world[part, 0], downsample(world[part], 7)[:, 0]
    rows += [[digit, *large], [small, *shrunk]]
    far, near = (
        255 * (found - wanted).square().mean((1, 2)).sqrt()
        for found, wanted in ((large, digit), (shrunk, small))
    )
    classes = zip(train.labels[part], far, strict=True)
    captions.append(["", *(f"a {label}: {distance:.0f}" for label, distance in classes)])
    captions.append(["", *(f"{distance:.0f}" for distance in near)])
grid(
    rows,
    side=84,
    columns=["test digit", *[""] * 5],
    rows=["look-alikes 1 to 5", "the same, x7", "look-alikes 6 to 10", "the same, x7"],
    captions=captions,
)

# %% [markdown] claims=["averages.fit-small", "averages.fit-near", "averages.fit-far", "averages.fit-classes"] slideshow={"slide_type": "-"}
# **What it shows.** Ten digits of five classes: small, they are less than 12 grey levels from the test digit; at full
# size, 58 to 86 grey levels. **What it doesn't show:** how probable each is. These are the nearest of 5,000, no more;
# the truth needn't be near any of them. None is a twin; with noise, as below, each could be the truth.

# %% [markdown] slideshow={"slide_type": "notes"}
# Point at the second and fourth row: who can tell these apart? Then at the digits above them.

# %% [markdown] slideshow={"slide_type": "slide"}
# Suppose that one such digit is the truth, and that you pay for your error, on average over many such pictures. What do
# you answer? Start with three digits and one pixel. It is black (0) in two of the digits and white (1) in the third,
# and all three fit equally well. You name a grey value, then the truth is drawn, and you pay.

# %% jupyter={"source_hidden": true} slideshow={"slide_type": "-"}
from mnist_sr_helpers import ask, you_said

options = ["1/3 in both", "0 in both", "1/3, and 0", "1/2, and 0"]
ask(
    "average",
    "Which grey value costs least on average if you pay the squared difference, and which if you "
    "pay the absolute one?",
    options,
)

# %% [markdown] slideshow={"slide_type": "notes"}
# Vote, and press the answer of the majority. Do not answer yet: the picture does.

# %% [markdown]
# ## A bet on one pixel
#
# By hand, for the answer 1/2: squared 1/4, absolute 1/2, whatever is drawn. For the answer 1/3: squared
# (1/9 + 1/9 + 4/9) / 3 = 2/9, absolute (1/3 + 1/3 + 2/3) / 3 = 4/9. Here are all answers.

# %% slideshow={"slide_type": "slide"}
import matplotlib.pyplot as plt
from mnist_sr_helpers import to_picture

plt.style.use("mnist_sr_helpers.pictures.course")
pixel = torch.tensor([0.0, 0.0, 1.0])
answers = torch.linspace(0, 1, 101)[:, None]
figure, axes = plt.subplots()
axes.plot(answers, (answers - pixel).square().mean(1), "-", color="#2b6cb0", label="squared error")
axes.plot(answers, (answers - pixel).abs().mean(1), "--", color="#c05a00", label="absolute error")
axes.plot(1 / 3, 2 / 9, "o", color="#2b6cb0", markersize=9)
axes.plot(0, 1 / 3, "s", color="#c05a00", markersize=9, clip_on=False)
axes.annotate("best: the mean, 1/3", (1 / 3, 0.12), ha="center")
axes.annotate("best: the median, 0", (0.01, 0.48))
axes.set(xlabel="answer (grey value)", ylabel="what you pay on average", ylim=(0, 0.75))
axes.legend(loc="upper center")
result = to_picture(
    figure,
    "What you pay on average for each answer from 0 to 1. The squared error is a bowl, lowest at "
    "one third, the mean. The absolute error is a straight line, lowest at 0, the median.",
)
off = answers - pixel
lowest, other = (answers[paid.mean(1).argmin()].item() for paid in (off.square(), off.abs()))
it_is = f"the bowl is lowest at {lowest:.2f}, the mean; the other curve at {other:.2f}, the median."
pairs = [(1 / 3, 1 / 3), (0, 0), (1 / 3, 0), (1 / 2, 0)]
apart = [abs(lowest - a) + abs(other - b) for a, b in pairs]
correct = options[apart.index(min(apart))]
you_said("average", it_is, result, right=correct)

# %% [markdown] answers="average" claims=["averages.bet-mean", "averages.bet-median"] slideshow={"slide_type": "-"}
# **What it shows.** For squared error the best bet is the *mean*, 1/3: a dark grey that none of the three digits has.
# At the lowest point of the bowl the slope, the mean of $2(a - v)$ over the values $v$, is zero, so the answer $a$ is
# the mean of the values. For absolute error it is the *median*, 0: as long as more than half of the values lie below,
# moving down pays. **What it doesn't show:** that pixels may be judged one by one. Squared error adds up over pixels;
# the eye doesn't.
#
# So grey where black and white both fit is no bug. It is a *hedge*, a bet that never wins outright and never loses
# much. Blur is what hedging looks like.

# %% [markdown] slideshow={"slide_type": "notes"}
# The pixel is black, black and white in three digits that fit equally well. Where is each curve lowest? Then back to
# the vote.

# %% [markdown] tags=["instructor"]
# Play it: three students hold up black, black, white; the room bids. Most bid 0, "because it is likelier": right for
# absolute error, the second curve.

# %% [markdown] claims=["averages.no-two", "averages.sigma"]
# ## A known world
#
# To bet well you must know what can be true, and how probable it is. So we make a world where we do: the truth is one
# of our 5,000 digits $x_1 \dots x_N$, each as likely as any other, and what is seen is $y = A x + \text{noise}$, with
# $A$ the downsampling of lesson [[what_is_lost]], here x7, and Gaussian noise (bell-shaped: small values are likelier
# than large ones) of standard deviation $\sigma = 0.05$, that is 13 grey levels.
#
# **The noise makes the doubt, and we choose it.** No two of the 5,000 have the same 16 pixels: without noise each
# would give itself away. So take from this world how bets work, not how much doubt there is in MNIST.

# %%
from mnist_sr_helpers import observe

sigma = 0.05
drawn = torch.randint(len(world), (2000,), generator=torch.Generator().manual_seed(0))
truth = world[drawn]  # 2,000 truths
y = observe(truth, 7, sigma, seed=1)  # and what is seen of them
known = downsample(world, 7)
for noise in (1 / 255, sigma):
    nearest = torch.cdist(observe(truth, 7, noise, seed=1).flatten(1), known.flatten(1)).argmin(1)
    right = (nearest == drawn).float().mean()
    print(f"noise of {noise * 255:.0f} in 255: the nearest digit is the truth in {right:.0%}")

# %% [markdown] claims=["averages.nearest-one", "averages.nearest", "averages.sigma"]
# With noise of one grey level the nearest digit is the truth practically always, with 13 grey levels for 55% of the
# pictures.
#
# How probable is digit $i$ once $y$ is seen? *Bayes' rule*: in proportion to how probable it was before (the *prior*,
# here the same for all) times how probable it makes this $y$. Gaussian noise makes this $y$ probable in proportion to
# $\exp(-|y - A x_i|^2 / (2\sigma^2))$; $|\cdot|^2$ adds up the squared differences of the 16 pixels, as their noise is
# independent: probabilities multiply, exponents add up. What is left is to divide by the sum. The result is called the
# *posterior*, "what comes after":
#
# $$w_i = \frac{\exp(-|y - A x_i|^2 / (2 \sigma^2))}{\sum_j \exp(-|y - A x_j|^2 / (2 \sigma^2))}$$
#
# With three digits, squared distances 0, 0.005 and 0.02, and $\sigma = 0.05$: divide by $2\sigma^2 = 0.005$, which
# gives 0, 1 and 4; $\exp$ of minus these is 1, 0.37 and 0.02; divide by their sum, 1.39, and the probabilities are
# 0.72, 0.27 and 0.01.
#
# These probabilities are exact, as we chose prior and noise ourselves.
#
# ### Exercise 1: the posterior (medium, 10 minutes)
#
# Write `posterior(squared, sigma)`: from squared distances (Q, N), a row for each picture and a column for each digit,
# to probabilities (Q, N). One trap: `torch.exp(torch.tensor(-110.0))` is 0, too small for a float32. If that happens to
# a whole row, you divide zero by zero. Subtracting one number from all of a row's squared distances changes no ratio.


# %% tags=["exercise"]
def posterior(squared, sigma):
    """Probability of each digit for each picture: (Q, N) squared distances to (Q, N)."""
    ### BEGIN SOLUTION
    nearest = squared.min(dim=1, keepdim=True).values
    weights = torch.exp(-(squared - nearest) / (2 * sigma**2))
    return weights / weights.sum(dim=1, keepdim=True)
    ### END SOLUTION


# %% tags=["check"]
from mnist_sr_helpers import check_posterior

check_posterior(posterior)

# %% [markdown]
# `posterior_weights(y, world, factor, sigma)` does this from the start, in float64. Here is one of the 2,000
# pictures, and the most probable digits.

# %% slideshow={"slide_type": "skip", "run": false}
from mnist_sr_helpers import posterior_weights

weights = posterior_weights(y, world, 7, sigma)
one = 18  # a picture that leaves doubt
probable = weights[one].topk(6)
grid(
    [[truth[one, 0], y[one, 0], *world[probable.indices, 0]]],
    side=112,
    columns=["truth", "seen", "1st", "2nd", "3rd", "4th", "5th", "6th"],
    captions=[["", "", *(f"{value:.0%}" for value in probable.values)]],
)

# %% [markdown] claims=["averages.doubt"]
# The most probable digit is the truth here, and yet it has less than one chance in five. How much doubt is there in
# general? A measure: the *effective number* of digits, $\exp(-\sum_i w_i \log w_i)$. Ten equally probable digits
# have 10, one certain digit has 1.

# %% slideshow={"slide_type": "skip", "run": false}
rows = {}
for factor in (2, 4, 7):
    w = posterior_weights(observe(truth, factor, sigma, seed=1), world, factor, sigma)
    effective = torch.exp(torch.special.entr(w).sum(1))  # entr(w) is -w log w
    rows[f"x{factor}"] = [effective.mean(), (w.amax(1) > 0.99).double().mean()]
columns = ["effective number, mean", "one digit above 99%"]
table(rows, columns, caption="2,000 pictures, sigma 0.05", form=[".1f", ".1%"])

# %% [markdown] claims=["averages.certain-x2", "averages.certain-x4", "averages.certain-x7", "averages.perplexity"]
# **What it shows.** At x2 the digit is always found, at x4 nearly always (for 95% of the pictures): no bet is needed.
# At x7 one digit is nearly certain in 12% of cases; on average as much doubt is left as among 13 equally probable
# digits. **What it doesn't show:** real doubt.
#
# ## Mean, median, sample
#
# From the posterior follow the answers of the bet. The *mean* weighs all 5,000 digits by their probability. The
# *median* takes, pixel by pixel, the value that divides the probability in halves. A *sample* is one digit, drawn
# with these probabilities.

# %% slideshow={"slide_type": "slide", "run": false}
from mnist_sr_helpers import posterior_mean, posterior_median, posterior_sample

mean = posterior_mean(weights, world)
samples = [posterior_sample(weights, world, seed=seed) for seed in (2, 3, 4)]
shown = torch.tensor([18, 3, 14, 8])  # pictures that leave doubt
median = posterior_median(weights[shown], world)
grid(
    [
        [truth[i, 0], y[i, 0], mean[i, 0], median[k, 0], *(sample[i, 0] for sample in samples)]
        for k, i in enumerate(shown)
    ],
    side=112,
    columns=["truth", "seen, x7", "mean", "median", "sample 0", "sample 1", "sample 2"],
)

# %% [markdown] claims=["averages.sample-wrong"] slideshow={"slide_type": "-"}
# **What it shows.** The mean draws every digit that may be true, each as bright as it is probable. The median leaves
# out what has no majority, so strokes break off. The samples are sharp, and mostly not the truth. **What it doesn't
# show:** who pays least. For squared error one rule holds for *every* answer: on average it pays what the mean pays,
# and the square of its distance from the mean. In the bet the answer 1/2 paid 1/4: the mean's 2/9, and
# $(1/2 - 1/3)^2 = 1/36$.

# %% [markdown] slideshow={"slide_type": "notes"}
# Each of the 5,000 digits is weighed by its probability. Which column would you hang on the wall, which would you bet
# on?

# %% jupyter={"source_hidden": true} slideshow={"slide_type": "slide"}
options = ["about the mean's", "half more", "twice the mean's", "ten times the mean's"]
ask(
    "price",
    "A sample is as sharp as a true digit. Its squared error, on average over many pictures, is",
    options,
)

# %% [markdown] slideshow={"slide_type": "notes"}
# Vote again. The scores on the next slide are as saved.

# %% [markdown]
# Score them, with pooled errors: MSE and MAE are the mean squared and mean absolute error over all pixels of all
# pictures, PSNR is taken of that MSE.

# %% slideshow={"slide_type": "slide", "run": false}
from mnist_sr_helpers import pooled_psnr

few = 200  # the median takes longer
answers = {
    "most probable digit": world[weights[:few].argmax(1)],
    "sample": samples[0][:few],
    "mean": mean[:few],
    "median": posterior_median(weights[:few], world),
}
rows = {}
for name, estimate in answers.items():
    mse = (estimate - truth[:few]).square().mean()
    mae = (estimate - truth[:few]).abs().mean()
    off = (estimate - mean[:few]).square().mean()
    rows[name] = [mse, pooled_psnr(estimate, truth[:few]), mae, off]
columns = ["MSE", "PSNR in dB", "MAE", "MSE from the mean"]
form, best = [".4f", ".2f", ".4f", ".4f"], ["low", "high", "low", ""]
result = table(rows, columns, caption="First 200 pictures, x7", form=form, best=best)
times = rows["sample"][0] / rows["mean"][0]
it_is = f"{times:.1f} times the mean's, in these 200 pictures."
correct = options[sum(times > limit for limit in (1.2, 1.7, 5))]
you_said("price", it_is, result, right=correct)

# %% [markdown] answers="price" claims=["averages.mean-wins", "averages.median-wins", "averages.mean-loses", "averages.probable-worse", "averages.probable-half", "averages.twice", "averages.known-psnr", "averages.split"] slideshow={"slide_type": "-"}
# **What it shows.** The mean has the least squared error, 17.8 dB, the median the least absolute error, and each
# loses by the other's measure. The rule holds (up to the luck of 200 draws): add the last column to the
# mean's MSE. That MSE, the *minimum MSE* or *MMSE*, nobody can avoid.
#
# Not every sharp answer pays the same. A sample costs about double; the most probable digit, as sharp, about half
# more than the mean.
#
# So claim d is right in principle: squared error asks for the average. **What it doesn't show:** whether a network
# gets there.

# %% [markdown] slideshow={"slide_type": "notes"}
# The table is as saved. Compare mean and median in the columns MSE and MAE.

# %% [markdown]
# ### Exercise 2 (optional): the weighted median (easy, 5 minutes)
#
# Write `weighted_median(values, weights)` for one pixel: `values` (N,) are its grey values in N digits, `weights`
# (N,) their probabilities, which add up to 1. Return the least value at which half of the weight is reached. Three
# steps: the order that sorts the values (`argsort`); the weights in this order, added up one by one (`cumsum`); the
# first value at which the sum is at least one half.


# %% tags=["exercise"]
def weighted_median(values, weights):
    """The least of values (N,) at which half of the weights (N,) is reached: one number."""
    ### BEGIN SOLUTION
    order = values.argsort()
    reached = weights[order].cumsum(0) >= 0.5
    return values[order][reached][0]
    ### END SOLUTION


# %% tags=["check"]
from mnist_sr_helpers import check_weighted_median

check_weighted_median(weighted_median)

# %% [markdown] slideshow={"slide_type": "slide"}
# ## What a sharp answer costs
#
# A sample is sharp, and it looks real, because in this world it *is* real. It is drawn as the truth was: from the
# digits that fit this $y$, with the same probabilities, and without knowing which is true. That fixes its price. One
# pixel that is 0 or 1, equally often: the mean, 1/2, always pays 1/4. A sample is a second draw, which knows nothing of
# the truth; they agree half of the time, so it pays 0 or 1, on average 1/2.
#
# In general, take one $y$. Write $x$ for the truth, $s$ for the sample, $m$ for the mean and $E$ for the average over
# all draws that fit it:
#
# $$\begin{aligned} E|s - x|^2 &= E|(s - m) - (x - m)|^2 \\
# &= E|s - m|^2 + E|x - m|^2 = 2\, E|x - m|^2 \end{aligned}$$

# %% [markdown]
# The square has a third term, $-2(s - m)(x - m)$. It is 0 on average: once $y$ is known the draws are *independent*,
# and each factor averages to 0. The two terms that remain are equal, because $s$ and $x$ are drawn alike. This holds
# for each $y$, hence for all.
#
# Doubling the MSE costs $10 \log_{10} 2 = 3.01$ decibels. Now measure, with all 2,000 pictures. How far can luck take
# the result? The *bootstrap* tells: draw 2,000 of these pictures with replacement, so that some come twice and some
# not at all, and compute the cost again. Do so a thousand times, and look where the middle 950 results lie.

# %% slideshow={"slide_type": "-", "run": false}
of_sample, of_mean = ((e - truth).square().mean((1, 2, 3)) for e in (samples[0], mean))
picks = torch.randint(2000, (1000, 2000), generator=torch.Generator().manual_seed(0))
costs = 10 * torch.log10(of_sample[picks].mean(1) / of_mean[picks].mean(1))
cost = 10 * torch.log10(of_sample.mean() / of_mean.mean())
least, most = costs.quantile(torch.tensor([0.025, 0.975])).tolist()
print(f"MSE of the mean {of_mean.mean():.4f}, of a sample {of_sample.mean():.4f}")
print(f"a sample costs {cost:.2f} dB, bootstrap {least:.2f} to {most:.2f} dB; predicted 3.01 dB")

# %% [markdown] claims=["averages.cost", "averages.twice", "averages.twice-interval"] slideshow={"slide_type": "-"}
# **What it shows.** A sample costs about 3.1 dB, and the predicted 3.01 dB lies within the interval: twice the error,
# as computed.

# %% [markdown] slideshow={"slide_type": "notes"}
# Ask for a guess before you point at the formula: truth and sample are two independent draws, so the error doubles.

# %% [markdown] claims=["averages.twice"]
# **What it doesn't show.** (1) The price of looking real. The answers to *all* $y$ together can be distributed as real
# digits without each being drawn from its posterior. So realism costs *at most* 3.01 dB: a sample pays it all, cleverer
# answers pay less (Blau and Michaeli 2018; Freirich et al. 2021). (2) The price of any real digit that fits. The proof
# needs a draw from the *exact* posterior. Look-alikes as at the beginning, the nearest of 5,000, are no such draws:
# they look real, too, and cost far more (measured in lesson [[what_a_network_answers]]).

# %% [markdown] slideshow={"slide_type": "slide"}
# ## Explore: the Hedge
#
# Between blurred and sharp lies a whole range: estimate $= m + t\,(s - m)$, from the mean at $t = 0$ to the sample at
# $t = 1$. By the same proof its expected MSE is $(1 + t^2)$ times the MMSE. Ten pictures (*query*), one a class, the
# first that leave doubt; three samples each.
#
# Press the arrow keys on *t* and watch three scores. *This truth* is the digit that was drawn. *A random truth* is
# any of the 5,000, weighed by its probability: what to expect if you see only $y$. *2,000 pictures* is the MSE of
# all.

# %% tags=["explorer"] slideshow={"slide_type": "-"}
from mnist_sr_helpers import Explorer, hedge_sheet, hedge_view

Explorer(
    hedge_view,
    query=range(10),
    t=[step / 10 for step in range(11)],
    sample=range(3),
    start={"query": 4, "t": 0.0, "sample": 0},
)

# %% [markdown] slideshow={"slide_type": "notes"}
# Tab to t, then the arrow keys. Cover the truth, let the room choose a sample, then read the dashed curve.

# %% slideshow={"slide_type": "skip", "run": false}
picture, curves = hedge_sheet(4)
display(picture, curves)

# %% [markdown] claims=["averages.hedge-law", "averages.hedge-lucky", "averages.hedge-unlucky", "averages.hedge-half", "averages.hedge-mean"]
# **What it shows.** Sharper costs: first little (halfway a quarter more), then a lot. Measured and predicted agree.
# The curves of *this truth* go their own way: samples 0 and 2 more than treble the error, while sample 1 happens to
# *be* the truth and brings it down to nothing. That is luck. Nobody who sees only 4 x 4 pixels knows which sample it
# will be. Against *a random truth* each step away from the mean costs more, with every sample.
# **What it doesn't show:** that sharpness is worth nothing. Squared error just doesn't ask for it.

# %% [markdown] tags=["instructor"]
# Likely misconception: "sample 1 at t = 1 has no error, so sampling is better." Cover the left picture, ask the room to
# choose a sample (query 3), then read the curve of "a random truth". Read the truth itself as one more sample. To save
# five minutes, show query 4 only and skip the curves.

# %% [markdown] claims=["averages.twice"] slideshow={"slide_type": "slide"}
# ## What we found
# - Where many digits fit, squared error is least for their mean, absolute error for their median. Blur is a hedge.
# - So claim d is right in principle, for squared error.
# - An average blurs only where there is doubt. In the known world there is none at x2, and plenty at x7.
# - A sample from the exact posterior costs twice the error of the mean, 3.01 dB; in between, $1 + t^2$.

# %% [markdown] slideshow={"slide_type": "notes"}
# Ask again: is blur a mistake? And whose?

# %% [markdown]
# ## On your own (optional)
# - Set `sigma` to 0.02, then to 0.2, and run the known world again. What becomes of mean and median?
# - Take the mean of two samples. What should its MSE be, in units of the MMSE? Check.
#
# ## Further reading
# - Y. Blau, T. Michaeli, [*The perception-distortion tradeoff*](https://arxiv.org/abs/1711.06077), CVPR 2018.
# - D. Freirich, T. Michaeli, R. Meir, [*A theory of the distortion-perception tradeoff in Wasserstein
#   space*](https://arxiv.org/abs/2107.02555), NeurIPS 2021: how cheap realism can be.
#
# Next: [[next]], a ladder of models: how much of the failure is the model's?
# Previous: [[previous]].
