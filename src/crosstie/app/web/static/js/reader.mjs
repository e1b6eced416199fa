// The reader with script: a claim under the pointer lights its words, and words choose their claim.
const list = document.querySelector("[data-claim-list]");
const marks = [...document.querySelectorAll("mark.said")];

function light(claim, on) {
  for (const mark of marks) {
    if (mark.dataset.claims.split(" ").includes(claim)) mark.classList.toggle("lit", on);
  }
}

for (const line of list?.querySelectorAll("[data-claim]") ?? []) {
  for (const [name, on] of [["mouseenter", true], ["mouseleave", false], ["focus", true], ["blur", false]]) {
    line.addEventListener(name, () => light(line.dataset.claim, on));
  }
}

// A click on marked words opens their claim; on a name in them it opens the name's own page.
document.addEventListener("click", (event) => {
  const mark = event.target.closest("mark.said");
  if (!mark || event.target.closest("a") || !getSelection().isCollapsed) return;
  const claims = mark.dataset.claims.split(" ").filter(Boolean);
  const current = new URLSearchParams(location.search).get("claim");
  const next = claims[(claims.indexOf(current) + 1) % claims.length];
  const line = next && list?.querySelector(`[data-claim="${CSS.escape(next)}"]`);
  if (line && next !== current) line.click();
});

list?.querySelector("[aria-current]")?.scrollIntoView({ block: "nearest" });
const evidence = document.getElementById("evidence");
if (evidence) {
  evidence.scrollIntoView({ block: "center" });
  evidence.focus({ preventScroll: true });
}
