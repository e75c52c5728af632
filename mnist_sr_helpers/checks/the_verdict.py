"""The checks of "The verdict"'s exercises."""

from collections.abc import Callable

from .judging import NotAttempted, NotYet, Verdict, ensure, judge, random_batch, result, same

WORDS = ("supported", "refuted", "open")


def check_verdict(answer: Callable) -> Verdict:
    """Exercise 1: `answer(low, high)` judges "A is better than B" by the interval of the gain of A over B."""

    def properties(answer):
        numbers = (0.01 + random_batch(40)).tolist()
        cases = [(0.02, 0.05, "supported"), (-0.05, -0.02, "refuted"), (-0.02, 0.05, "open"), (-0.05, 0.02, "open")]
        cases += [(0.0, 0.5, "open"), (-0.5, 0.0, "open")]
        cases += [(a, a + b, "supported") for a, b in zip(numbers[:10], numbers[10:20], strict=True)]
        cases += [(-a - b, -a, "refuted") for a, b in zip(numbers[:10], numbers[20:30], strict=True)]
        cases += [(-a, b, "open") for a, b in zip(numbers[:10], numbers[30:], strict=True)]
        given = [(f"{low:.2f} to {high:.2f}", answer(low, high), want) for low, high, want in cases]
        nothing = [interval for interval, got, _ in given if got is None or got is Ellipsis]
        if len(nothing) == len(given):
            raise NotAttempted
        for interval, got, _ in given:
            if interval in nothing:
                continue
            ensure(isinstance(got, str), f"It returns {type(got).__name__}; one of the words {WORDS} is wanted.")
            ensure(got in WORDS, f'It returns "{got}"; one of the words {WORDS} is wanted.')
        if nothing:
            raise NotYet(f"For the interval from {nothing[0]} it returns None. Which word does it deserve?")
        wrong = [case for case in given if case[1] != case[2]]
        if not wrong:
            return
        ensure(len({got for _, got, _ in given}) > 1, f'It says "{given[0][1]}" to every interval.')
        swapped = {"supported": "refuted", "refuted": "supported", "open": "open"}
        ensure(
            any(got != swapped[want] for _, got, want in given),
            "Supported and refuted are exchanged: a positive gain is for A.",
        )
        for interval, got, want in wrong:
            ensure(
                want != "open",
                f'An interval that holds 0, as {interval}, decides nothing, but it says "{got}". Look at both ends.',
            )
        interval, got, _ = wrong[0]
        raise NotYet(f'For the interval from {interval} it says "{got}". On which side of 0 does all of it lie?')

    return judge(properties, answer, "An interval that holds zero decides nothing; many a paper forgets it.")


def check_bound(answer: Callable) -> Verdict:
    """Exercise 2: `answer(errors, baseline)` bounds the share of the baseline's error that is irreducible."""

    def properties(answer):
        for methods, factors in ((5, 3), (3, 4)):
            baseline = 0.05 + 0.05 * random_batch(factors)
            errors = baseline * (0.1 + 0.8 * random_batch(methods, factors))
            errors[1, 0], errors[1, 2] = 0.95 * baseline[0], 0.05 * baseline[2]  # the first and last: neither extreme
            errors[:, 1] += 1.2 * baseline[1]  # here all methods are worse than the baseline
            got, shares = result(with_values(answer), errors, baseline), errors / baseline
            want = shares.amin(0)
            if got.ndim == 0:
                raise NotYet("It returns one number; one for each factor is wanted: x2 is not x7.")
            ensure(
                got.shape != (methods,),
                "It has one number for each method. The bound takes the best of all methods, for each factor.",
            )
            ensure(
                got.shape == want.shape,
                f"For {methods} methods and {factors} factors the shape should be ({factors},), it is "
                f"{tuple(got.shape)}.",
            )
            if same(got, want, 1e-5):
                continue
            ensure(not same(got, errors.amin(0), 1e-5), "Those are errors; divide by the baseline's.")
            ensure(
                not same(got, want.clamp(max=1), 1e-5),
                "Where all methods are worse than the baseline, the share is above 1. Leave it so.",
            )
            ensure(got.dtype.is_floating_point, "It returns whole numbers; a share lies in between.")
            ensure(not same(got, 100 * want, 0.51), "That is times 100, in percent; a share is wanted.")
            for decimals in (0, 1, 2, 3, 4):
                ensure(not same(got, want.round(decimals=decimals), 1e-6), "It is rounded; give each share in full.")
            ensure(not same(got, 1 - want, 1e-5), "That is what can be removed at least; the bound is the rest.")
            ensure(not same(got, 1 / want, 1e-4), "It is upside down: the best error over the baseline's.")
            ensure(
                not same(got, 1 / want - 1, 1e-4),
                "That is the difference over the best error; the best error over the baseline's is wanted.",
            )
            ensure(not same(got, shares.mean(0), 1e-5), "That is the mean of the methods: one good method is enough.")
            ensure(not same(got, shares.amax(0), 1e-5), "That is the worst method; what the best one does is possible.")
            ensure(not same(got, shares[-1], 1e-5), "That is the last method; the best may be another.")
            ensure(not same(got, shares[0], 1e-5), "That is the first method; the best may be another.")
            ensure(not same(got, baseline - errors.amin(0), 1e-5), "That is a difference; a share is wanted.")
            raise NotYet("It differs from the smallest error of all methods over the baseline's, factor by factor.")

    return judge(properties, answer, "What any method reaches is possible, so no more than this can be the data's.")


def with_values(answer: Callable) -> Callable:
    """The answer, which hears of .values where it takes what `min(0)` returns, values and places, for a tensor."""
    both = "errors.min(dim=0) gives the smallest values and their places: take .values of it, or amin."

    def wrapped(*arguments):
        try:
            given = answer(*arguments)
        except (TypeError, AttributeError) as error:
            ensure("return_types" not in str(error), both)
            raise
        ensure(type(given).__module__ != "torch.return_types", both)
        return given

    return wrapped
