// The explorers: controls, the address, and a screen that shows the view of the chosen state.

const ALL = "all";
const SOON = 300; // milliseconds until waiting is worth a word
const FRAME = 16; // milliseconds from one to the next, nearly
const PAUSE = 150; // milliseconds without a move until the address follows
const range = (from, to) => Array.from({ length: to - from + 1 }, (_, i) => from + i);
const [DIGITS, EXAMPLES, LARGE] = [range(0, 9), range(0, 99), COURSE.factors.slice(1)];
const factorsOf = (state) => (state.factor === ALL ? LARGE : [state.factor]);

// choices: each argument with its values, the first of which is the start unless `start` says otherwise; `files`: what
// a state needs; `show(state)`: its view. `screen` makes another screen than a grid with numbers below; `own` names
// arguments that it has controls of its own for.
const EXPLORERS = {
  degradation: {
    choices: {
      digit: DIGITS, example: EXAMPLES, factor: [...COURSE.factors, ALL], kernel: COURSE.kernels,
      antialias: [true, false], file: [false, true],
    },
    start: { digit: 5, factor: 2, kernel: "bicubic" },
    files: () => ["reader"],
    show: degradation,
  },
  model: {
    choices: { digit: DIGITS, example: EXAMPLES, factor: [...COURSE.factors, ALL], model: COURSE.models },
    start: { digit: 5, factor: 2, model: "article, enlarge last" },
    files: (state) => ["reader", ...filesOf([state.model], factorsOf(state))],
    show: (state) => atFactor(byRung(state, state.model), state.factor, state.model),
  },
  ladder: {
    choices: { digit: DIGITS, example: EXAMPLES, factor: [...LARGE, ALL], rung: COURSE.shown },
    start: { digit: 7, factor: 7, rung: "EDSR-like" },
    files: (state) => ["reader", ...filesOf([state.rung], factorsOf(state))],
    show: (state) => atFactor(byRung(state, state.rung), state.factor, state.rung),
  },
  mismatch: {
    choices: {
      digit: DIGITS, example: EXAMPLES, train: COURSE.mismatch.trainings, test: Object.keys(COURSE.mismatch.ways),
    },
    start: { digit: 5, train: "bicubic", test: "bicubic, 8 bit" },
    files: () => ["reader", "mismatch"],
    show: mismatch,
  },
  front: {
    choices: { factor: COURSE.factors, digit: DIGITS },
    start: { digit: 5, factor: 4 },
    files: (state) => filesOf(COURSE.methods.slice(-1), [state.factor]),
    show: (state) => front({ example: 0, ...state }),
  },
  footprint: {
    choices: {
      across: range(0, SIDE - 1), down: range(0, SIDE - 1), factor: LARGE, kernel: COURSE.kernels, digit: DIGITS,
      example: EXAMPLES, antialias: [true, false],
    },
    start: { across: 13, down: 13, factor: 4, kernel: "bicubic", digit: 5 },
    files: () => [],
    show: footprint,
    screen: touchScreen,
  },
  wipe: {
    choices: {
      digit: DIGITS, example: EXAMPLES, factor: LARGE, left: COURSE.sides, right: COURSE.sides, at: range(0, 100),
    },
    start: { ...COURSE.starts.wipe, at: 50 },
    own: ["at"],
    files: (state) => ["reader", ...filesOf([state.left, state.right], [state.factor])],
    show: wipe,
    screen: wipeScreen,
  },
  pad: {
    choices: {
      digit: DIGITS, factor: COURSE.factors, right: COURSE.shifts, down: COURSE.shifts, file: [false, true],
    },
    start: COURSE.starts.pad,
    files: (state) => ["reader", ...filesOf(COURSE.methods, [state.factor])],
    show: pad,
    screen: padScreen,
  },
  forger: {
    choices: { digit: DIGITS, example: EXAMPLES, lie: DIGITS, factor: [...LARGE, ALL] },
    start: { digit: 5, lie: 3, factor: 2 },
    files: () => ["reader", "train"],
    show: forger,
  },
  hedge: {
    choices: { query: DIGITS, t: COURSE.hedge.steps, sample: COURSE.hedge.samples },
    start: { query: 4 },
    files: () => ["hedge"],
    show: hedge,
  },
  flow: {
    choices: {
      digit: DIGITS, example: EXAMPLES, factor: Object.keys(COURSE.spreads).map(Number), seed: COURSE.noises,
      step: range(0, COURSE.steps),
    },
    start: { step: 4 },
    files: (state) => ["reader", `flow_x${state.factor}`],
    show: flow,
    screen: flowScreen,
  },
};

