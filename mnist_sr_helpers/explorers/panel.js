// Says in words what becomes of a move: "drawing ..." when it takes a while, and when the kernel doesn't answer.

const SOON = 300;
const LATE = 5000; // milliseconds
const SILENT =
  "The kernel doesn't answer: it is busy with another cell, or was restarted or stopped, and then what you see here " +
  "is old. After a restart, choose Run > Run All Cells, or press Shift+Enter in this cell.";

function render({ model, el }) {
  el.classList.add("mnist-sr-life");
  const drawing = el.appendChild(document.createElement("span"));
  const silent = el.appendChild(document.createElement("p"));
  drawing.className = "mnist-sr-drawing";
  silent.className = "mnist-sr-silent";
  drawing.setAttribute("role", "status");

  function tell(words) {
    silent.textContent = words;
    if (words) silent.setAttribute("role", "alert");
    else silent.removeAttribute("role");
  }

  // Messages are answered in their order: once this question is, so is the move before it.
  let waiting = null; // the timers of the question that is under way
  let moved = false; // again, meanwhile
  function ask() {
    moved = Boolean(waiting);
    if (waiting) return;
    waiting = [
      setTimeout(() => (drawing.textContent = "drawing ..."), SOON),
      setTimeout(() => {
        waiting = null; // the next move asks again
        drawing.textContent = "";
        tell(SILENT);
      }, LATE),
    ];
    model.send("there?");
  }
  function answered() {
    waiting?.forEach(clearTimeout);
    waiting = null;
    if (moved) return ask();
    drawing.textContent = "";
    tell("");
  }
  model.on("msg:custom", answered);

  let box = null, frame = 0;
  const again = (event) => event.detail > 1 && event.target.closest(".jupyter-button") && event.stopPropagation(); // a double click's second
  const press = (event) => event.target.closest("button, input:not(.mnist-sr-divided *)") && ask(); // the divider asks nobody
  function start() {
    box = el.closest(".mnist-sr");
    if (!box) return (frame = requestAnimationFrame(start)); // not yet in the page
    box.setAttribute("role", "group");
    box.setAttribute("aria-label", model.get("name"));
    // What stays, as its words change: a status that is new with its words, few screen readers would read out.
    box.querySelectorAll(".mnist-sr-says").forEach((said) => said.setAttribute("role", "status"));
    box.addEventListener("click", again, true);
    box.addEventListener("mnist-sr-move", ask); // a slider's or the drawing field's
    box.addEventListener("click", press);
  }
  start();
  return () => {
    cancelAnimationFrame(frame);
    waiting?.forEach(clearTimeout);
    model.off("msg:custom", answered);
    box?.removeEventListener("mnist-sr-move", ask);
    box?.removeEventListener("click", press);
    box?.removeEventListener("click", again, true);
  };
}

export default { render };
