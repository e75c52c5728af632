"""Answers to the exercises of "What is lost": right ones, and wrong ones with the words they must hear."""

import torch

from mnist_sr_helpers import check_averaging, check_consistent, check_lost_share

pinv = torch.linalg.pinv


def averaging(n, factor):
    return torch.eye(n).repeat_interleave(factor, dim=1) / factor


def with_a_loop(n, factor):
    a = torch.zeros(n, n * factor)
    for i in range(n):
        a[i, i * factor : (i + 1) * factor] = 1 / factor
    return a


def lost(x, a):
    return x - x @ a.T @ pinv(a).T


def energy(x):
    return x.square().sum(1)


def pairs_only(n, factor):
    a = torch.zeros(n, n * factor)
    for i in range(n):
        a[i, i * factor : i * factor + 2] = 0.5
    return a


def twos(n, factor, value=None):
    a = torch.zeros(n, n * factor)
    for i in range(n):
        a[i, 2 * i : 2 * i + 2] = value or 1 / factor
    return a


def without_pinv(x, a):
    return x - x @ (a.T @ torch.linalg.inv(a @ a.T) @ a).T


def by_svd(x, a):
    rows = torch.linalg.svd(a, full_matrices=False).Vh
    return x - x @ rows.T @ rows


def spills_over(n, factor):
    a = averaging(n, factor)
    a[0, -1] = 0.1
    return a


RIGHT = {
    check_averaging: [
        averaging,
        with_a_loop,
        lambda n, f: averaging(n, f).numpy(),
    ],
    check_consistent: [
        lambda x, y, a, p: x + (y - x @ a.T) @ p.T,
        lambda x, y, a, p: y @ p.T + x - (p @ a @ x.T).T,
    ],
    check_lost_share: [
        lambda x, a: energy(lost(x, a)) / energy(x),
        lambda x, a: 1 - energy(x @ (pinv(a) @ a).T) / energy(x),
        lambda x, a: energy(x - torch.linalg.lstsq(a, a @ x.T, driver="gelsd").solution.T) / energy(x),
    ],
}

WRONG = {
    check_averaging: [
        (lambda n, f: averaging(n, f).T, "transposed"),
        (lambda n, f: averaging(n, 2), "shape should be"),
        (lambda n, f: torch.zeros(n, n * f), "only zeros"),
        (lambda n, f: averaging(n, f) * f, "adds up each run"),
        (lambda n, f: averaging(n, f) / f, "divides by factor twice"),
        (lambda n, f: averaging(n, f) * f / 2, "0.5, whatever the factor"),
        (lambda n, f: torch.eye(n).repeat(1, f) / f, "apart; an average takes neighbours"),
        (lambda n, f: averaging(n, f).roll(1, 1), "off by one"),
        (lambda n, f: averaging(n, f).flip(0), "reverse order"),
        (lambda n, f: torch.full((n, n * f), 1 / f), "entries are equal"),
        (lambda n, f: averaging(n, f) * (f if f != 2 else 1), "adds up each run"),
        (pairs_only, "2 whatever the factor"),
        (twos, "2 whatever the factor"),
        (lambda n, f: twos(n, f, 0.5), "2 whatever the factor"),
        (lambda n, f: averaging(n, f) * f / n, "1 / n; an average of factor numbers"),
        (lambda n, f: averaging(n, f) / n, r"1 / \(n \* factor\)"),
        (lambda n, f: averaging(n, f) * 0.9, "doesn't average runs of"),
        (spills_over, "belong to another average"),
        (lambda n, f: averaging(n, f).long(), "should hold floats"),
        (lambda n, f: averaging(n, f).tolist(), "returns list"),
    ],
    check_consistent: [
        (lambda x, y, a, p: x, "as it was"),
        (lambda x, y, a, p: y @ p.T, r"A\+ y alone"),
        (lambda x, y, a, p: (y - x @ a.T) @ p.T, "correction alone"),
        (lambda x, y, a, p: x - (y - x @ a.T) @ p.T, "sign is wrong"),
        (lambda x, y, a, p: x + y @ p.T, "take off first what it has"),
        (lambda x, y, a, p: x - x @ a.T @ p.T, "estimate's null part"),
        (lambda x, y, a, p: x + (y - x @ a.T) @ a, "A transposed"),
        (lambda x, y, a, p: x + 0.5 * (y - x @ a.T) @ p.T, "differs from y by"),
        (lambda x, y, a, p: (x + (y - x @ a.T) @ p.T).clamp(0, 1), "It clips"),
        (lambda x, y, a, p: x + (y - x.clamp(0, 1) @ a.T) @ p.T, "clips the estimate"),
        (lambda x, y, a, p: x.clamp(0, 1) + (y - x.clamp(0, 1) @ a.T) @ p.T, "clips the estimate"),
        (lambda x, y, a, p: x + (y - x @ a) @ p.T, r"One picture a row: .* x @ a\.T"),
        (lambda x, y, a, p: x + (y - x @ a.T) @ p, r"One picture a row: .* x @ a\.T"),
        (lambda x, y, a, p: x + p @ (y - a @ x), r"One picture a row: .* x @ a\.T"),
        (lambda x, y, a, p: torch.zeros_like(x), "differs from y by"),
        (lambda x, y, a, p: y, "shape should stay"),
        (lambda x, y, a, p: y @ p.T + 0.9 * (x - x @ a.T @ p.T), "null part changed, too"),
    ],
    check_lost_share: [
        (lambda x, a: energy(x @ a.T @ pinv(a).T) / energy(x), "share that A keeps"),
        (lambda x, a: energy(lost(x, a)), "divide by the energy of x"),
        (lambda x, a: (energy(lost(x, a)) / energy(x)).sqrt(), "length squared"),
        (lambda x, a: lost(x, a).abs().sum(1) / x.abs().sum(1), "absolute values"),
        (lambda x, a: (energy(lost(x, a)) / energy(x)).mean(), "one number"),
        (lambda x, a: 1 - energy(x @ a.T) / energy(x), "back at full resolution"),
        (lambda x, a: energy(x - x @ a.T @ a) / energy(x), "A transposed"),
        (lambda x, a: energy(lost(x, a)) / energy(x).sum(), "whole batch"),
        (lambda x, a: energy(without_pinv(x, a)) / energy(x), r"pinv\(a\) takes any matrix"),
        (lambda x, a: energy(by_svd(x, a)) / energy(x), r"pinv\(a\) takes any matrix"),
        (lambda x, a: torch.zeros(len(x)), "only zeros"),
        (lambda x, a: torch.full((len(x),), 0.5), "values are equal"),
        (lambda x, a: lost(x, a), "shape should be"),
        (
            lambda x, a: energy(lost(x - x.mean(1, keepdim=True), a)) / energy(x - x.mean(1, keepdim=True)),
            "subtracts each picture's mean",
        ),
    ],
}
