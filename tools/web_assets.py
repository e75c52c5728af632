"""Build what the site's live explorers need: `write_assets`, or python -m tools.web_assets FOLDER

One script, live.js, holds all code and the course's constants; the data lie beside it, each file a script that live.js
adds when it is asked for: gzipped safetensors in base64, most weights as float16. All are classic scripts: a page from
file:// may load no others.
"""

import argparse
import base64
import gzip
import hashlib
import json
import re
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import torch
from safetensors.torch import save

from mnist_sr_helpers import ladder, models, sampling
from mnist_sr_helpers._arguments import SIDE
from mnist_sr_helpers._files import write_whole
from mnist_sr_helpers.degradation import FACTORS, KERNELS, resize
from mnist_sr_helpers.digits import load_digits
from mnist_sr_helpers.experiments import DEGRADATIONS
from mnist_sr_helpers.explorers import comparison, drawing, flow, hedge, one_digit, pad, shell, wipe
from mnist_sr_helpers.ladder import LINEAR, LOOK_ALIKES
from mnist_sr_helpers.pictures import grid
from mnist_sr_helpers.posterior import observe
from mnist_sr_helpers.weights import cached_reader, checkpoint, parts_of

LIVE = Path(__file__).parents[1] / "site" / "live"
EXPLORERS = Path(comparison.__file__).parent
SCRIPTS = ("kernel", "engine", "files", "drawing", "views", "curves", "screens", "explorers", "questions", "start")
"""What live.js is made of, in this order, before it the course's constants and its own slider and drawing field."""
HEAVY = (LINEAR, "srcnn", "mlp")
"""Rungs in a file of their own: the larger half of a factor's weights, and not the best."""
FEW = 10_000
"""Networks with fewer values than this stay as exact as they are: it costs little, and their readings stay the same."""
KEYS = {name: rung.key for name, rung in ladder.NETWORKS.items()} | {"linear MMSE": LINEAR}
Tensors = dict[str, torch.Tensor]


def write_assets(folder: Path) -> None:
    """Write live.js, live.css and the data's scripts into `folder`, which is made if it is missing."""
    digest = hashlib.sha256()
    for name, tensors in data():
        code = as_script(name, tensors).encode()
        digest.update(code)
        write_whole(folder / f"{name}.js", code)
    write_whole(folder / "live.js", script(digest.hexdigest()[:8]).encode())
    write_whole(folder / "live.css", style().encode())


def script(version: str = "") -> str:
    """live.js, which asks for data of `version`: everything in one function, taking one name of the page's."""
    parts = [f"const COURSE = {json.dumps(constants() | {'version': version})};"]
    for name, widget in {"slider": "slider.js", "drawingField": "pad_canvas.js", "divided": "wipe.js"}.items():
        code = (EXPLORERS / widget).read_text("utf-8").replace("export default { render };", "return render;")
        parts.append(f"const {name} = (() => {{\n{code}}})();")
    parts += [(LIVE / f"{part}.js").read_text("utf-8") for part in SCRIPTS]
    return '(() => {\n"use strict";\n' + "\n".join(parts) + "})();\n"


def style() -> str:
    """live.css: the explorers' and the picture grids' look in notebooks, and what the site adds."""
    grids = re.search(r"<style>(.*?)</style>", (EXPLORERS.parent / "pictures" / "grid.html").read_text("utf-8"), re.S)
    assert grids, "grid.html has a style"
    drawn = grids[1].replace(".mnist-sr-grid img", ".mnist-sr-grid :is(img,canvas)")
    return "\n".join([(EXPLORERS / "panel.css").read_text("utf-8"), drawn, (LIVE / "live.css").read_text("utf-8")])


def constants() -> dict:
    """What Python decides and JavaScript must not decide otherwise."""
    return {
        "factors": FACTORS, "kernels": KERNELS, "models": one_digit.MODELS,
        "shown": one_digit.SHOWN, "methods": drawing.METHODS, "short": list(map(drawing.short_name, drawing.METHODS)),
        "keys": KEYS, "needs": {name: needs(name) for name in ladder.RUNGS},
        "steps": sampling.STEPS, "noises": flow.NOISES, "spreads": sampling.SPREADS,
        "faint": sampling.FAINT, "alone": sampling.ALONE,
        "field": drawing.FIELD, "pen": drawing.PEN, "box": drawing.BOX, "centre": drawing.CENTRE,
        "side": comparison.PANEL, "small": comparison.SMALL_PANEL, "above": grid.ABOVE, "below": grid.BELOW,
        "mismatch": {"factor": 4, "trainings": one_digit.TRAININGS, "ways": {name: way(name) for name in DEGRADATIONS}},
        "played": shell.PLAYED, "sides": wipe.SIDES, "shifts": pad.SHIFTS,
        "starts": {"wipe": wipe.START, "pad": pad.START},
        "window": models.receptive_field(models.SimpleSR()),
        "hedge": {"steps": hedge.STEPS, "samples": hedge.SAMPLES, "seen": hedge.SEEN, "against": hedge.AGAINST},
    }  # fmt: skip


def way(name: str) -> dict:
    """One of DEGRADATIONS as the engine takes it."""
    function = DEGRADATIONS[name]
    words = function.keywords if isinstance(function, partial) else {}
    noisy = isinstance(function, partial) and function.func is observe
    kernel, antialias = words.get("kernel", "bicubic"), words.get("antialias", True)
    return {"kernel": kernel, "antialias": antialias, "file": "8 bit" in name, "noisy": noisy}


