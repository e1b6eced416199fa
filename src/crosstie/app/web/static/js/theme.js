// Before the page is painted: what the reader chose, if anything; else the machine decides.
try {
  const chosen = localStorage.getItem("crosstie-theme");
  if (chosen === "light" || chosen === "dark") document.documentElement.dataset.theme = chosen;
} catch {
  // A browser that keeps nothing follows the machine.
}
