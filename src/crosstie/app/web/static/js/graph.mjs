// The graph page: sigma draws, graphology holds. All that is shown comes from /api/graph.
import { Graph, Sigma, forceAtlas2 } from "/static/vendor/graph.mjs";

const root = document.querySelector("[data-graph]");
const part = (name) => root.querySelector(`[data-${name}]`);
const graph = new Graph({ multi: true, type: "directed" });
const shown = { mechanisms: new Set(), hidden: new Set(), pinned: new Set() };
const words = new URLSearchParams(root.dataset.query);
let chosen = null;
let focused = false;
let hovered = null;
let near = new Set();
const LONGEST = 30;

const style = getComputedStyle(document.documentElement);
const colour = (name) => style.getPropertyValue(name).trim();
let palette = read();

function read() {
  const tiers = ["ecosystem", "priorities", "foundation"].map((tier) => [tier, colour(`--${tier}`)]);
  return {
    tiers: Object.fromEntries(tiers),
    ink: colour("--ink"),
    surface: colour("--surface"),
    faint: colour("--faint"),
    line: colour("--line"),
    mechanism: (id) => colour(`--m-${id}`) || colour("--faint"),
  };
}

async function ask(address) {
  const reply = await fetch(address, { headers: { accept: "application/json" } });
  const body = await reply.json();
  if (!reply.ok) throw new Error([body.detail, body.remedy].filter(Boolean).join("; "));
  return body;
}

// A long name would lie across its neighbours; the panel gives it whole.
const short = (name) => (name.length > LONGEST ? `${name.slice(0, LONGEST - 1).trimEnd()}…` : name);

// New nodes appear near the one that they were reached from, so that nothing jumps.
function take(picture, around) {
  const centre = around && graph.hasNode(around) ? graph.getNodeAttributes(around) : { x: 0, y: 0 };
  picture.nodes.forEach(({ entity, ties, anchor }, place) => {
    if (graph.hasNode(entity.id)) return;
    const angle = place * 2.399963;
    const far = 1 + Math.sqrt(place);
    graph.addNode(entity.id, {
      label: short(entity.name), name: entity.name, kind: entity.kind, tier: entity.tier, country: entity.country, ties, anchor,
      size: Math.min(18, 4 + 2 * Math.log2(1 + ties)), x: centre.x + far * Math.cos(angle), y: centre.y + far * Math.sin(angle),
    });
  });
  for (const edge of picture.edges) {
    if (graph.hasEdge(edge.id)) continue;
    graph.addEdgeWithKey(edge.id, edge.subject, edge.object, { ...edge, mechanism: edge.mechanism, label: edge.label, type: "arrow", size: 1.6 + Math.min(2, edge.sources * 0.4) });
  }
}

// The layout is worked out in a worker; a pinned or dragged node stays where the reader put it.
const layouter = new Worker("/static/js/layout.worker.mjs", { type: "module" });
let laidOut = [];

function layOut(rounds = 260) {
  laidOut = graph.nodes();
  const place = new Map(laidOut.map((node, number) => [node, number]));
  layouter.postMessage({
    nodes: laidOut.map((node) => {
      const { x, y, size } = graph.getNodeAttributes(node);
      return [x, y, size, shown.pinned.has(node)];
    }),
    edges: graph.mapEdges((_, __, one, two) => [place.get(one), place.get(two)]),
    rounds: graph.order > 1500 ? 140 : rounds,
    settings: {
      ...forceAtlas2.inferSettings(graph), gravity: 0.35, scalingRatio: 30, slowDown: 2, outboundAttractionDistribution: graph.order < 2000,
      barnesHutOptimize: graph.order > 400, adjustSizes: graph.order < 800,
    },
  });
}