// An element with properties, and what stands in it. Its role and label are attributes: some browsers of 2023 have no
// such properties.
function element(tag, { role, ariaLabel, ...properties } = {}, ...inside) {
  const made = Object.assign(document.createElement(tag), properties);
  if (role) made.setAttribute("role", role);
  if (ariaLabel) made.setAttribute("aria-label", ariaLabel);
  made.append(...inside);
  return made;
}

// --- pictures ---

function paint(canvas) {
  const { picture } = canvas, { signed } = picture, values = signed ?? picture, side = Math.sqrt(values.length);
  const bytes = new Uint8ClampedArray(4 * values.length); // red, green, blue, opacity
  for (let i = 0; i < values.length; i++) {
    const colour = values[i] > 0 ? COURSE.above : COURSE.below, light = Math.sqrt(Math.abs(values[i])); // as in grid.py
    for (let c = 0; c < 3; c++) bytes[4 * i + c] = 255 * (signed ? light * colour[c] : values[i]);
    bytes[4 * i + 3] = 255;
  }
  if (canvas.width !== side) canvas.width = canvas.height = side;
  canvas.getContext("2d").putImageData(new ImageData(bytes, side, side), 0, 0);
}

// A cell's picture, with a frame around the part that its mark names.
function drawn(cell) {
  const canvas = element("canvas", { picture: cell.picture ?? cell }), { mark, touch } = cell;
  if (!mark) return canvas;
  const [left, top, right, bottom] = mark.map((share) => 100 * Math.min(1, Math.max(0, share)));
  const frame = element("i", { className: "mnist-sr-mark" });
  frame.style.cssText = `left:${left}%;top:${top}%;width:${right - left}%;height:${bottom - top}%`;
  return element("b", { className: "mnist-sr-cell" + (touch ? " mnist-sr-touch" : "") }, canvas, frame);
}

// What grid.html makes in notebooks, of a view.
function gridOf({ cells, columns, captions, side, alt }) {
  const count = cells[0].length, fold = cells.length === 1 && count > 3;
  const inner = element("div", { className: fold ? "fold" : "" });
  const text = (words, below) => element("span", { className: below ? "below" : "", textContent: words ?? "" });
  inner.style.cssText = `--side:${side}px;--left:0`;
  if (!fold && columns.length) inner.append(text(""), ...columns.map((head) => text(head)));
  cells.forEach((row, i) => {
    if (!fold) inner.append(text(""));
    row.forEach((cell, j) => {
      inner.append(element("div", {}, ...(fold ? [text(columns[j])] : []), drawn(cell), text(captions[i][j], true)));
    });
  });
  const outer = element("div", { className: "mnist-sr-grid", role: "img", ariaLabel: alt }, inner);
  outer.style.cssText =
    `--columns:${count};--rows:${cells.length};--labels:0;container-type:inline-size;` +
    `max-width:100%;width:${(side + 13) * count}px`;
  return outer;
}

function pictureOf(seen) {
  const tall = seen.cells.length > 1 ? " mnist-sr-tall" : "";
  return element("div", { className: `mnist-sr-picture${tall}` }, gridOf(seen));
}

function numbersOf(rows) {
  const pairs = rows.map(([name, words]) =>
    element("div", {}, element("dt", { textContent: name }), element("dd", { textContent: words })));
  return pairs.length ? [element("dl", { className: "mnist-sr-numbers" }, ...pairs)] : [];
}

// Puts `wanted` where `place` has something. What differs from it in words and pixels alone stays, changed: laying out
// and painting a new one takes as long as a network.
function put(place, ...wanted) {
  const now = [...place.children];
  if (now.length !== wanted.length) place.replaceChildren(...wanted);
  else now.forEach((one, i) => become(one, wanted[i]));
  place.querySelectorAll(".mnist-sr-grid canvas").forEach(paint);
}