def needs(name: str) -> str:
    """The start of the file's name that holds what the rung `name` needs; "" if it needs nothing."""
    if name == LOOK_ALIKES:
        return "train"
    key = KEYS.get(name, "")
    return key and ("more" if key in HEAVY else "weights")


def data() -> Iterator[tuple[str, Tensors]]:
    """Each file's name and tensors."""
    yield "digits", labelled("test") | operators()
    yield "train", labelled("train")
    yield "reader", named("reader", cached_reader().state_dict())
    for factor in FACTORS[1:]:
        weights = {key: of_rung(key, factor) for key in KEYS.values()}
        for name, heavy in (("weights", False), ("more", True)):
            yield f"{name}_x{factor}", merged(part for key, part in weights.items() if (key in HEAVY) == heavy)
    trained = (named(name, one_digit.network_trained_on(name).state_dict()) for name in one_digit.TRAININGS)
    black = torch.zeros(1, 1, SIDE, SIDE)
    yield "mismatch", merged(trained) | {"noise": DEGRADATIONS["bicubic, noisy"](black).flatten()}
    for factor in sampling.SPREADS:
        seeds = [torch.Generator().manual_seed(seed) for seed in flow.NOISES]
        noises = torch.stack([torch.randn((1, 1, SIDE, SIDE), generator=seed).flatten() for seed in seeds])
        noises *= sampling.TEMPERATURES[factor]
        guide = named("edsr", parts_of(checkpoint("guide", factor))[0])
        yield f"flow_x{factor}", named("flow", parts_of(checkpoint("flow", factor))[0]) | guide | {"noises": noises}
    yield "hedge", of_hedge()


def labelled(split: str) -> Tensors:
    """The sample's digits of `split`, with their classes."""
    images, labels = load_digits(split=split)
    return {"images": as_bytes(images), "labels": labels.byte()}


def of_hedge() -> Tensors:
    """The Hedge's ten queries; of the rest of the known world its errors at each t: `measured`, a row a sample."""
    known = hedge.known_world()
    samples = {f"sample {sample}": as_bytes(known.samples[sample, known.ten]) for sample in hedge.SAMPLES}
    measured = [[hedge.measured(t, sample) for t in hedge.STEPS] for sample in hedge.SAMPLES]
    numbers = {"y": known.y[known.ten, 0], "mean": known.mean[known.ten, 0], "spread": known.spread[known.ten].float()}
    return {"truth": as_bytes(known.truth[known.ten]), "measured": torch.tensor(measured)} | samples | numbers


def of_rung(key: str, factor: int) -> Tensors:
    """The weights of the rung `key`, of its first network if there are several."""
    name = ladder.names(ladder.BY_KEY[key], factor)[0] if key in ladder.BY_KEY else ""
    return named(key, parts_of(checkpoint(key, factor), name)[0])


def named(key: str, tensors: Tensors) -> Tensors:
    """`tensors`, each named after `key`, too; as float16 if they are many."""
    exact = sum(map(torch.numel, tensors.values())) < FEW
    kept = {name: tensor.float() if exact else tensor.half() for name, tensor in tensors.items()}
    return {f"{key}/{name}": tensor.contiguous() for name, tensor in kept.items()}


def merged(parts: Iterator[Tensors]) -> Tensors:
    """The tensors of all `parts`."""
    return {name: tensor for part in parts for name, tensor in part.items()}


def operators() -> Tensors:
    """Degradation, enlargement and pseudo-inverse as matrices for one direction: of rows first, then of columns."""
    found: Tensors = {}
    for factor in FACTORS[1:]:
        for kernel in KERNELS:
            for antialias in (True, False):
                found[f"down/{kernel}/{str(antialias).lower()}/{factor}"] = matrix(SIDE, factor, kernel, antialias)
            found[f"up/{kernel}/{factor}"] = matrix(SIDE // factor, factor, kernel, True, enlarge=True)
        down = found[f"down/bicubic/true/{factor}"].double()
        found[f"inverse/{factor}"] = torch.linalg.pinv(down).float()
    return found


def matrix(side: int, factor: int, kernel: str, antialias: bool, enlarge: bool = False) -> torch.Tensor:
    """The matrix that resizes a column of `side` pixels, by resizing pictures that are all one column.

    Its rows sum to 1, so resizing across leaves such a picture's columns as they are.
    """
    columns = torch.eye(side)[:, None, :, None].expand(side, 1, side, side)
    new = side * factor if enlarge else side // factor
    return resize(columns, (new, new), kernel, antialias)[:, 0, :, 0].T.contiguous()


def as_bytes(images: torch.Tensor) -> torch.Tensor:
    """Pictures (N, 1, 28, 28) in [0, 1] as the levels of 8 bit that they come from, (N, 28, 28)."""
    return (images[:, 0] * 255).round().byte()


def as_script(name: str, tensors: Tensors) -> str:
    """A script that hands over `tensors` under `name`; the same bytes at each build."""
    packed = base64.b64encode(gzip.compress(save(tensors), mtime=0)).decode()
    return f'mnistSrData("{name}", "{packed}");\n'


def main() -> None:
    """Write the assets into the folder that the command line names."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, help="is made if it is missing")
    folder = parser.parse_args().folder
    write_assets(folder)
    for path in sorted(folder.iterdir()):
        print(f"{path.stat().st_size / 1e6:7.3f} MB  {path.name}")


if __name__ == "__main__":
    main()
