// Lays a graph out beside the page, so that the page stays smooth; places come back as they improve.
import { Graph, forceAtlas2 } from "/static/vendor/graph.mjs";

const EVERY = 250;
let turn = 0;

self.addEventListener("message", ({ data }) => {
  turn += 1;
  if (data.nodes) run(data, turn);
});

function run({ nodes, edges, rounds, settings }, mine) {
  const graph = new Graph({ multi: true, type: "directed" });
  nodes.forEach(([x, y, size, fixed], place) => graph.addNode(place, { x, y, size, fixed }));
  for (const [one, two] of edges) graph.addEdge(one, two);
  let left = rounds;
  const some = () => {
    // A newer order, or the end of this one.
    if (mine !== turn) return;
    const until = performance.now() + EVERY;
    while (left > 0 && performance.now() < until) {
      forceAtlas2.assign(graph, { iterations: 1, settings });
      left -= 1;
    }
    const places = new Float32Array(nodes.length * 2);
    graph.forEachNode((place, { x, y }) => {
      places[2 * place] = x;
      places[2 * place + 1] = y;
    });
    self.postMessage({ places, done: left <= 0 }, [places.buffer]);
    if (left > 0) setTimeout(some);
  };
  some();
}
