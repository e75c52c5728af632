// Opens what a question's answer is folded into, and writes there what was said: in the notebook's own page, so that
// nothing has to run again. Cells that are not in the page yet are opened when they come.
function render({ model, el }) {
  const opened = new WeakMap(); // each once for each answer: whoever closes one wants it closed
  let root, waiting;
  function open() {
    const said = model.get("said");
    if (!said) return;
    for (const part of root.querySelectorAll(`details.mnist-sr-answer-${model.get("key")}`)) {
      if (opened.get(part) === said) continue;
      opened.set(part, said);
      part.open = true;
      part.querySelector(".mnist-sr-hint")?.remove();
      const place = part.querySelector(".mnist-sr-said");
      if (place) place.innerHTML = said;
    }
  }
  const observer = new MutationObserver(open);
  function start() {
    if (!el.isConnected) { waiting = setTimeout(start, 50); return; } // not yet in the page
    root = el.closest(".jp-Notebook") ?? document;
    observer.observe(root === document ? document.body : root, { subtree: true, childList: true });
    model.on("change:said", open);
    open();
  }
  start();
  return () => { clearTimeout(waiting); observer.disconnect(); model.off("change:said", open); };
}
export default { render };
