// What the map page stands on. The CSP build takes its worker from an address of ours, no blob.
import maplibregl from "maplibre-gl/dist/maplibre-gl-csp.js";

export { feature } from "topojson-client";
export { maplibregl };