function become(old, wanted) {
  const [now, then] = [[...old.children], [...wanted.children]];
  if (old.tagName !== wanted.tagName || now.length !== then.length || old.tagName === "svg") {
    old.replaceWith(wanted);
    return;
  }
  for (const { name, value } of wanted.attributes) {
    if (old.getAttribute(name) !== value) old.setAttribute(name, value);
  }
  if (wanted.picture) old.picture = wanted.picture;
  if (!then.length && old.textContent !== wanted.textContent) old.textContent = wanted.textContent;
  now.forEach((child, i) => become(child, then[i]));
}

// --- controls ---

// What slider.js and pad_canvas.js ask of a widget's model, without a kernel behind it.
function modelOf(values) {
  const listeners = {};
  return {
    get: (name) => values[name],
    set(name, value) {
      const changed = values[name] !== value;
      values[name] = value;
      if (changed) (listeners[`change:${name}`] ?? []).forEach((listener) => listener());
    },
    on: (event, listener) => (listeners[event] ??= []).push(listener),
    off() {},
    save_changes() {},
  };
}

function named(name, value) {
  if (name === "t") return value.toFixed(1);
  return name === "factor" && value !== ALL ? `x${value}` : String(value).replaceAll("_", " ");
}

// A checkbox for true and false, else the course's slider: {el, set(value)}.
function control(name, values, value, choose) {
  if (typeof values[0] === "boolean") {
    const box = element("input", { type: "checkbox", checked: value, onchange: () => choose(box.checked) });
    const label = element("label", {}, box, name === "file" ? "as a file (8 bit)" : name);
    const el = element("div", { className: "widget-checkbox" }, label);
    return { el, check: true, set: (wanted) => (box.checked = wanted) };
  }
  const model = modelOf({
    labels: values.map((one) => named(name, one)), description: name, index: values.indexOf(value), note: "",
    play: COURSE.played.includes(name),
  });
  const el = element("div");
  slider({ model, el });
  model.on("change:index", () => choose(values[model.get("index")]));
  return { el, set: (wanted) => model.set("index", values.indexOf(wanted)), note: (words) => model.set("note", words) };
}

// --- the address: #name?argument=value&... ---

let pausing = null;

function fromAddress(name, choices, hash = location.hash) {
  const [where, words] = hash.slice(1).split("?");
  const given = where === name && words ? [...new URLSearchParams(words)] : [];
  return valid(Object.fromEntries(given), choices);
}

// Of what was given only arguments and values that there are.
function valid(given, choices) {
  const chosen = Object.entries(choices).map(([name, values]) =>
    [name, values.find((value) => Object.hasOwn(given, name) && String(value) === String(given[name]))]);
  return Object.fromEntries(chosen.filter(([, value]) => value !== undefined));
}

// Written once a drag pauses: browsers bear some 20 changes a second.
function toAddress(name, state) {
  clearTimeout(pausing);
  pausing = setTimeout(() => {
    try {
      history.replaceState(history.state, "", `#${name}?${new URLSearchParams(state)}`);
    } catch {
      // a browser that forbids it from file://: the link is missing, all else works
    }
  }, PAUSE);
}

// --- screens ---

function plainScreen(spec) {
  const el = element("div");
  let ahead = {}, took = Infinity; // a state, as text, and its view; milliseconds that the last view took
  function made(state) {
    const begun = performance.now(), seen = spec.show(state);
    took = performance.now() - begun;
    return seen;
  }
  return {
    el,
    // For what a move may ask for next, if the last one took less than a frame: another move waits hardly longer.
    prepare(state) {
      if (took < FRAME) ahead = { words: JSON.stringify(state), seen: made(state) };
    },
    show(state) {
      const seen = ahead.words === JSON.stringify(state) ? ahead.seen : made(state);
      const pictures = element("div", { className: "mnist-sr-view" }, pictureOf(seen), ...curvesOf(seen.curves));
      put(el, pictures, ...numbersOf(seen.rows));
    },
  };
}
