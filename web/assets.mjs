// Bundle what the pages use from npm into the package's static/vendor, with each licence.
import { build } from "esbuild";
import { copyFile, mkdir, readFile, readdir, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
const modules = join(here, "node_modules");
const target = join(here, "../src/crosstie/app/web/static/vendor");

// Names of lucide icons that the pages use; one file holds them all.
const ICONS = (await readFile(join(here, "icons.txt"), "utf8")).split("\n").filter(Boolean);

const COPIES = {
  "htmx.min.js": "htmx.org/dist/htmx.min.js",
  "maplibre-gl.css": "maplibre-gl/dist/maplibre-gl.css",
  "maplibre-gl-csp-worker.js": "maplibre-gl/dist/maplibre-gl-csp-worker.js",
  "countries-50m.json": "world-atlas/countries-50m.json",
  "inter-latin.woff2": "@fontsource-variable/inter/files/inter-latin-wght-normal.woff2",
  "inter-latin-ext.woff2": "@fontsource-variable/inter/files/inter-latin-ext-wght-normal.woff2",
  "serif-latin.woff2": "@fontsource-variable/source-serif-4/files/source-serif-4-latin-wght-normal.woff2",
  "serif-latin-ext.woff2":
    "@fontsource-variable/source-serif-4/files/source-serif-4-latin-ext-wght-normal.woff2",
};

await rm(target, { recursive: true, force: true });
await mkdir(target, { recursive: true });
for (const [name, source] of Object.entries(COPIES)) {
  await copyFile(join(modules, source), join(target, name));
}
await build({
  entryPoints: ["graph", "map"].map((name) => join(here, "vendor", `${name}.mjs`)),
  bundle: true,
  format: "esm",
  minify: true,
  legalComments: "none",
  outdir: target,
  outExtension: { ".js": ".mjs" },
});
await writeFile(join(target, "icons.svg"), await sprite());
await writeFile(join(target, "LICENCES.txt"), await licences());

async function sprite() {
  const symbols = await Promise.all(
    ICONS.map(async (name) => {
      const svg = await readFile(join(modules, "lucide-static/icons", `${name}.svg`), "utf8");
      const inside = svg.slice(svg.indexOf(">", svg.indexOf("<svg")) + 1, svg.lastIndexOf("</svg>"));
      return `<symbol id="${name}" viewBox="0 0 24 24">${inside.replace(/\s+/g, " ").trim()}</symbol>`;
    }),
  );
  return `<svg xmlns="http://www.w3.org/2000/svg">\n${symbols.join("\n")}\n</svg>\n`;
}

// The licence of every package that was installed for the browser, dependencies included.
async function licences() {
  const lock = JSON.parse(await readFile(join(here, "package-lock.json"), "utf8"));
  const parts = [];
  for (const [path, entry] of Object.entries(lock.packages)) {
    if (!path || entry.dev) continue;
    const folder = join(here, path);
    const file = (await readdir(folder)).find((name) => /^(licen[cs]e|copying)/i.test(name));
    const text = file ? await readFile(join(folder, file), "utf8") : "(the package holds no licence text)";
    const name = path.replace(/^.*node_modules\//, "");
    parts.push(`${name} ${entry.version} (${entry.license ?? "see below"})\n\n${text.trim()}\n`);
  }
  return parts.join(`\n${"-".repeat(72)}\n\n`);
}
