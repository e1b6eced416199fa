// A finding by keyboard: 1 2 3 choose, Enter keeps, j and k go on and back, z takes the last back.
const forms = [...document.querySelectorAll("[data-decide]")];
const typing = (target) => target.closest("input:not([type='radio']), textarea, select, [contenteditable]");

// The match that the reader looks at: the one with the focus, else the first.
const current = () => forms.find((form) => form.closest("article").contains(document.activeElement)) ?? forms[0];

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return;
  if (["1", "2", "3"].includes(event.key) && forms.length) {
    const form = current();
    const choice = form.querySelectorAll("input[type='radio']")[Number(event.key) - 1];
    choice.checked = true;
    const note = form.querySelector("input[name='note']");
    note.focus();
    note.scrollIntoView({ block: "center" });
  } else if (event.key === "z") {
    document.querySelector("[data-undo]")?.click();
  } else {
    const link = document.querySelector(`[data-key="${CSS.escape(event.key)}"]`);
    if (!link) return;
    link.click();
  }
  event.preventDefault();
});
