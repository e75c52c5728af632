// What scrolls sideways takes the focus, so that arrow keys reach all of it.
function focusable() {
  for (const box of document.querySelectorAll("article :is(pre, .table-wrapper, .mnist-sr-table, .mnist-sr-formula)")) {
    if (box.scrollWidth > box.clientWidth) box.tabIndex = 0;
    else box.removeAttribute("tabindex");
  }
}
addEventListener("resize", focusable);
document.addEventListener("toggle", focusable, true);
focusable();
