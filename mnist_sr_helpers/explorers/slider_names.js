function name(box) {
  for (const slider of box.querySelectorAll(".widget-slider")) {
    const handle = slider.querySelector(".noUi-handle");
    handle?.setAttribute("aria-label", slider.querySelector(".widget-label").textContent);
    // By itself it is the position among the values.
    handle?.setAttribute("aria-valuetext", slider.querySelector(".widget-readout").textContent);
  }
}
function render({ el }) {
  let waiting;
  const observer = new MutationObserver(() => name(el.closest(".mnist-sr")));
  function start() {
    const box = el.closest(".mnist-sr");
    if (!box) { waiting = setTimeout(start, 50); return; } // not yet in the page
    name(box);
    observer.observe(box, { subtree: true, childList: true, characterData: true });
  }
  start();
  return () => { clearTimeout(waiting); observer.disconnect(); };
}
export default { render };
