// A field to draw on: strokes as lists of [x, y] from 0 to 1, kept in the model, which sends them to the kernel.

const LABEL =
  "Drawing field: draw a digit with the mouse, a pen or a finger. Backspace takes the last stroke back. " +
  "Without drawing, the slider digit chooses a sample.";

function render({ model, el }) {
  const side = model.get("side");
  const canvas = document.createElement("canvas");
  const scale = window.devicePixelRatio || 1;
  canvas.width = canvas.height = side * scale;
  canvas.style.width = canvas.style.height = `min(${side}px, 42vh)`; // with the pictures in view in a low window
  canvas.style.border = "1px solid #767676"; // the field ends somewhere on dark pages, too
  canvas.style.margin = "5px"; // room for the focus ring
  canvas.style.cursor = "crosshair";
  canvas.style.touchAction = "none"; // a finger draws, it doesn't scroll
  canvas.tabIndex = 0;
  canvas.setAttribute("role", "img");
  canvas.setAttribute("aria-label", LABEL);
  el.append(canvas);

  const ink = canvas.getContext("2d");
  ink.scale(canvas.width, canvas.width); // from here on the field is 1 wide
  ink.lineCap = ink.lineJoin = "round";

  function paint() {
    ink.fillStyle = "black";
    ink.fillRect(0, 0, 1, 1);
    ink.strokeStyle = "white";
    ink.lineWidth = model.get("pen");
    for (const stroke of model.get("strokes")) {
      ink.beginPath();
      ink.moveTo(stroke[0][0] - 1e-4, stroke[0][1]); // so that a single point becomes a dot
      for (const point of stroke) ink.lineTo(...point);
      ink.stroke();
    }
  }

  function change(strokes) {
    model.set("strokes", strokes);
    model.save_changes(); // while the kernel is busy, only the newest state waits
    el.dispatchEvent(new Event("mnist-sr-move", { bubbles: true }));
  }

  function place(event) {
    const box = canvas.getBoundingClientRect();
    const within = (value) => Math.round(Math.min(1, Math.max(0, value)) * 1e4) / 1e4;
    return [within((event.clientX - box.left) / box.width), within((event.clientY - box.top) / box.height)];
  }

  let drawing = false;
  canvas.addEventListener("pointerdown", (event) => {
    if (!event.isPrimary || event.button !== 0) return;
    event.preventDefault(); // no text selection, no dragging of the cell
    canvas.focus({ preventScroll: true });
    canvas.setPointerCapture(event.pointerId);
    drawing = true;
    change([...model.get("strokes"), [place(event)]]);
  });
  canvas.addEventListener("pointermove", (event) => {
    if (!event.isPrimary) return;
    if (!event.buttons) drawing = false; // a menu took the word that they were let go
    if (!drawing) return;
    const strokes = model.get("strokes");
    const last = strokes.length ? strokes[strokes.length - 1] : []; // none if the kernel cleared them meanwhile
    change([...strokes.slice(0, -1), [...last, place(event)]]);
  });
  for (const end of ["pointerup", "pointercancel"]) {
    canvas.addEventListener(end, (event) => {
      if (event.isPrimary) drawing = false;
    });
  }
  canvas.addEventListener("keydown", (event) => {
    if (event.key !== "Backspace" || event.ctrlKey || event.altKey || event.metaKey) return;
    event.preventDefault();
    drawing = false; // or the stroke under way would go on at the end of the one before
    change(model.get("strokes").slice(0, -1));
  });

  const clear = () => change([]); // the kernel's word to clear: sent back, so that it overtakes strokes on their way
  model.on("msg:custom", clear);
  model.on("change:strokes", paint);
  paint();
  return () => {
    model.off("msg:custom", clear);
    model.off("change:strokes", paint);
  };
}

export default { render };
