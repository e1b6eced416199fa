// What every page can do with script: change the theme, reach the search by a key, copy text.
const root = document.documentElement;
const dark = matchMedia("(prefers-color-scheme: dark)");

function isDark() {
  return root.dataset.theme ? root.dataset.theme === "dark" : dark.matches;
}

for (const button of document.querySelectorAll("[data-theme-toggle]")) {
  const icon = button.querySelector("use");
  const show = () => icon.setAttribute("href", `/static/vendor/icons.svg#${isDark() ? "sun" : "moon"}`);
  button.hidden = false;
  show();
  button.addEventListener("click", () => {
    root.dataset.theme = isDark() ? "light" : "dark";
    try {
      localStorage.setItem("crosstie-theme", root.dataset.theme);
    } catch {
      // The choice holds for this page.
    }
    show();
    document.dispatchEvent(new CustomEvent("crosstie:theme"));
  });
}

document.addEventListener("keydown", (event) => {
  if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.target.closest("input, textarea, select, [contenteditable]")) return;
  const box = [...document.querySelectorAll("[data-shortcut='/']")].find((one) => one.offsetParent);
  if (box) {
    event.preventDefault();
    box.focus();
    box.select();
  }
});

document.addEventListener("click", async (event) => {
  const button = event.target.closest("[data-copy]");
  if (!button) return;
  await navigator.clipboard.writeText(button.dataset.copy);
  button.dataset.done = "";
  setTimeout(() => delete button.dataset.done, 1500);
});

document.addEventListener("click", (event) => {
  if (event.target.closest("[data-print]")) window.print();
});
