// Two pictures, one over the other, and a divider as wide as they are: a range input, which finger, mouse and arrow keys
// move. The kernel needn't hear of it.

const OURS = ["ArrowLeft", "ArrowRight", "ArrowUp", "ArrowDown", "Home", "End"];

function make(tag, properties, parent) {
  return parent.appendChild(Object.assign(document.createElement(tag), properties));
}

function paint(canvas, values) {
  const side = Math.sqrt(values.length), bytes = new Uint8ClampedArray(4 * values.length).fill(255);
  values.forEach((value, i) => bytes.fill(255 * value, 4 * i, 4 * i + 3)); // red, green, blue; opacity stays
  canvas.width = canvas.height = side;
  canvas.getContext("2d").putImageData(new ImageData(bytes, side, side), 0, 0);
}

function render({ model, el }) {
  el.classList.add("mnist-sr-wiped");
  const pictures = make("div", { className: "mnist-sr-divided" }, el);
  const under = make("canvas", {}, pictures);
  const over = make("canvas", { className: "mnist-sr-over" }, pictures);
  make("i", {}, pictures);
  const range = make("input", { type: "range", min: 0, max: 100, step: 1 }, pictures);
  range.setAttribute("aria-label", "divider");
  const below = make("div", { className: "mnist-sr-sides" }, el);
  const captions = [make("p", {}, below), make("p", {}, below)];

  function show() {
    const [left, right] = model.get("sides"), at = model.get("at");
    [left, right].forEach(({ name, words }, i) => {
      captions[i].replaceChildren();
      make("strong", { textContent: name }, captions[i]);
      make("br", {}, captions[i]);
      captions[i].append(words);
    });
    paint(over, left.picture);
    paint(under, right.picture);
    pictures.style.setProperty("--at", `${at}%`);
    range.value = at;
    range.setAttribute("aria-valuetext", `${at}% ${left.name} at the left, ${100 - at}% ${right.name} at the right`);
  }

  range.addEventListener("input", () => model.set("at", Number(range.value)));
  // JupyterLab moves among cells by the arrow keys, and looks at each key first.
  const keys = (event) => {
    if (event.target === range) range.toggleAttribute("data-lm-suppress-shortcuts", OURS.includes(event.key));
  };
  window.addEventListener("keydown", keys, { capture: true });
  model.on("change:sides", show);
  model.on("change:at", show);
  show();
  return () => {
    window.removeEventListener("keydown", keys, { capture: true });
    model.off("change:sides", show);
    model.off("change:at", show);
  };
}

export default { render };
