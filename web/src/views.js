// Which part of the map is looked at, and how coarse cells are there.

const TILE = 512;
// below this zoom the whole world is asked for
const WORLD = 3;

/** Give the resolution of the cells of H3 that are some 25 to 70 pixels wide at a zoom: each parts in seven. */
export function hexagons(zoom) {
  return Math.max(0, Math.min(10, Math.floor((zoom + 0.2) / 1.404)));
}

/** Give west, south, east and north of what is looked at, out to the next edges of tiles; "" for the whole world. */
export function windowOf({ zoom, lon, lat, width, height }) {
  if (zoom < WORLD) return "";
  const pixels = TILE * 2 ** zoom;
  const tiles = 2 ** Math.floor(zoom);
  const sine = Math.sin((lat * Math.PI) / 180);
  const x = (lon + 180) / 360;
  const y = 0.5 - Math.log((1 + sine) / (1 - sine)) / (4 * Math.PI);
  const [left, right] = edges(x, width / pixels / 2, tiles);
  const [top, bottom] = edges(y, height / pixels / 2, tiles);
  if (right - left >= 1) return "";
  const east = degrees(right);
  return [degrees(left), north(bottom), east === -180 ? 180 : east, north(top)].map((side) => +side.toFixed(5)).join(",");
}

function edges(middle, half, tiles) {
  return [Math.floor((middle - half) * tiles) / tiles, Math.ceil((middle + half) * tiles) / tiles];
}

function degrees(x) {
  const wrapped = ((x % 1) + 1) % 1;
  return wrapped * 360 - 180;
}

function north(y) {
  if (y <= 0) return 90;
  if (y >= 1) return -90;
  return (Math.atan(Math.sinh(Math.PI * (1 - 2 * y))) * 180) / Math.PI;
}

/** Give zoom, longitude and latitude from the hash of a URL, as MapLibre writes it: at=zoom/latitude/longitude. */
export function hashed(hash) {
  const [zoom, lat, lon] = (new URLSearchParams(hash.slice(1)).get("at") ?? "").split("/").map(Number);
  return [zoom, lat, lon].every(Number.isFinite) && Math.abs(lat) < 86 ? { zoom, lon, lat } : null;
}
