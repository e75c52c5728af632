// What each explorer shows in a state: rows of cells with their labels, numbers, and all of it in words. As
// mnist_sr_helpers/explorers/comparison.py, one_digit.py, drawing.py, flow.py, forger.py and hedge.py have it.

const lab = {}; // engine, images and places of each class, once they have come
const here = new Map(); // tensors by file, as far as they have come

const inPixels = (x) => `${Math.sqrt(x.length)} x ${Math.sqrt(x.length)}`;
const inWords = (decibels) => (Number.isFinite(decibels) ? `${decibels.toFixed(2)} dB` : "identical");
const reads = (x) => lab.engine.read(x, here.get("reader")).label;
const nth = ({ digit, example }) => lab.images[lab.places[digit][example]];

// Names of the files that `rungs` need at `factors`.
function filesOf(rungs, factors) {
  const kinds = rungs.map((rung) => COURSE.needs[rung]).filter(Boolean);
  const large = factors.filter((factor) => factor !== 1);
  const named = (kind, factor) => (kind === "train" ? kind : `${kind}_x${factor}`);
  return [...new Set(large.flatMap((factor) => kinds.map((kind) => named(kind, factor))))];
}

const known = new Map(); // what `training` has computed
let trained = null; // all training digits, once something needs them

// The training digits, all or those of one class, with their low resolutions.
function training(factor, label = ALL) {
  const name = `${label} x${factor}`, file = here.get("train");
  if (!known.has(name)) {
    trained ??= picturesOf(file.get("images"));
    const labels = file.get("labels").data, some = trained.filter((_, i) => label === ALL || labels[i] === label);
    known.set(name, lab.engine.lows(some, factor));
  }
  return known.get(name);
}

function restored(rung, low, factor) {
  if (factor === 1) return low;
  const kind = COURSE.needs[rung];
  return lab.engine.restore(rung, low, factor, kind === "train" ? training(factor) : here.get(`${kind}_x${factor}`));
}

// A view: `cells` in rows, labelled, `rows` of numbers, and the words for those who can't see it.
function view(cells, what, rows, labels) {
  const captions = labels.captions ?? [labels.columns.map(() => "")];
  const said = captions.flatMap((line) => labels.columns.map((head, i) => [head, line[i]].filter(Boolean).join(", ")));
  const alt = `${what} ${[...said, ...rows.map((row) => row.join(": "))].join("; ")}.`;
  return { cells, rows, alt, side: COURSE.side, ...labels, captions };
}

function score({ original, shown }) {
  return `${inWords(lab.engine.psnr(shown, original))}, reads ${reads(shown)}`;
}

const signed = (values) => ({ signed: values });
const difference = (a, b) => a.map((v, i) => v - b[i]);

// `others` are rows of numbers to show instead of SSIM.
function compare(one, how, others) {
  const { original, low, estimate, shown, label } = one;
  const [least, most] = [Math.min(...estimate), Math.max(...estimate)];
  const rows = [
    ...(others ?? [["SSIM", lab.engine.ssim(shown, original).toFixed(3)]]),
    ["Values before clipping", `${least.toFixed(2)} to ${most.toFixed(2)}`],
  ];
  return view([[original, low, shown, signed(difference(shown, original))]], `A digit ${label}, ${how}:`, rows, {
    columns: ["original", "low resolution", "estimate", "error"],
    captions: [[`a ${label}`, inPixels(low), score(one), ""]],
  });
}

function compareAll(all, how) {
  const [{ original, label }] = all, lows = [original, ...all.map((one) => one.low)];
  const what = `A digit ${label}, ${how}, at every factor, first the low resolutions, then what is made of them:`;
  return view([lows, [original, ...all.map((one) => one.shown)]], what, [], {
    columns: ["original", ...all.map((one) => `x${one.factor}`)],
    captions: [lows.map(inPixels), [`a ${label}`, ...all.map(score)]],
    side: COURSE.small,
  });
}

// `compare` at one factor, or all factors at once.
function atFactor(restore, factor, how) {
  if (factor !== ALL) return compare(restore(factor), `x${factor}, ${how}`);
  return compareAll(COURSE.factors.slice(1).map(restore), how);
}

