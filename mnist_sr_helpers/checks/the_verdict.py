"""The checks of "The verdict"'s exercises."""

from .judging import Answer, NotYet, compare, ensure, ensure_shape, judged, random_batch, result

WORDS = ("supported", "refuted", "open")


@judged("An interval that holds zero decides nothing; many a paper forgets it.")
def check_verdict(answer: Answer):
    """Exercise 1: `answer(low, high)` judges "A is better than B" by the interval of the gain of A over B."""
    cases = [(0.02, 0.05, "supported"), (-0.05, -0.02, "refuted"), (-0.02, 0.05, "open"), (-0.05, 0.02, "open")]
    cases += [(0.0, 0.5, "open"), (-0.5, 0.0, "open")]
    for a, b in (0.01 + random_batch(10, 2)).tolist():
        cases += [(a, a + b, "supported"), (-a - b, -a, "refuted"), (-a, b, "open")]
    given = [(f"{low:.2f} to {high:.2f}", answer(low, high), want) for low, high, want in cases]
    said = [got for _, got, _ in given if got is not None and got is not ...]
    if not said:
        raise NotImplementedError
    for got in said:
        kind = f'"{got}"' if isinstance(got, str) else type(got).__name__
        ensure(kind in [f'"{word}"' for word in WORDS], f"It returns {kind}; one of the words {WORDS} is wanted.")
    for interval, got, _ in given:
        ensure(got in WORDS, f"For the interval from {interval} it returns None. Which word does it deserve?")
    ensure(len({got for _, got, _ in given}) > 1, f'It says "{given[0][1]}" to every interval.')
    swapped = {"supported": "refuted", "refuted": "supported", "open": "open"}
    exchanged = all(got == swapped[want] for _, got, want in given)
    ensure(not exchanged, "Supported and refuted are exchanged: a positive gain is for A.")
    for interval, got, want in sorted(given, key=lambda case: case[2] != "open"):  # stable: open ones first
        holds = f'An interval that holds 0, as {interval}, decides nothing, but it says "{got}". Look at both ends.'
        side = f'For the interval from {interval} it says "{got}". On which side of 0 does all of it lie?'
        ensure(got == want, holds if want == "open" else side)


@judged("What any method reaches is possible, so no more than this can be the data's.", [(5, 3), (3, 4)])
def check_bound(answer: Answer, methods: int, factors: int):
    """Exercise 2: `answer(errors, baseline)` bounds the share of the baseline's error that is irreducible."""
    baseline = 0.05 + 0.05 * random_batch(factors)
    errors = baseline * (0.1 + 0.8 * random_batch(methods, factors))
    errors[1, 0], errors[1, 2] = 0.95 * baseline[0], 0.05 * baseline[2]  # the first and last: neither extreme
    errors[:, 1] += 1.2 * baseline[1]  # here all methods are worse than the baseline
    try:
        got, shares = result(answer, errors, baseline), errors / baseline
    except (NotYet, TypeError, AttributeError) as error:
        both = "errors.min(dim=0) gives the smallest values and their places: take .values of it, or amin."
        ensure("return_types" not in str(error) and "returns min;" not in str(error), both)
        raise
    want, best = shares.amin(0), errors.amin(0)
    of_methods = "It has one number for each method. The bound takes the best of all methods, for each factor."
    ensure(got.shape != (methods,), of_methods)
    words = f"For {methods} methods and {factors} factors"
    ensure_shape(got, (factors,), words, alone="one for each factor is wanted: x2 is not x7.")
    faults = {
        "Those are errors; divide by the baseline's.": best,
        "Where all methods are worse than the baseline, the share is above 1. Leave it so.": want.clamp(max=1),
        "It returns whole numbers; a share lies in between.": not got.dtype.is_floating_point,
        "That is times 100, in percent; a share is wanted.": [100 * want, (100 * want).round()],
        "It is rounded; give each share in full.": [want.round(decimals=decimals) for decimals in range(5)],
        "That is what can be removed at least; the bound is the rest.": 1 - want,
        "It is upside down: the best error over the baseline's.": 1 / want,
        "That is the difference over the best error; the best error over the baseline's is wanted.": 1 / want - 1,
        "That is the mean of the methods: one good method is enough.": shares.mean(0),
        "That is the worst method; what the best one does is possible.": shares.amax(0),
        "That is the last method; the best may be another.": shares[-1],
        "That is the first method; the best may be another.": shares[0],
        "That is a difference; a share is wanted.": baseline - best,
        "It differs from the smallest error of all methods over the baseline's, factor by factor.": True,
    }
    compare(got, want, faults, 1e-6)  # so near that no rounded share passes
