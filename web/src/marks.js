// How events stand on the map: clusters with their number, single events by how exactly their place is known.
import { colour } from "./style.js";

export const SOURCE = "events";
export const CLUSTERS = "event-clusters";
export const SINGLE = ["event-regions", "event-cities", "event-sites"];
const EMPTY = { type: "FeatureCollection", features: [] };
// past this zoom events that still stand together stand on one spot
export const LAST_CLUSTER_ZOOM = 12;

/** Add the source of the events and its layers to a map. */
export function addMarks(map) {
  map.addSource(SOURCE, {
    type: "geojson", data: EMPTY, cluster: true, clusterRadius: 44, clusterMaxZoom: LAST_CLUSTER_ZOOM,
    // a cell counts for as many events as it has
    clusterProperties: { events: ["+", ["get", "events"]] },
  });
  const accent = colour("accent");
  const status = ["match", ["get", "status"], "happened", accent, "planned", colour("planned"), colour("other")];
  const single = (precision) => ["all", ["==", ["get", "events"], 1], ["==", ["get", "precision"], precision]];
  const many = [">", ["get", "events"], 1];
  const layers = [
    {
      id: "event-regions", filter: single("region"),
      paint: { "circle-radius": 13, "circle-color": status, "circle-opacity": 0.1, "circle-stroke-color": status, "circle-stroke-width": 1.5, "circle-stroke-opacity": 0.8 },
    },
    {
      id: "event-cities", filter: single("city"),
      paint: { "circle-radius": 6.5, "circle-color": status, "circle-opacity": 0.75, "circle-stroke-color": colour("surface"), "circle-stroke-width": 1 },
    },
    {
      id: "event-sites", filter: single("site"),
      paint: { "circle-radius": 3.5, "circle-color": status, "circle-stroke-color": colour("ink"), "circle-stroke-width": 1.5 },
    },
    {
      id: CLUSTERS, filter: many,
      paint: {
        "circle-radius": ["interpolate", ["linear"], ["log10", ["get", "events"]], 0, 11, 2, 18, 4, 30],
        "circle-color": accent, "circle-opacity": 0.88, "circle-stroke-color": colour("surface"), "circle-stroke-width": 2,
      },
    },
  ];
  for (const layer of layers) map.addLayer({ type: "circle", source: SOURCE, ...layer });
  map.addLayer({
    id: "event-counts", type: "symbol", source: SOURCE, filter: many,
    layout: { "text-field": shortCount(), "text-size": 12, "text-font": ["sans-serif"], "text-allow-overlap": true },
    paint: { "text-color": colour("on-accent") },
  });
}

/** Show points or cells, as the API gives them; give the features. */
export function showMarks(map, told) {
  const features = told.points ? pointsOf(told.points) : cellsOf(told.cells);
  map.getSource(SOURCE).setData({ type: "FeatureCollection", features });
  return features;
}

function pointsOf(points) {
  return points.id.map((id, at) => ({
    type: "Feature",
    geometry: { type: "Point", coordinates: [points.lon[at], points.lat[at]] },
    properties: { id, events: 1, precision: points.precision[at], status: points.status[at] },
  }));
}

function cellsOf(cells) {
  return cells.count.map((count, at) => ({
    type: "Feature",
    geometry: { type: "Point", coordinates: [cells.lon[at], cells.lat[at]] },
    properties: { events: count, precision: "city", status: "happened" },
  }));
}

// 950, 1.2k, 34k
function shortCount() {
  const thousands = ["/", ["get", "events"], 1000];
  return [
    "case",
    ["<", ["get", "events"], 1000], ["to-string", ["get", "events"]],
    ["<", ["get", "events"], 10000], ["concat", ["number-format", thousands, { "max-fraction-digits": 1 }], "k"],
    ["concat", ["number-format", thousands, { "max-fraction-digits": 0 }], "k"],
  ];
}