function restoration(state, factor, low, estimate) {
  return { original: nth(state), label: state.digit, factor, low, estimate, shown: lab.engine.clip(estimate) };
}

function degradation(state) {
  const { kernel, antialias, file } = state;
  const narrow = !antialias && kernel !== "nearest" && kernel !== "area";
  const restore = (factor) => {
    const low = lab.engine.degrade(nth(state), { factor, kernel, antialias, file });
    return restoration(state, factor, low, lab.engine.upsample(low, factor, kernel));
  };
  const how = kernel + (narrow ? ", not antialiased" : "") + (file ? ", from a file" : "");
  return atFactor(restore, state.factor, how);
}

const byRung = (state, rung) => (factor) => {
  const low = lab.engine.downsample(nth(state), factor);
  return restoration(state, factor, low, restored(rung, low, factor));
};

// The front page's: the digit, what is left of it, a formula's and the best network's answer.
function front(state) {
  const { digit, factor } = state, [best] = COURSE.methods.slice(-1);
  const one = byRung(state, "bicubic")(factor), other = byRung(state, best)(factor);
  const [formula, network] = [one, other].map(({ shown, original }) => inWords(lab.engine.psnr(shown, original)));
  return view([[one.original, one.low, one.shown, other.shown]], `A digit ${digit} at x${factor}:`, [], {
    columns: ["original", "small", "bicubic", best],
    captions: [[`a ${digit}`, inPixels(one.low), formula, network]],
  });
}

// A digit made small in one way, restored by a network that learnt from another.
function mismatch({ digit, example, train, test }) {
  const { engine } = lab, tensors = here.get("mismatch"), { factor } = COURSE.mismatch, original = nth({ digit, example });
  const degraded = (x, { noisy, ...way }) =>
    engine.degrade(x, { factor, ...way, noise: noisy ? tensors.get("noise").data : null });
  const low = degraded(original, COURSE.mismatch.ways[test]);
  const one = restoration({ digit, example }, factor, low, engine.network("edsr", train, low, factor, tensors));
  const way = COURSE.mismatch.ways[train], off = () => difference(degraded(one.estimate, way), low);
  const levels = () => 255 * Math.sqrt(off().reduce((sum, v) => sum + v * v, 0) / low.length);
  const fit = !way ? "many ways: no single answer"
    : way.noisy ? "noise at random: no single answer" : `${levels().toFixed(1)} grey levels from the input (RMS)`;
  const bicubic = inWords(engine.psnr(engine.clip(engine.upsample(low, factor)), original));
  const rows = [["PSNR of bicubic enlargement", bicubic], ["Downsampled as in training", fit]];
  return compare(one, `trained on ${train}, tested on ${test}`, rows);
}

// --- the Forger ---

// A digit forged into the class `lie`, begun at the training digit of that class that is nearest when small.
const forgery = (state) => (factor) => {
  const { engine } = lab, low = engine.downsample(nth(state), factor);
  const [start] = engine.nearest(low, training(factor, state.lie), 1);
  return restoration(state, factor, low, engine.forge(start, low, factor));
};

function outcome(digit, lie, read) {
  const says = lie === digit ? "begun at another" : read === lie ? "the lie succeeds" : "neither";
  return `reads ${read}: ${read === digit && digit !== lie ? "the truth shows" : says}`;
}

function forger(state) {
  const { digit, lie, factor } = state, { engine } = lab, forged = forgery(state);
  if (factor === ALL) return compareAll(LARGE.map(forged), `forged into a ${lie}`);
  const { original, low, shown } = forged(factor), again = engine.downsample(shown, factor);
  const deviation = 255 * Math.max(...difference(again, low).map(Math.abs));
  const rows = [
    ["The low resolutions differ by at most", `${deviation.toFixed(1)} grey levels`],
    ["The digits differ by (RMS)", `${(255 * Math.sqrt(meanSquare(shown, original))).toFixed(0)} grey levels`],
  ];
  return view([[original, low, shown, again]], `A digit ${digit}, x${factor}, forged into a ${lie}:`, rows, {
    columns: ["the truth", "its low resolution", "the forgery", "its low resolution"],
    captions: [[`a ${digit}`, inPixels(low), outcome(digit, lie, reads(shown)), ""]],
  });
}

