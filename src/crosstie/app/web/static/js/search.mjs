// The search box as a combobox: arrows move through what is offered, Enter opens it, Escape closes.
const input = document.querySelector("[data-search]");
const offers = document.getElementById("offers");
let chosen = -1;

const options = () => [...offers.querySelectorAll("[role='option']")];

function choose(number) {
  const all = options();
  chosen = all.length ? (number + all.length) % all.length : -1;
  all.forEach((option, place) => option.setAttribute("aria-selected", String(place === chosen)));
  if (chosen < 0) {
    input.removeAttribute("aria-activedescendant");
    return;
  }
  input.setAttribute("aria-activedescendant", all[chosen].id);
  all[chosen].scrollIntoView({ block: "nearest" });
}

function close() {
  offers.replaceChildren();
  input.setAttribute("aria-expanded", "false");
  choose(-1);
}

input.addEventListener("keydown", (event) => {
  if (event.key === "ArrowDown") choose(chosen + 1);
  else if (event.key === "ArrowUp") choose(chosen < 0 ? -1 : chosen - 1);
  // A second Escape empties the box, as browsers do.
  else if (event.key === "Escape" && options().length) close();
  else if (event.key === "Enter" && chosen >= 0) options()[chosen].click();
  else return;
  event.preventDefault();
});

document.body.addEventListener("htmx:afterSwap", (event) => {
  if (event.target !== offers) return;
  chosen = -1;
  input.setAttribute("aria-expanded", String(options().length > 0));
});

document.addEventListener("click", (event) => {
  if (!event.target.closest(".search")) close();
});
