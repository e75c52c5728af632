"""The checks of "What is lost"'s exercises."""

import torch

from .judging import Answer, compare, ensure, ensure_shape, judged, raised, random_batch, result


@judged("It fits the data now, and moved no further than it had to.", [(4, 9), (3, 8)])
def check_consistent(answer: Answer, rows: int, columns: int):
    """Exercise 1: `answer(estimate, y, a, a_plus)` moves estimates (N, P) onto the data: A x = y."""
    # A random matrix of full rank, well conditioned, whose rows are not perpendicular.
    rows_apart = torch.linalg.qr(random_batch(columns, rows).double() - 0.5).Q.T
    a = (torch.eye(rows) + 0.5 * random_batch(rows, rows).triu(1)).double() @ rows_apart
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
