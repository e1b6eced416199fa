// What charts and timelines stand on.
export * as Plot from "@observablehq/plot";
