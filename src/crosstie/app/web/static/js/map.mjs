// The map page: outlines from world-atlas, marks from /api/map/layer.geojson; no tiles, no outside request.
import { feature, maplibregl } from "/static/vendor/map.mjs";
import { flat } from "/static/js/outlines.mjs";

const frame = document.querySelector("[data-map]");
const filters = document.querySelector("[data-map-filters]");
const panel = document.querySelector("[data-map-panel]");
const slider = filters.querySelector("[data-slider]");
const number = filters.querySelector("[data-year-number]");
maplibregl.setWorkerUrl("/static/vendor/maplibre-gl-csp-worker.js");

const colour = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
const MECHANISMS = ["ownership", "supply", "joint_research", "technology_transfer", "talent", "finance", "governance", "overseas_presence", "agreement", "dispute"];
const byMechanism = () => ["match", ["get", "mechanism"], ...MECHANISMS.flatMap((id) => [id, colour(`--m-${id}`)]), colour("--accent")];

function query() {
  const words = new URLSearchParams(new FormData(filters));
  words.delete("slider");
  for (const [key, value] of [...words]) if (!value) words.delete(key);
  return words;
}

const layer = async () => (await fetch(`${frame.dataset.map}?${query()}`)).json();
const outlines = await (await fetch("/static/vendor/countries-50m.json")).json();
const countries = flat(feature(outlines, outlines.objects.countries));
const marks = await layer();

const map = new maplibregl.Map({
  container: "map", attributionControl: false, dragRotate: false, pitchWithRotate: false, touchPitch: false, renderWorldCopies: true, minZoom: 0.4, maxZoom: 6, center: [25, 18], zoom: Math.max(0.4, Math.log2(frame.clientWidth / 560)),
  style: {
    version: 8, sources: { countries: { type: "geojson", data: countries }, marks: { type: "geojson", data: marks } },
    layers: [
      { id: "sea", type: "background", paint: { "background-color": colour("--sunken") } },
      { id: "land", type: "fill", source: "countries", paint: { "fill-color": colour("--surface") } },
      { id: "borders", type: "line", source: "countries", paint: { "line-color": colour("--line-strong"), "line-width": 0.6 } },
      { id: "marks", type: "circle", source: "marks", paint: { "circle-radius": ["interpolate", ["linear"], ["sqrt", ["get", "ties"]], 1, 7, 3, 14, 10, 30], "circle-color": byMechanism(), "circle-opacity": 0.82, "circle-stroke-width": 1.5, "circle-stroke-color": colour("--surface") } },
    ],
  },
});
frame.dataset.ready = "";
map.resize();
map.addControl(new maplibregl.NavigationControl({ showCompass: false }), "bottom-left");
map.keyboard.enable();

function paint() {
  map.setPaintProperty("sea", "background-color", colour("--sunken"));
  map.setPaintProperty("land", "fill-color", colour("--surface"));
  map.setPaintProperty("borders", "line-color", colour("--line-strong"));
  map.setPaintProperty("marks", "circle-color", byMechanism());
  map.setPaintProperty("marks", "circle-stroke-color", colour("--surface"));
}

// The panel shows what the table below holds for the country: one place that is right.
function open(code) {
  const row = document.querySelector(`[data-country-row="${CSS.escape(code)}"]`);
  if (!row) return;
  const title = document.createElement("h2");
  title.textContent = row.querySelector(".country-name").textContent;
  const close = document.createElement("button");
  close.className = "quiet close";
  close.type = "button";
  close.textContent = "×";
  close.setAttribute("aria-label", "Close");
  close.addEventListener("click", () => { panel.hidden = true; });
  panel.replaceChildren(close, title, row.querySelector("ul").cloneNode(true));
  panel.hidden = false;
}

const tip = new maplibregl.Popup({ closeButton: false, closeOnClick: false, className: "map-tip", offset: 12 });
map.on("mousemove", "marks", ({ features: [mark], lngLat }) => {
  map.getCanvas().style.cursor = "pointer";
  tip.setLngLat(lngLat).setText(`${mark.properties.name}: ${mark.properties.ties} ${mark.properties.ties === 1 ? "tie" : "ties"}`).addTo(map);
});
map.on("mouseleave", "marks", () => { map.getCanvas().style.cursor = ""; tip.remove(); });
map.on("click", "marks", ({ features: [mark] }) => open(mark.properties.country ?? ""));

// Filters change the marks at once, and the table with them; the address keeps them.
let turn = 0;
async function refresh() {
  const mine = ++turn;
  const words = query();
  const [data, text] = await Promise.all([layer(), (await fetch(`/map?${words}`, { headers: { accept: "text/html" } })).text()]);
  if (mine !== turn) return;
  map.getSource("marks").setData(data);
  const fresh = new DOMParser().parseFromString(text, "text/html").getElementById("table");
  document.getElementById("table").replaceWith(fresh);
  history.replaceState(null, "", `/map?${words}`);
  frame.dataset.marks = String(data.features.length);
  panel.hidden = true;
}

if (slider) {
  filters.querySelector("[data-all-years]").textContent = "All years";
  slider.hidden = false;
  number.type = "hidden";
  let wait;
  slider.addEventListener("input", () => {
    number.value = slider.value;
    filters.querySelector("[data-year]").textContent = slider.value;
    clearTimeout(wait);
    wait = setTimeout(refresh, 120);
  });
  const box = filters.querySelector("[data-undated-box]");
  box.addEventListener("change", () => { filters.querySelector("[data-undated]").value = box.checked ? "yes" : "no"; refresh(); });
}
filters.addEventListener("change", (event) => { if (event.target.tagName === "SELECT") event.target.name === "home" ? filters.submit() : refresh(); });
filters.addEventListener("submit", (event) => { event.preventDefault(); if (number) { number.value = ""; filters.querySelector("[data-year]").textContent = "any"; } refresh(); });
document.addEventListener("crosstie:theme", paint);
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", paint);
map.on("load", () => { frame.dataset.marks = String(marks.features.length); if (frame.dataset.country) open(frame.dataset.country); });
// For tests: where the map looks.
frame.map = map;
