"""The checks of "What is lost"'s exercises."""

from collections.abc import Callable

import torch

from .judging import NotYet, Verdict, ensure, judge, random_batch, result, same


def check_averaging(answer: Callable) -> Verdict:
    """Exercise 1: `answer(n, factor)` is the matrix that averages runs of `factor` numbers, (n, n * factor)."""

    def properties(answer):
        for n, factor in ((3, 4), (4, 2), (5, 3), (2, 1)):  # first n, factor and 2 apart
            got = result(answer, n, factor)
            want = torch.eye(n).repeat_interleave(factor, dim=1) / factor
            size = f"With n = {n} and factor = {factor}"
            ensure(got.is_floating_point(), f"The matrix should hold floats, it holds {got.dtype}.")
            if factor > 1:
                ensure(
                    not same(got, want.T),
                    "It is transposed: one row for each average, one column for each number that comes in.",
                )
            ensure(
                got.shape == want.shape,
                f"{size} the shape should be {tuple(want.shape)}, it is {tuple(got.shape)}.",
            )
            if same(got, want):
                continue
            ensure(not same(got, torch.zeros_like(want)), "It holds only zeros.")
            ensure(not same(got, want * factor), "It adds up each run; the average divides by factor.")
            ensure(
                not same(got, want * factor / n),
                "Its entries are 1 / n; an average of factor numbers divides by factor.",
            )
            ensure(not same(got, want / n), "Its entries are 1 / (n * factor): divide by factor only.")
            ensure(not same(got, want / factor), "It divides by factor twice: the entries are 1 / factor.")
            ensure(not same(got, want * factor / 2), "Its entries are 0.5, whatever the factor: write 1 / factor.")
            for start in (2, factor):
                pairs = torch.zeros(n, n * factor)
                for i in range(n):
                    pairs[i, i * start : i * start + 2] = 1
                ensure(
                    all(not same(got, pairs / divisor) for divisor in (1, 2, factor)),
                    f"It averages runs of 2 whatever the factor; {size.lower()} a run is {factor} long.",
                )
            ensure(
                not same(got, torch.eye(n).repeat(1, factor) / factor),
                f"It averages numbers that lie {n} apart; an average takes neighbours.",
            )
            ensure(
                all(not same(got, want.roll(shift, dims=1)) for shift in (1, -1)),
                "The runs are off by one: row i averages the numbers from i * factor on.",
            )
            ensure(not same(got, want.flip(0)), "The rows are in reverse order: the first averages the first numbers.")
            ensure(got.std() > 1e-6, "All its entries are equal: each row looks at factor numbers only.")
            foreign = (want == 0) & (got != 0)
            ensure(not foreign.any(), "A row takes in numbers that belong to another average: zero there.")
            raise NotYet(f"{size}, it doesn't average runs of {factor} numbers.")

    return judge(properties, answer, "Each row averages a run of its own. Its rank is n, whatever the factor.")


def random_degradation(rows: int, columns: int) -> torch.Tensor:
    """A random matrix of full rank, well conditioned, whose rows are not perpendicular."""
    rows_apart = torch.linalg.qr(random_batch(columns, rows).double() - 0.5).Q.T
    mix = torch.eye(rows).double() + 0.5 * random_batch(rows, rows).double().triu(1)
    return mix @ rows_apart


