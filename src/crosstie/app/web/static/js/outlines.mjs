// Outlines that cross the 180th meridian or hold a pole are drawn for a globe; on a flat map they
// would run back across the whole world. Here each ring is made to go on past the edge instead.

function unrolled(ring) {
  let turn = 0;
  let before = ring[0][0];
  return ring.map(([longitude, latitude]) => {
    if (longitude - before > 180) turn -= 360;
    else if (longitude - before < -180) turn += 360;
    before = longitude;
    return [longitude + turn, latitude];
  });
}

// A ring that ends a whole turn from where it began goes around a pole: close it along the pole.
function closed(ring) {
  const [first] = ring[0];
  const [last, latitude] = ring[ring.length - 1];
  if (Math.abs(last - first) < 180) return ring;
  const pole = latitude < 0 ? -85 : 85;
  return [...ring, [last, pole], [first, pole], ring[0]];
}

// Holes lie in the same copy of the world as their outline.
function beside(hole, outline) {
  const middle = (ring) => ring.reduce((sum, [longitude]) => sum + longitude, 0) / ring.length;
  const turns = Math.round((middle(outline) - middle(hole)) / 360) * 360;
  return turns ? hole.map(([longitude, latitude]) => [longitude + turns, latitude]) : hole;
}

function flatPolygon(rings) {
  const [outline, ...holes] = rings.map(unrolled).map(closed);
  return [outline, ...holes.map((hole) => beside(hole, outline))];
}

export function flat(collection) {
  for (const { geometry } of collection.features) {
    if (geometry?.type === "Polygon") geometry.coordinates = flatPolygon(geometry.coordinates);
    else if (geometry?.type === "MultiPolygon") geometry.coordinates = geometry.coordinates.map(flatPolygon);
  }
  return collection;
}