// --- the Hedge ---

// One of the ten pictures of the known world, what stands at a `t`, and the errors there against each of
// COURSE.hedge.against: this truth, one drawn anew, all pictures.
function hedged(query, sample) {
  const tensors = here.get("hedge"), { steps } = COURSE.hedge, { data } = tensors.get("measured");
  const [truth, drawn] = ["truth", `sample ${sample}`].map((name) => picturesOf(tensors.get(name))[query]);
  const [y, mean, [spread]] = ["y", "mean", "spread"].map((name) => {
    const all = tensors.get(name).data, size = all.length / DIGITS.length;
    return all.slice(query * size, (query + 1) * size);
  });
  const at = (t) => mean.map((v, i) => v + t * (drawn[i] - v));
  const measured = (t) => data[sample * steps.length + steps.indexOf(t)];
  const errors = (t) => [meanSquare(at(t), truth), spread + meanSquare(at(t), mean), measured(t)];
  return { truth, y, mean, drawn, at, errors };
}

function hedge({ query, t, sample }) {
  const { truth, y, mean, drawn, at, errors } = hedged(query, sample), { steps, against, seen } = COURSE.hedge;
  const now = errors(t), curves = steps.map(errors), [, , least] = errors(0), times = 1 + t ** 2;
  const [mine, random, measured, predicted, mmse] = [...now, times * least, least].map((error) => error.toFixed(4));
  const law = `(1 + t\u00b2) MMSE = ${times.toFixed(2)} x ${mmse} = ${predicted}`;
  const rows = [[`MSE of ${seen.toLocaleString("en")} pictures`, `measured ${measured}, predicted ${law}`]];
  const beside = `against this truth ${mine}, against a random truth ${random}`;
  const marks = Object.entries(against).map(([name, dash], i) =>
    ({ name, dash, curve: curves.map((all) => all[i]), now: now[i] }));
  const found = view([[truth, y, mean, drawn, at(t)]], `A digit ${query}, mean squared error ${beside}:`, rows, {
    columns: ["truth", "low resolution", "mean", `sample ${sample}`, `estimate, t = ${t.toFixed(1)}`],
    side: COURSE.small,
  });
  return { ...found, curves: { t, marks } };
}

// --- draw your own ---

function inReading({ label, share }) {
  return `reads ${label}` + (share < 0.995 ? ` (${Math.round(100 * share)}%)` : "");
}

// The best restoration; `others()` makes the smaller pictures of all others.
function pad({ digit, factor, right, down, file }, strokes) {
  const { engine } = lab, [best] = COURSE.methods.slice(-1);
  const read = (x) => engine.read(x, here.get("reader"));
  const drawn = strokes.length ? centreLikeMnist(drawStrokes(strokes)) : nth({ digit, example: 0 });
  const original = moved(drawn, right, down), low = engine.degrade(original, { factor, file }), truth = read(original);
  const restore = (rung) => engine.clip(restored(rung, low, factor));
  const decibels = (x) => inWords(engine.psnr(x, original)), shown = restore(best);
  const form = file ? "in 8 bit, as in a file; the networks learnt from floats" : "as floats, not clipped";
  const note = `The low resolution: ${inPixels(low)} pixels, ${form}.`;
  function others() {
    const pictures = COURSE.methods.slice(0, -1).map(restore);
    const labels = pictures.map((x, i) => {
      const { label } = read(x), quality = decibels(x).replace(" dB", "");
      return `${COURSE.short[i]} ${quality}` + (label === truth.label ? "" : `, reads ${label}`);
    });
    const cells = [original, ...pictures], captions = ["original", ...labels], half = Math.floor(cells.length / 2);
    const twoRows = (all) => [all.slice(0, half), all.slice(half)];
    const alt = `Other methods: ${captions.join("; ")}.`;
    return { cells: twoRows(cells), captions: twoRows(captions), columns: [], alt, side: COURSE.small };
  }
  const seen = view([[original, engine.clip(low), shown]], `A digit at x${factor}. ${note}`, [], {
    columns: ["original", `low, ${inPixels(low)}`, best],
    captions: [[inReading(truth), "", `${decibels(shown)}, ${inReading(read(shown))}`]],
    side: COURSE.small,
  });
  return { ...seen, note, others };
}

