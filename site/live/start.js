// What a page starts with: each explorer when it comes near the window, questions at once.

async function ready() {
  const digits = await load("digits");
  if (lab.engine) return;
  lab.operators = digits;
  lab.images = picturesOf(digits.get("images"));
  lab.places = DIGITS.map(() => []);
  digits.get("labels").data.forEach((label, i) => lab.places[label].push(i));
  lab.engine = engine(COURSE, digits);
}

async function fetched(names) {
  await Promise.all([ready(), ...names.map(async (name) => here.has(name) || here.set(name, await load(name)))]);
}

// Where an explorer starts: as its link says, else the page, else the course.
function firstState(name, spec, place) {
  const first = Object.entries(spec.choices).map(([key, values]) => [key, values[0]]);
  const given = valid(JSON.parse(place.dataset.state || "{}"), spec.choices);
  return { ...Object.fromEntries(first), ...spec.start, ...given, ...fromAddress(name, spec.choices) };
}

// The state after `state` and the one that it `changed` to, if one argument goes on by the same step; else null.
function onwards({ choices }, state, changed) {
  const [[key, value], ...others] = Object.entries(changed), values = choices[key];
  const then = values[2 * values.indexOf(value) - values.indexOf(state[key])];
  return others.length || then === undefined || then === ALL ? null : { ...state, ...changed, [key]: then };
}

// Controls by argument, and the panel that holds them: sliders before checkboxes.
function controlsOf(spec, state, change) {
  const keys = Object.keys(spec.choices).filter((key) => !spec.own?.includes(key));
  const made = (key) => control(key, spec.choices[key], state[key], (value) => change({ [key]: value }));
  const controls = new Map(keys.map((key) => [key, made(key)])), all = [...controls.values()];
  const [sliders, checks] = [false, true].map((check) => all.filter((one) => Boolean(one.check) === check));
  const panel = element("div", { className: "mnist-sr-controls" }, ...sliders.map((one) => one.el));
  if (checks.length) panel.append(element("div", { className: "mnist-sr-checks" }, ...checks.map((one) => one.el)));
  return { controls, panel };
}

// Where an explorer says that it waits, and what failed.
function lifeOf() {
  const waits = element("span", { className: "mnist-sr-drawing", role: "status" });
  const failed = element("p", { className: "mnist-sr-silent" });
  let soon = null;
  function say(waiting, failure) {
    clearTimeout(soon); // what an earlier move waited for nobody wants any more
    waits.textContent = waiting;
    failed.textContent = failure;
    if (failure) failed.setAttribute("role", "alert");
    else failed.removeAttribute("role");
  }
  return {
    el: element("div", { className: "mnist-sr-life" }, waits, failed),
    rest: () => say("", ""),
    fail: (words) => say("", words),
    wait() {
      clearTimeout(soon);
      soon = setTimeout(() => say("loading ...", ""), SOON);
    },
  };
}

// The explorer that `place` names. Replaces what `place` holds once the first picture is there; if it never is, that
// stays, with a sentence that says why.
async function explore(place) {
  const name = place.dataset.explorer, spec = EXPLORERS[name];
  if (!spec) return; // its picture of states stays
  const state = firstState(name, spec, place), life = lifeOf();
  const screen = (spec.screen ?? plainScreen)(spec, state, change, redraw);
  const { controls, panel } = controlsOf(spec, state, change);
  const box = element("div", { className: `mnist-sr mnist-sr-${name}` });
  box.append(...(screen.around?.(panel) ?? [panel, screen.el]), life.el);

  let next = null; // where the same move once more would lead
  function change(changed) {
    if (Object.keys(changed).every((key) => changed[key] === state[key])) return; // a slider that was set says so, too
    next = onwards(spec, state, changed);
    Object.assign(state, changed);
    for (const key of Object.keys(changed)) controls.get(key)?.set(state[key]);
    screen.moved?.(changed);
    toAddress(name, state);
    redraw();
  }

  // At once, so that the picture stands in the next frame; of the moves that follow before it, the last one then.
  let taken = false, later = false; // whether this frame has its picture, and whether that is old by now
  function redraw() {
    later = taken;
    if (taken) return;
    taken = true;
    requestAnimationFrame(() => {
      taken = false;
      if (later) redraw();
      else setTimeout(prepare); // once the frame is painted
    });
    draw().catch((error) => life.fail(`This state can't be drawn. ${error.message}`));
  }

  function prepare() {
    if (taken || !next) return; // moved already, or drawn without a move
    if (spec.files(next).every((file) => here.has(file))) screen.prepare?.(next);
    next = null;
  }

  let turn = 0;
  async function draw() {
    const mine = ++turn, names = spec.files(state);
    if (!lab.engine || !names.every((file) => here.has(file))) {
      life.wait();
      await fetched(names).catch((error) => {
        if (mine === turn) throw error;
      });
      if (mine !== turn) return; // a later move is on its way
    }
    screen.show(state, controls);
    box.dataset.shown = new URLSearchParams(state); // for tests
    life.rest();
  }

  await draw();
  place.replaceChildren(box);
  function follow(address) {
    const linked = fromAddress(name, spec.choices, new URL(address).hash);
    if (Object.keys(linked).length) change(linked);
  }
  follow(location.href); // of while it loaded
  addEventListener("hashchange", ({ newURL }) => follow(newURL)); // not the present one: a drag may pause just now
}

function begin(place) {
  explore(place).catch(({ message }) => {
    const why = `The live explorer doesn't run here: ${message} The picture shows some of its states.`;
    place.append(element("p", { className: "mnist-sr-sentence", role: "note", textContent: why }));
  });
}

// A smooth way, as the site's, would end where the page has loaded.
function scrollToLinked(address) {
  const [name, words] = new URL(address).hash.slice(1).split("?");
  if (words) document.querySelector(`.mnist-sr-live[data-explorer="${name}"]`)?.scrollIntoView({ behavior: "instant" });
}

function start() {
  // First, as answers that open move the rest.
  document.querySelectorAll(".mnist-sr-live[data-question]").forEach(question);
  const near = new IntersectionObserver((entries) => {
    for (const { isIntersecting, target } of entries) {
      if (!isIntersecting) continue;
      near.unobserve(target);
      begin(target);
    }
  }, { rootMargin: "300px" });
  document.querySelectorAll(".mnist-sr-live[data-explorer]").forEach((place) => near.observe(place));
  const [visit] = performance.getEntriesByType("navigation");
  if (visit?.type === "navigate") scrollToLinked(location.href); // who comes back is brought to where they were
  addEventListener("hashchange", ({ newURL }) => scrollToLinked(newURL));
}

if (document.readyState === "loading") addEventListener("DOMContentLoaded", start);
else start();

// For tests and benchmarks: what a page needs no name for.
window.mnistSr = { COURSE, EXPLORERS, KERNELS, engine, load, picturesOf, drawStrokes, centreLikeMnist, lab, here };
