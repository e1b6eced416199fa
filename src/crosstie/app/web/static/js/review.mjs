// Review by keyboard: a key presses the button or opens the link that lists it in `data-keys`.
const typing = (target) => target.closest("input, textarea, select, [contenteditable]");

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (typing(event.target)) {
    // Out of the reason and back to the keys.
    if (event.key === "Escape") event.target.blur();
    if (event.key === "Enter" && event.target.closest(".review-form")) {
      event.preventDefault();
      event.target.blur();
    }
    return;
  }
  const box = document.querySelector(`[data-focus="${CSS.escape(event.key)}"]`);
  const control = [...document.querySelectorAll("[data-keys]")].find((one) => one.dataset.keys.split(" ").includes(event.key));
  if (!box && !control) return;
  event.preventDefault();
  if (box) box.focus();
  else control.click();
});
