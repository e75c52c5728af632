// A slider on the browser's own range input, which fingers, keyboards and screen readers know already.

const MOST_MARKS = 14;
const BEAT = 800; // milliseconds a value is shown while playing
const THUMB = 20; // pixels, as in panel.css
const OURS = ["ArrowLeft", "ArrowRight", "ArrowUp", "ArrowDown", "Home", "End"];

function make(tag, properties, parent) {
  return parent.appendChild(Object.assign(document.createElement(tag), properties));
}

function render({ model, el }) {
  const labels = model.get("labels");
  const name = model.get("description");
  const last = labels.length - 1;
  const abort = new AbortController();
  const { signal } = abort;
  el.classList.add("mnist-sr-slider");

  make("span", { className: "mnist-sr-name", textContent: name }, el).setAttribute("aria-hidden", "true");
  const input = make("input", { type: "range", min: 0, max: last, step: 1 }, el);
  input.setAttribute("aria-label", name);
  const output = make("output", {}, el);
  output.setAttribute("aria-live", "off"); // the range itself says its value
  const marks = make("div", { className: "mnist-sr-marks" }, el);
  marks.setAttribute("aria-hidden", "true");

  // Each value's place under the middle of the thumb.
  const place = (i) => `calc(${THUMB / 2}px + ${last ? i / last : 0} * (100% - ${THUMB}px))`;
  const words = [];
  if (labels.length <= MOST_MARKS) {
    labels.forEach((text, i) => {
      make("i", {}, marks).style.left = place(i);
      words.push(make("span", { textContent: text, onclick: () => stay(i) }, marks));
    });
  }

  // Where each label stands, once a size: asking in each move would lay the page out anew.
  let boxes = [], every = 1; // of the labels every first, second, third, ... has room
  function measure() {
    const width = marks.clientWidth;
    if (!width) return;
    for (const word of words) {
      word.hidden = false;
      word.classList.add("mnist-sr-chosen"); // which is the wider
    }
    boxes = words.map((word, i) => {
      const half = word.offsetWidth / 2;
      const middle = THUMB / 2 + (last ? i / last : 0) * (width - THUMB);
      return { left: Math.max(0, Math.min(middle - half, width - 2 * half)), width: 2 * half };
    });
    const clash = (box, i) => i % every === 0 && i >= every && !apart(boxes[i - every], box);
    for (every = 1; every <= last && boxes.some(clash); ) every += 1;
    words.forEach((word, i) => (word.style.left = `${boxes[i].left}px`));
    show();
  }
  const apart = (a, b) => Math.max(a.left - b.left - b.width, b.left - a.left - a.width) >= 4;
  const sized = new ResizeObserver(measure);
  sized.observe(marks);

  function show() {
    const index = model.get("index");
    const note = model.get("note");
    input.value = index;
    output.textContent = note || labels[index];
    input.setAttribute("aria-valuetext", note || labels[index]);
    const free = (i) => i % every === 0 && (index % every === 0 || apart(boxes[i], boxes[index]));
    words.forEach((word, i) => {
      word.classList.toggle("mnist-sr-chosen", i === index && !note);
      word.hidden = boxes.length > 0 && i !== index && !free(i); // the chosen one always has its label
    });
  }

  function choose(index) {
    model.set("index", index);
    model.save_changes(); // while the kernel is busy, only the newest state waits
    el.dispatchEvent(new Event("mnist-sr-move", { bubbles: true }));
  }
  function stay(index) {
    pause();
    choose(index);
  }
  input.addEventListener("input", () => stay(Number(input.value)));
  // JupyterLab moves among cells by the arrow keys, and looks at each key first: on the slider these are the slider's.
  const keys = (event) => {
    if (event.target === input) input.toggleAttribute("data-lm-suppress-shortcuts", OURS.includes(event.key));
  };
  window.addEventListener("keydown", keys, { capture: true, signal });

  let beat = null;
  const button = model.get("play") ? make("button", { type: "button", className: "mnist-sr-play" }, el) : null;
  function say() {
    if (!button) return;
    button.textContent = beat ? "Pause" : "Play";
    button.title = beat ? `Stay at this ${name}` : `Step through every ${name}`;
  }
  function pause() {
    clearInterval(beat);
    beat = null;
    say();
  }
  function step() {
    if (!el.isConnected || model.get("index") >= last) return pause();
    choose(model.get("index") + 1);
    if (model.get("index") === last) pause();
  }
  if (button) {
    button.onclick = () => {
      if (beat) return pause();
      beat = setInterval(step, BEAT);
      say();
      choose(model.get("index") === last ? 0 : model.get("index") + 1);
    };
  }

  model.on("change:index", show);
  model.on("change:note", show);
  show();
  say();
  return () => {
    abort.abort();
    clearInterval(beat);
    sized.disconnect();
    model.off("change:index", show);
    model.off("change:note", show);
  };
}

export default { render };
