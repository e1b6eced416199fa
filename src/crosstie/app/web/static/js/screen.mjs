// Screening with script: drop a file, count lines, and show in the table which column is what.
const drop = document.querySelector("[data-drop]");
const names = document.getElementById("names");

if (drop) {
  const input = drop.querySelector("input[type='file']");
  const chosen = document.querySelector("[data-chosen]");
  const show = () => {
    const file = input.files[0];
    drop.classList.toggle("full", Boolean(file));
    chosen.textContent = file ? `${file.name}, ${Math.max(1, Math.round(file.size / 1000)).toLocaleString("en")} kB` : "";
  };
  for (const kind of ["dragenter", "dragover"]) {
    drop.addEventListener(kind, (event) => {
      event.preventDefault();
      drop.classList.add("over");
    });
  }
  for (const kind of ["dragleave", "drop"]) drop.addEventListener(kind, () => drop.classList.remove("over"));
  drop.addEventListener("drop", (event) => {
    event.preventDefault();
    if (!event.dataTransfer.files.length) return;
    input.files = event.dataTransfer.files;
    show();
    input.form.requestSubmit();
  });
  // A file dropped beside the box must not take the place of the page.
  for (const kind of ["dragover", "drop"]) window.addEventListener(kind, (event) => event.preventDefault());
  input.addEventListener("change", show);
  show();
}

if (names) {
  const lines = document.querySelector("[data-lines]");
  const count = () => {
    const number = names.value.split("\n").filter((line) => line.trim()).length;
    lines.textContent = number ? `${number.toLocaleString("en")} ${number === 1 ? "name" : "names"}` : "";
  };
  names.addEventListener("input", count);
  count();
}

const preview = document.querySelector("[data-preview]");
if (preview) {
  const choices = [...document.querySelectorAll("[data-column]")];
  const show = () => {
    const taken = new Map();
    for (const choice of choices) {
      if (choice.value === "") continue;
      const label = choice.labels[0].textContent;
      taken.set(Number(choice.value), taken.has(Number(choice.value)) ? `${taken.get(Number(choice.value))}, ${label}` : label);
    }
    for (const row of preview.rows) {
      [...row.cells].forEach((cell, place) => cell.classList.toggle("taken", taken.has(place)));
    }
    for (const said of preview.querySelectorAll("[data-taken]")) said.textContent = taken.get(Number(said.dataset.taken)) ?? "";
  };
  for (const choice of choices) choice.addEventListener("change", show);
  show();
}