// --- from noise to a digit ---

// The way at one digit, factor and seed, as far as it has been computed; `more()` adds a step and says if there is one.
function flowPath(state) {
  const { engine } = lab, { factor, seed } = state, low = engine.downsample(nth(state), factor), size = SIDE * SIDE;
  const tensors = here.get(`flow_x${factor}`), clue = engine.clues(low, factor, tensors);
  const noise = tensors.get("noises").data.slice(seed * size, (seed + 1) * size);
  const steps = engine.follow(noise, clue, factor, tensors, COURSE.steps);
  const path = { low, path: [], guesses: [] };
  path.mean = engine.clip(engine.toShown(engine.guess(new Float32Array(size), 0, clue, factor, tensors)));
  path.more = () => {
    const { done, value } = steps.next();
    if (done) return false;
    const ended = (x) => (path.path.length < COURSE.steps ? x : engine.settled(x, low, factor));
    const [now, guess] = [value.z, value.guess].map((x) => ended(engine.toShown(x)));
    path.path.push(now);
    path.guesses.push(guess);
    return true;
  };
  return path;
}

function flow({ digit, factor, step, ...state }, { low, path, guesses, mean }) {
  const { engine } = lab, original = nth({ digit, ...state }), at = Math.min(step, path.length - 1);
  const [now, guess] = [path[at], guesses[at]].map(engine.clip), t = 1 - (1 - at / COURSE.steps) ** 2;
  const beneath = [guess, mean].map((shown) => score({ original, shown }));
  const what = `A digit ${digit} at x${factor}, step ${at} of ${COURSE.steps}:`;
  return view([[original, low, now, guess, mean]], what, [], {
    columns: ["original", "low resolution", `t = ${t.toFixed(2)}`, "guess", "mean"],
    captions: [[`a ${digit}`, inPixels(low), at ? "on the way" : "noise", ...beneath]],
    side: COURSE.small,
  });
}

// --- what one small pixel sees, and what SimpleSR sees ---

function footprint(state) {
  const { factor, kernel, antialias, across, down } = state, { engine } = lab, original = nth(state);
  const low = engine.downsample(original, factor, kernel, antialias), enlarged = engine.upsample(low, factor);
  const { data, shape: [high] } = lab.operators.get(`down/${kernel}/${antialias}/${factor}`);
  const [column, row] = [across, down].map((place) => Math.floor(place / factor));
  const weights = original.map((_, i) => data[row * SIDE + Math.floor(i / SIDE)] * data[column * SIDE + (i % SIDE)]);
  const strong = weights.map((v) => v / Math.max(...weights));
  const seen = [...weights.keys()].filter((i) => Math.abs(weights[i]) > 1e-6);
  const [xs, ys] = [seen.map((i) => i % SIDE), seen.map((i) => Math.floor(i / SIDE))];
  const box = [Math.min(...xs), Math.min(...ys), Math.max(...xs) + 1, Math.max(...ys) + 1].map((v) => v / SIDE);
  const size = COURSE.window, reach = (size - 1) / 2;
  const window = Float32Array.from({ length: size ** 2 }, (_, i) => {
    const x = across + (i % size) - reach, y = down + Math.floor(i / size) - reach;
    return x >= 0 && x < SIDE && y >= 0 && y < SIDE ? enlarged[y * SIDE + x] : 0; // as a convolution pads
  });
  const frame = [across - reach, down - reach, across + reach + 1, down + reach + 1].map((v) => v / SIDE);
  const cells = [
    { picture: low, mark: [column, row, column + 1, row + 1].map((v) => v / high), touch: true },
    { picture: original, mark: box, touch: true },
    signed(strong),
    { picture: enlarged, mark: frame, touch: true },
    window,
  ];
  const own = `column ${column + 1}, row ${row + 1}`, sees = `it sees ${seen.length} pixels`;
  const small = `${(size / factor).toFixed(2)} small pixels`;
  return view([cells], `A digit ${state.digit} at x${factor}, ${kernel}:`, [], {
    columns: ["low resolution", "original", "its weights", "enlarged", "in the window"],
    captions: [[own, sees, "blue: below zero", "SimpleSR's window", small]],
    side: COURSE.side,
  });
}
