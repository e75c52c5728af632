// Opens what a question's answer is folded into, and writes there what was said: in the notebook's own page, so that
// nothing has to run again. Cells that are not in the page yet are opened when they come.
function render({ model, el }) {
  const opened = new WeakMap(); // each once for each answer: whoever closes one wants it closed
  let root, waiting;
  function open() {
    const said = model.get("said"), seen = model.get("seen") + said;
    if (!seen) return;
    for (const part of root.querySelectorAll(`details.mnist-sr-answer-${model.get("key")}`)) {
      if (opened.get(part) === seen) continue;
      opened.set(part, seen);
      part.open = true;
      part.querySelector(".mnist-sr-hint")?.remove();
      const place = part.querySelector(".mnist-sr-said");
      if (place && said) place.innerHTML = said; // else what was saved with it stays
    }
  }
  const observer = new MutationObserver(open);
  function start() {
    if (!el.isConnected) { waiting = setTimeout(start, 50); return; } // not yet in the page
    root = el.closest(".jp-Notebook") ?? document;
    observer.observe(root === document ? document.body : root, { subtree: true, childList: true });
    model.on("change:said change:seen", open);
    open();
  }
  start();
  return () => { clearTimeout(waiting); observer.disconnect(); model.off("change:said change:seen", open); };
}
export default { render };
