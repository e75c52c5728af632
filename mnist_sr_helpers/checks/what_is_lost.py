"""The checks of "What is lost"'s exercises."""

import torch
import torch.nn.functional as F

from .judging import Answer, NotYet, compare, ensure, ensure_shape, judged, raised, random_batch, result, same


def random_degradation(rows: int, columns: int) -> torch.Tensor:
    """A random matrix of full rank, well conditioned, whose rows are not perpendicular."""
    rows_apart = torch.linalg.qr(random_batch(columns, rows).double() - 0.5).Q.T
    mix = torch.eye(rows).double() + 0.5 * random_batch(rows, rows).double().triu(1)
    return mix @ rows_apart


@judged("It fits the data now, and moved no further than it had to.", [(4, 9), (3, 8)])
def check_consistent(answer: Answer, rows: int, columns: int):
    """Exercise 1: `answer(estimate, y, a, a_plus)` moves estimates (N, P) onto the data: A x = y."""
    a = random_degradation(rows, columns)
    inverse = torch.linalg.pinv(a)
    x, y = 2 * random_batch(5, columns).double() - 0.5, 4 * random_batch(5, rows).double() - 2
    try:
        got = result(answer, x, y, a, inverse)
    except RuntimeError as error:
        by_row = "One picture a row: A x for all of them is x @ a.T, and A+ y is y @ a_plus.T."
        ensure(isinstance(error, NotImplementedError), f"{raised(error)}. {by_row}")
        raise
    ensure_shape(got, x.shape, f"For estimates of shape {tuple(x.shape)}", verb="stay")
    kept, fitting, clipped = x @ a.T @ inverse.T, y @ inverse.T, x.clamp(0, 1)
    want, lifted = x + fitting - kept, (y - clipped @ a.T) @ inverse.T
    transposed, off = x + (y - x @ a.T) @ a, (got.double() @ a.T - y).abs().max().item()
    faults = {
        "It returns the estimate as it was: A x is not y yet.": x,
        "That is A+ y alone: the estimate's own null part is lost.": fitting,
        "That is the correction alone: add it to the estimate.": fitting - kept,
        "The sign is wrong: the correction is A+ (y - A x), what is missing from y.": x - fitting + kept,
        "It adds A+ y to the estimate; take off first what it has: y - A x.": x + fitting,
        "That is the estimate's null part: A+ y has to take the place of A+ A x.": x - kept,
        "It clips: then A x is not y any more.": want.clamp(0, 1),
        "It clips the estimate: take it as it is, overshoot included.": [x + lifted, clipped + lifted],
        "It goes back up with A transposed; that is A+ only if A's rows are perpendicular and of length 1.": transposed,
        f"A times its result differs from y by up to {off:.2f}.": off > 1e-3,
        "Its result fits y, but the estimate's null part changed, too: change only what must change.": True,
    }
    compare(got, want, faults)


@judged("Each row averages a run of its own. Its rank is n, whatever the factor.", [(3, 4), (4, 2), (5, 3), (2, 1)])
def check_averaging(answer: Answer, n: int, factor: int):
    """Exercise 2: `answer(n, factor)` is the matrix that averages runs of `factor` numbers, (n, n * factor)."""
    got, want = result(answer, n, factor), torch.eye(n).repeat_interleave(factor, dim=1) / factor
    size = f"n = {n} and factor = {factor}"
    ensure(got.is_floating_point(), f"The matrix should hold floats, it holds {got.dtype}.")
    transposed = "It is transposed: one row for each average, one column for each number that comes in."
    ensure(factor == 1 or not same(got, want.T), transposed)
    ensure_shape(got, want.shape, f"With {size}")
    side_by_side = F.pad(torch.eye(n).repeat_interleave(2, dim=1), (0, n * (factor - 2)))
    at_each_start = (torch.eye(n)[..., None] * (torch.arange(factor) < 2)).flatten(1)
    pairs = [ones / divisor for ones in (side_by_side, at_each_start) for divisor in (1, 2, factor)]
    mixed, off_by_one = torch.eye(n).repeat(1, factor) / factor, [want.roll(shift, 1) for shift in (1, -1)]
    faults = {
        "It holds only zeros.": torch.zeros_like(want),
        "It adds up each run; the average divides by factor.": want * factor,
        "Its entries are 1 / n; an average of factor numbers divides by factor.": want * factor / n,
        "Its entries are 1 / (n * factor): divide by factor only.": want / n,
        "It divides by factor twice: the entries are 1 / factor.": want / factor,
        "Its entries are 0.5, whatever the factor: write 1 / factor.": want * factor / 2,
        f"It averages runs of 2 whatever the factor; with {size} a run is {factor} long.": pairs,
        f"It averages numbers that lie {n} apart; an average takes neighbours.": mixed,
        "The runs are off by one: row i averages the numbers from i * factor on.": off_by_one,
        "The rows are in reverse order: the first averages the first numbers.": want.flip(0),
        "All its entries are equal: each row looks at factor numbers only.": got.max().expand_as(got),
        "A row takes in numbers that belong to another average: zero there.": bool(got[want == 0].any()),
        f"With {size}, it doesn't average runs of {factor} numbers.": True,
    }
    compare(got, want, faults)


@judged("That is the share of the energy that lies in the null space.", [(4, 9, False), (3, 8, False), (3, 8, True)])
def check_lost_share(answer: Answer, rows: int, columns: int, twice: bool):
    """Exercise 3: `answer(x, a)` is the share of each picture's energy that A loses: (N, P) to (N,)."""
    dependent = (
        "It is right as long as A's rows are independent; here A has a row twice, and a @ a.T no inverse. "
        "torch.linalg.pinv(a) takes any matrix."
    )
    a, x = random_degradation(rows, columns), random_batch(6, columns).double()
    if twice:
        a = torch.cat([a, a[:1]])
    try:
        got = result(answer, x, a)
    except (NotYet, RuntimeError):
        ensure(not twice, dependent)
        raise
    ensure_shape(got, (6,), "For 6 pictures", alone="one for each picture is wanted: sum over dimension 1.")

    def energy(x):
        return x.square().sum(1)

    null, apart = torch.eye(columns) - a.T @ torch.linalg.pinv(a).T, x - x.mean(1, keepdim=True)
    lost, total = energy(x @ null), energy(x)
    want, centred = lost / total, energy(apart @ null) / energy(apart)
    absolute, of_batch = (x @ null).abs().sum(1) / x.abs().sum(1), [lost / total.sum(), lost / total.mean()]
    low_resolution, transposed = 1 - energy(x @ a.T) / total, energy(x - x @ a.T @ a) / total
    ensure(not twice or same(got, want), dependent)
    faults = {
        "It returns only zeros: A has fewer rows than columns.": torch.zeros_like(want),
        "All its values are equal: each picture loses a share of its own.": got.max().expand_as(got),
        "That is the share that A keeps; the lost one is 1 minus it.": 1 - want,
        "That is the energy of the lost part; divide by the energy of x.": lost,
        "That is a ratio of lengths; energy is the length squared.": want.sqrt(),
        "It adds up absolute values; energy adds up squares.": absolute,
        "It takes |A x|^2 for the energy kept; that is |A+ A x|^2, back at full resolution.": low_resolution,
        "It goes back up with A transposed; the pseudo-inverse, torch.linalg.pinv(a), is wanted.": transposed,
        "It subtracts each picture's mean first: leave the centring to the caller.": centred,
        "It divides by the energy of the whole batch; each picture has its own.": of_batch,
        "Its values differ from |x - A+ A x|^2 / |x|^2.": True,
    }
    compare(got, want, faults)