layouter.addEventListener("message", ({ data }) => {
  const numbers = new Map(laidOut.map((node, number) => [node, number]));
  graph.updateEachNodeAttributes((node, held) => {
    const number = numbers.get(node);
    if (number === undefined || shown.pinned.has(node)) return held;
    return { ...held, x: data.places[2 * number], y: data.places[2 * number + 1] };
  }, { attributes: ["x", "y"] });
  root.dataset.laidOut = String(data.done);
});

// What the picture is dimmed around: only what the reader points at or has clicked.
const active = () => hovered ?? (focused ? chosen : null);

function nodeLook(node, data) {
  const look = { ...data, color: palette.tiers[data.tier] ?? palette.faint, labelColor: palette.ink };
  if (shown.hidden.has(node)) look.hidden = true;
  const about = active();
  if (about && node !== about && !near.has(node)) {
    look.color = palette.line;
    look.label = "";
    look.zIndex = 0;
  } else if (about) {
    look.zIndex = 2;
    look.forceLabel = near.size < 40 || node === about;
  }
  if (node === chosen || shown.pinned.has(node)) look.highlighted = node === chosen;
  if (data.anchor) look.size = data.size * 1.25;
  return look;
}

function edgeLook(edge, data) {
  const about = active();
  const touches = about && graph.extremities(edge).includes(about);
  return {
    ...data,
    color: about && !touches ? palette.line : palette.mechanism(data.mechanism),
    label: touches ? data.label : "",
    forceLabel: Boolean(touches) && near.size < 12,
    hidden: !shown.mechanisms.has(data.mechanism),
    zIndex: touches ? 2 : 0,
  };
}

// Sigma's own hover box is white; ours is of the theme.
function drawHover(context, data, settings) {
  if (!data.label) return;
  const size = settings.labelSize;
  context.font = `600 ${size}px ${settings.labelFont}`;
  const width = context.measureText(data.label).width;
  context.fillStyle = palette.surface;
  context.strokeStyle = palette.line;
  context.lineWidth = 1;
  context.beginPath();
  context.roundRect(data.x + data.size + 1, data.y - size / 2 - 5, width + 12, size + 10, 5);
  context.fill();
  context.stroke();
  context.beginPath();
  context.arc(data.x, data.y, data.size + 2.5, 0, Math.PI * 2);
  context.strokeStyle = palette.ink;
  context.lineWidth = 1.5;
  context.stroke();
  context.fillStyle = palette.ink;
  context.fillText(data.label, data.x + data.size + 7, data.y + size / 3);
}

function drawLabel(context, data, settings) {
  if (!data.label) return;
  context.font = `500 ${settings.labelSize}px ${settings.labelFont}`;
  context.lineWidth = 3;
  context.lineJoin = "round";
  context.strokeStyle = palette.surface;
  context.fillStyle = palette.ink;
  // At the right edge a label stands before its node.
  const width = context.measureText(data.label).width;
  const right = data.x + data.size + 4 + width < context.canvas.clientWidth;
  const x = right ? data.x + data.size + 4 : data.x - data.size - 4 - width;
  const y = data.y + settings.labelSize / 3;
  context.strokeText(data.label, x, y);
  context.fillText(data.label, x, y);
}

function make() {
  return new Sigma(graph, document.getElementById("stage"), {
    nodeReducer: nodeLook, edgeReducer: edgeLook, renderEdgeLabels: true, zIndex: true,
    labelFont: 'Inter, "Noto Sans CJK SC", "PingFang SC", "Microsoft YaHei", sans-serif', labelSize: 12.5, labelRenderedSizeThreshold: 6, labelDensity: 0.35, labelGridCellSize: 150,
    edgeLabelSize: 11, edgeLabelColor: { attribute: "color" }, edgeLabelFont: "Inter, sans-serif", defaultDrawNodeHover: drawHover, defaultDrawNodeLabel: drawLabel, minCameraRatio: 0.05, maxCameraRatio: 6, stagePadding: 56, hideEdgesOnMove: graph.size > 1500, hideLabelsOnMove: graph.order > 1500, allowInvalidContainer: true,
  });
}

