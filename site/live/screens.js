// Screens that are more than a grid: touched pictures, the wipe, the drawing field, the way from noise.

// Pictures whose pixels can be pointed at: a finger or the mouse sets `across` and `down`, as the sliders do.
function touchScreen(spec, state, change) {
  const screen = plainScreen(spec), { el } = screen;
  let touched = -1; // which of the pictures, while a pointer is down
  const pictures = () => [...el.querySelectorAll(".mnist-sr-touch")];
  const move = ({ clientX, clientY }) => {
    const box = pictures()[touched].getBoundingClientRect();
    const pixel = (share) => Math.min(SIDE - 1, Math.max(0, Math.floor(share * SIDE)));
    change({ across: pixel((clientX - box.left) / box.width), down: pixel((clientY - box.top) / box.height) });
  };
  el.addEventListener("pointerdown", (event) => {
    if (!event.isPrimary || event.button !== 0) return;
    touched = pictures().indexOf(event.target.closest(".mnist-sr-touch"));
    if (touched < 0) return;
    event.preventDefault();
    el.setPointerCapture(event.pointerId); // what was touched is drawn anew, the screen stays
    move(event);
  });
  el.addEventListener("pointermove", (event) => {
    if (!event.buttons) touched = -1; // a menu took the word that they were let go
    if (touched >= 0 && event.isPrimary) move(event);
  });
  for (const end of ["pointerup", "pointercancel"]) {
    el.addEventListener(end, (event) => event.isPrimary && (touched = -1));
  }
  return screen;
}

// One picture over the other, as explorers/wipe.js divides them.
function wipe(state) {
  const original = nth(state), { factor, digit } = state, low = lab.engine.downsample(original, factor);
  return [state.left, state.right].map((name) => {
    if (name === "original") return { name, picture: original, words: `a ${digit}` };
    if (name === "low resolution") return { name, picture: lab.engine.clip(low), words: inPixels(low) };
    const shown = lab.engine.clip(restored(name, low, factor));
    return { name, picture: shown, words: score({ original, shown }) };
  });
}

function wipeScreen(spec, state, change) {
  const el = element("div"), nothing = { name: "", words: "", picture: new Float32Array(1) };
  const model = modelOf({ sides: [nothing, nothing], at: state.at });
  divided({ model, el });
  model.on("change:at", () => change({ at: model.get("at") }));
  let shown = "";
  return {
    el,
    show() {
      model.set("at", state.at);
      const wanted = JSON.stringify({ ...state, at: 0 }); // the divider changes no picture
      if (wanted !== shown) model.set("sides", spec.show(state));
      shown = wanted;
    },
  };
}

const HINT = "Draw a digit on the field. By keyboard, choose a sample digit: it takes the drawing's place.";

// The drawing field, the best restoration beside it at once, all others in the next pause.
function padScreen(spec, state, change, redraw) {
  const model = modelOf({ strokes: [], side: COURSE.field, pen: COURSE.pen });
  const clear = () => model.get("strokes").length && model.set("strokes", []);
  const [field, main, note, rest] = ["div", "div", "p", "div"].map((tag) => element(tag));
  drawingField({ model, el: field });
  model.on("change:strokes", redraw);
  const words = "Other methods: PSNR in dB, and what the classifier reads where it is not as in the original.";
  const others = element("div", { className: "mnist-sr-others" }, note, element("p", { textContent: words }), rest);
  const el = element("div", { className: "widget-html" }, element("div", { className: "mnist-sr-view" }, main, others));
  let turn = 0;
  return {
    el,
    around(panel) {
      const button = { type: "button", textContent: "Clear", title: "Remove the drawing", onclick: clear };
      panel.querySelector(".mnist-sr-checks").append(element("button", button));
      const left = element("div", { className: "mnist-sr-left" }, field, element("p", { textContent: HINT }), panel);
      return [element("div", { className: "widget-hbox" }, left, el)];
    },
    moved: (changed) => "digit" in changed && clear(), // the sample digit takes the drawing's place
    show(_, controls) {
      const strokes = model.get("strokes"), seen = spec.show(state, strokes);
      controls.get("digit").note(strokes.length ? "drawn" : "");
      put(main, pictureOf(seen));
      note.textContent = seen.note;
      const mine = ++turn, fill = () => mine === turn && put(rest, gridOf(seen.others()));
      if (rest.firstChild) requestAnimationFrame(() => setTimeout(fill)); // after the frame with the best one
      else fill(); // the first time, so that nothing moves
    },
  };
}

// Each step of the way is shown as it comes, up to the chosen one; that one alone to whoever wants less motion.
function flowScreen(spec, state, change, redraw) {
  let of = "", path = null;
  const screen = plainScreen({ show: (now) => spec.show(now, path) });
  const advance = (mine) => {
    if (mine !== of || !path.more()) return; // another digit is under way, or this one is done
    if (path.path.length <= state.step + 1) redraw();
    requestAnimationFrame(() => advance(mine));
  };
  return {
    el: screen.el,
    show(now) {
      const wanted = [now.digit, now.example, now.factor, now.seed].join();
      if (wanted !== of) {
        of = wanted;
        path = flowPath(now);
        path.more();
        if (matchMedia("(prefers-reduced-motion: reduce)").matches) while (path.path.length <= now.step) path.more();
        requestAnimationFrame(() => advance(wanted));
      }
      screen.show(now);
    },
  };
}