def check_consistent(answer: Callable) -> Verdict:
    """Exercise 2: `answer(estimate, y, a, a_plus)` moves estimates (N, P) onto the data: A x = y."""

    def properties(answer):
        for rows, columns in ((4, 9), (3, 8)):
            a = random_degradation(rows, columns)
            inverse = torch.linalg.pinv(a)
            x, y = 2 * random_batch(5, columns).double() - 0.5, 4 * random_batch(5, rows).double() - 2
            try:
                got = result(answer, x, y, a, inverse)
            except NotImplementedError:
                raise
            except RuntimeError as error:
                raise NotYet(
                    f"Your function raised RuntimeError: {error}. One picture a row: A x for all of them is x @ a.T, "
                    "and A+ y is y @ a_plus.T."
                ) from error
            kept, fitting = x @ a.T @ inverse.T, y @ inverse.T
            want = x + fitting - kept
            ensure(
                got.shape == want.shape,
                f"For estimates of shape {tuple(x.shape)} the shape should stay, it is {tuple(got.shape)}.",
            )
            if same(got, want):
                continue
            ensure(not same(got, x), "It returns the estimate as it was: A x is not y yet.")
            ensure(not same(got, fitting), "That is A+ y alone: the estimate's own null part is lost.")
            ensure(not same(got, fitting - kept), "That is the correction alone: add it to the estimate.")
            ensure(
                not same(got, x - fitting + kept),
                "The sign is wrong: the correction is A+ (y - A x), what is missing from y.",
            )
            ensure(not same(got, x + fitting), "It adds A+ y to the estimate; take off first what it has: y - A x.")
            ensure(not same(got, x - kept), "That is the estimate's null part: A+ y has to take the place of A+ A x.")
            ensure(not same(got, want.clamp(0, 1)), "It clips: then A x is not y any more.")
            lifted = (y - x.clamp(0, 1) @ a.T) @ inverse.T
            ensure(
                not same(got, x + lifted) and not same(got, x.clamp(0, 1) + lifted),
                "It clips the estimate: take it as it is, overshoot included.",
            )
            ensure(
                not same(got, x + (y - x @ a.T) @ a),
                "It goes back up with A transposed; that is A+ only if A's rows are perpendicular and of length 1.",
            )
            off = (got.double() @ a.T - y).abs().max().item()
            ensure(off < 1e-3, f"A times its result differs from y by up to {off:.2f}.")
            raise NotYet("Its result fits y, but the estimate's null part changed, too: change only what must change.")

    return judge(properties, answer, "It fits the data now, and moved no further than it had to.")


def check_lost_share(answer: Callable) -> Verdict:
    """Exercise 3: `answer(x, a)` is the share of each picture's energy that A loses: (N, P) to (N,)."""

    def properties(answer):
        for rows, columns, twice in ((4, 9, False), (3, 8, False), (3, 8, True)):
            a = random_degradation(rows, columns)
            dependent = (
                "It is right as long as A's rows are independent; here A has a row twice, and a @ a.T no inverse. "
                "torch.linalg.pinv(a) takes any matrix."
            )
            if twice:
                a = torch.cat([a, a[:1]])
            x = random_batch(6, columns).double()
            lost = x - x @ a.T @ torch.linalg.pinv(a).T
            energy, all_energy = lost.square().sum(1), x.square().sum(1)
            want = energy / all_energy
            try:
                got = result(answer, x, a)
            except (NotYet, RuntimeError) as error:
                if twice:
                    raise NotYet(dependent) from error
                raise
            if got.ndim == 0:
                raise NotYet("It returns one number; one for each picture is wanted: sum over dimension 1.")
            ensure(got.shape == want.shape, f"For 6 pictures the shape should be (6,), it is {tuple(got.shape)}.")
            if same(got, want):
                continue
            ensure(not twice, dependent)
            ensure(not same(got, torch.zeros_like(want)), "It returns only zeros: A has fewer rows than columns.")
            ensure(not same(got, 1 - want), "That is the share that A keeps; the lost one is 1 minus it.")
            ensure(not same(got, energy), "That is the energy of the lost part; divide by the energy of x.")
            ensure(not same(got, want.sqrt()), "That is a ratio of lengths; energy is the length squared.")
            ensure(
                not same(got, lost.abs().sum(1) / x.abs().sum(1)),
                "It adds up absolute values; energy adds up squares.",
            )
            ensure(
                not same(got, 1 - (x @ a.T).square().sum(1) / all_energy),
                "It takes |A x|^2 for the energy kept; that is |A+ A x|^2, back at full resolution.",
            )
            transposed = (x - x @ a.T @ a).square().sum(1) / all_energy
            ensure(
                not same(got, transposed),
                "It goes back up with A transposed; the pseudo-inverse, torch.linalg.pinv(a), is wanted.",
            )
            centred = x - x.mean(1, keepdim=True)
            apart = (centred - centred @ a.T @ torch.linalg.pinv(a).T).square().sum(1) / centred.square().sum(1)
            ensure(not same(got, apart), "It subtracts each picture's mean first: leave the centring to the caller.")
            ensure(
                not same(got, energy / all_energy.sum()) and not same(got, energy / all_energy.mean()),
                "It divides by the energy of the whole batch; each picture has its own.",
            )
            ensure(got.std() > 1e-6, "All its values are equal: each picture loses a share of its own.")
            raise NotYet("Its values differ from |x - A+ A x|^2 / |x|^2.")

    return judge(properties, answer, "That is the share of the energy that lies in the null space.")