function lookAround(node) {
  near = new Set(node ? graph.neighbors(node) : []);
}

function choose(node, { focus = true } = {}) {
  chosen = node;
  focused = Boolean(node) && focus;
  lookAround(active());
  const panel = part("panel");
  panel.hidden = !node;
  if (node) fill(panel, node);
  picture.refresh({ skipIndexation: true });
}

function fill(panel, node) {
  const data = graph.getNodeAttributes(node);
  panel.replaceChildren(document.getElementById("panel-template").content.cloneNode(true));
  panel.querySelector("[data-name]").textContent = data.name;
  panel.querySelector("[data-about]").textContent = [data.kind.replaceAll("_", " "), data.country, data.tier, `${data.ties} ties`].filter(Boolean).join(" · ");
  panel.querySelector("[data-open]").href = `/entities/x~${node.replace(/^ent-/, "")}`;
  panel.querySelector("[data-do='pin'] span").textContent = shown.pinned.has(node) ? "Unpin" : "Pin";
  const list = panel.querySelector("[data-ties]");
  for (const edge of graph.edges(node).slice(0, 40)) {
    const tie = graph.getEdgeAttributes(edge);
    const item = document.createElement("li");
    const other = graph.opposite(node, edge);
    const line = document.createElement("span");
    line.textContent = `${graph.getNodeAttribute(tie.subject, "name")} ${tie.label} ${graph.getNodeAttribute(tie.object, "name")}${tie.status === "asserted" ? "" : ` (${tie.status})`} `;
    item.append(line);
    item.dataset.other = other;
    if (tie.quote) {
      const link = document.createElement("a");
      link.href = `/claims/${tie.claim_id}`;
      // Our own words about a source are no quotation.
      const quote = document.createElement(tie.curated ? "span" : "q");
      quote.textContent = tie.quote.length > 220 ? `${tie.quote.slice(0, 220)}…` : tie.quote;
      link.textContent = "Open the sentence";
      item.append(quote, link);
    }
    list.append(item);
  }
}

function count() {
  const by = {};
  graph.forEachEdge((_, edge) => (by[edge.mechanism] = (by[edge.mechanism] ?? 0) + 1));
  for (const row of root.querySelectorAll("[data-mechanism-row]")) {
    const number = by[row.dataset.mechanismRow] ?? 0;
    row.hidden = number === 0;
    row.querySelector("[data-count]").textContent = number;
  }
  part("hidden-count").textContent = `${shown.hidden.size} hidden`;
  root.querySelector("[data-do='unhide']").hidden = shown.hidden.size === 0;
}

const actions = {
  fit: () => picture.getCamera().animatedReset(),
  in: () => picture.getCamera().animatedZoom(),
  out: () => picture.getCamera().animatedUnzoom(),
  layout: () => layOut(),
  close: () => choose(null),
  hide: () => { shown.hidden.add(chosen); words.append("hide", chosen); choose(null); count(); remember(); },
  unhide: () => { shown.hidden.clear(); words.delete("hide"); count(); picture.refresh(); remember(); },
  pin: () => { shown.pinned.has(chosen) ? shown.pinned.delete(chosen) : shown.pinned.add(chosen); fill(part("panel"), chosen); remember(); },
  expand: async () => {
    const node = chosen;
    await grow(node);
    if (!words.getAll("of").includes(node)) words.append("of", node);
    choose(node);
    remember();
  },
  link: async (button) => {
    remember();
    await navigator.clipboard.writeText(location.href);
    button.dataset.done = "";
    setTimeout(() => delete button.dataset.done, 1500);
  },
};

async function grow(node) {
  const query = new URLSearchParams({ of: node, limit: 1000 });
  take(await ask(`/api/graph?${query}`), node);
  count();
  layOut(140);
}

// The address holds the whole view: what was asked, hidden, pinned (with its place), and filtered.
function remember() {
  words.delete("pin");
  for (const node of shown.pinned) {
    const { x, y } = graph.getNodeAttributes(node);
    words.append("pin", `${node}@${x.toFixed(2)},${y.toFixed(2)}`);
  }
  words.delete("mechanism");
  const boxes = [...root.querySelectorAll("[name='mechanism']")];
  if (boxes.some((box) => !box.checked)) for (const box of boxes) if (box.checked) words.append("mechanism", box.value);
  history.replaceState(null, "", `?${words}`);
}

function recall() {
  for (const node of words.getAll("hide")) shown.hidden.add(node);
  for (const pin of words.getAll("pin")) {
    const [node, x, y] = pin.split(/[@,]/);
    if (!graph.hasNode(node) || !Number.isFinite(Number(x)) || !Number.isFinite(Number(y))) continue;
    graph.mergeNodeAttributes(node, { x: Number(x), y: Number(y) });
    shown.pinned.add(node);
  }
}

function listen() {
  picture.on("clickNode", ({ node }) => choose(node));
  picture.on("doubleClickNode", async ({ node, preventSigmaDefault }) => { preventSigmaDefault(); choose(node); await actions.expand(); });
  picture.on("clickStage", () => choose(null));
  picture.on("enterNode", ({ node }) => { hovered = node; lookAround(active()); picture.refresh({ skipIndexation: true }); });
  picture.on("leaveNode", () => { hovered = null; lookAround(active()); picture.refresh({ skipIndexation: true }); });
  let dragged = null;
  picture.on("downNode", ({ node }) => { dragged = node; });
  picture.getMouseCaptor().on("mousemovebody", (event) => {
    if (!dragged) return;
    graph.mergeNodeAttributes(dragged, picture.viewportToGraph(event));
    shown.pinned.add(dragged);
    event.preventSigmaDefault();
    event.original.preventDefault();
  });
  picture.getMouseCaptor().on("mouseup", () => { if (dragged && shown.pinned.has(dragged)) remember(); dragged = null; });
  root.addEventListener("click", (event) => {
    const button = event.target.closest("[data-do]");
    if (button) actions[button.dataset.do]?.(button);
  });
  root.addEventListener("change", (event) => {
    if (event.target.name !== "mechanism") return;
    event.target.checked ? shown.mechanisms.add(event.target.value) : shown.mechanisms.delete(event.target.value);
    picture.refresh();
    remember();
  });
  document.addEventListener("keydown", (event) => {
    if (event.target.closest("input, textarea, select") || event.ctrlKey || event.metaKey) return;
    const key = { 0: "fit", "+": "in", "-": "out", Escape: "close", e: "expand", h: "hide", p: "pin" }[event.key];
    if (key && (chosen || !["expand", "hide", "pin"].includes(key))) actions[key]();
  });
  document.addEventListener("crosstie:theme", () => { palette = read(); picture.refresh(); });
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => { palette = read(); picture.refresh(); });
}

let picture;
async function begin() {
  root.dataset.ready = "";
  for (const box of root.querySelectorAll("[name='mechanism']")) if (box.checked) shown.mechanisms.add(box.value);
  const first = new URLSearchParams(words);
  for (const key of ["hide", "pin", "mechanism"]) first.delete(key);
  const address = root.dataset.path ? `/api/graph/path?${new URLSearchParams({ one: words.get("of"), two: words.get("to") })}` : `/api/graph?${first}`;
  take(await ask(address), null);
  picture = make();
  recall();
  count();
  listen();
  for (const name of ["bar", "legend", "find"]) part(name).hidden = false;
  choose(root.dataset.start.split(" ")[0], { focus: false });
  layOut();
  if (graph.size === 0) {
    part("note").textContent = "No ties to draw.";
    part("note").hidden = false;
  }
  // For tests and for the curious: the graph that is drawn.
  root.graph = graph;
  root.dataset.drawn = String(graph.order);
}

begin().catch((error) => {
  root.dataset.ready = "";
  part("note").textContent = error.message;
  part("note").hidden = false;
});
