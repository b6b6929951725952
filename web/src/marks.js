// How events stand on the map: clusters with their number, single events by how exactly their place is known, and
// hexagons with their number where events are too many.
import { colour } from "./style.js";

export const SOURCE = "events";
export const CELLS = "cells";
export const CLUSTERS = "event-clusters";
export const SINGLE = ["event-regions", "event-cities", "event-sites"];
export const HEXAGONS = "cell-hexagons";
export const NEAREST = 14;

function hexagons() {
  const log = ["log10", ["get", "events"]];
  return [
    {
      id: HEXAGONS, type: "fill", source: CELLS, filter: ["==", ["geometry-type"], "Polygon"],
      paint: {
        "fill-color": colour("accent"), "fill-outline-color": colour("surface"),
        "fill-opacity": ["interpolate", ["linear"], log, 0, 0.14, 4.5, 0.8],
      },
    },
    {
      // the fullest first; where numbers would cover one another, colour tells
      id: "cell-counts", type: "symbol", source: CELLS, filter: ["==", ["geometry-type"], "Point"],
      layout: {
        "text-field": shortCount("events"), "text-size": 11, "text-font": ["sans-serif"], "text-padding": 1,
        "symbol-sort-key": ["-", 0, ["get", "events"]],
      },
      paint: { "text-color": colour("ink"), "text-halo-color": colour("surface"), "text-halo-width": 1.4 },
    },
  ];
}

function circles() {
  const accent = colour("accent");
  const status = ["match", ["get", "status"], "happened", accent, "planned", colour("planned"), colour("other")];
  const single = (precision) => ["all", ["!", ["has", "point_count"]], ["==", ["get", "precision"], precision]];
  const many = ["has", "point_count"];
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
        "circle-radius": ["interpolate", ["linear"], ["log10", ["get", "point_count"]], 0, 11, 2, 18, 4, 30],
        "circle-color": accent, "circle-opacity": 0.88, "circle-stroke-color": colour("surface"), "circle-stroke-width": 2,
      },
    },
  ];
  return [
    ...layers.map((layer) => ({ type: "circle", source: SOURCE, ...layer })),
    {
      id: "event-counts", type: "symbol", source: SOURCE, filter: many,
      layout: { "text-field": shortCount("point_count"), "text-size": 12, "text-font": ["sans-serif"], "text-allow-overlap": true },
      paint: { "text-color": colour("on-accent") },
    },
  ];
}

/** Show points or cells, as the API gives them. A source comes with what it first shows: an empty one is work, too. */
export function showMarks(map, told) {
  show(map, CELLS, told.cells ? cellsOf(told.cells) : [], { layers: hexagons() });
  // clusters also at the nearest zoom: events that stand on one spot stay one mark with their number
  show(map, SOURCE, told.points ? pointsOf(told.points) : [], {
    layers: circles(), cluster: true, clusterRadius: 44, clusterMaxZoom: NEAREST,
  });
}

function show(map, name, features, { layers, ...options }) {
  const source = map.getSource(name);
  const data = { type: "FeatureCollection", features };
  if (!source && features.length) {
    map.addSource(name, { type: "geojson", data, ...options });
    for (const layer of layers) map.addLayer(layer);
  } else if (source && (features.length || source.filled)) {
    source.setData(data);
  }
  if (map.getSource(name)) map.getSource(name).filled = features.length > 0;
}

function pointsOf(points) {
  return points.id.map((id, at) => ({
    type: "Feature",
    geometry: { type: "Point", coordinates: [points.lon[at], points.lat[at]] },
    properties: { id, precision: points.precision[at], status: points.status[at] },
  }));
}

function cellsOf(cells) {
  return cells.h3.flatMap((cell, at) => {
    const ring = cornersOf(cells.ring[at]);
    const properties = { at, events: cells.count[at] };
    return [
      { type: "Feature", geometry: { type: "Polygon", coordinates: [[...ring, ring[0]]] }, properties },
      { type: "Feature", geometry: { type: "Point", coordinates: middleOf(ring) }, properties },
    ];
  });
}

/** Give the corners of a cell as pairs of longitude and latitude. */
export function cornersOf(ring) {
  return ring.flatMap((side, at) => (at % 2 ? [] : [[side, ring[at + 1]]]));
}

function middleOf(corners) {
  return [0, 1].map((axis) => corners.reduce((sum, corner) => sum + corner[axis], 0) / corners.length);
}

// 950, 1.2k, 34k
function shortCount(property) {
  const count = ["get", property];
  const thousands = ["/", count, 1000];
  return [
    "case",
    ["<", count, 1000], ["to-string", count],
    ["<", count, 10000], ["concat", ["number-format", thousands, { "max-fraction-digits": 1 }], "k"],
    ["concat", ["number-format", thousands, { "max-fraction-digits": 0 }], "k"],
  ];
}
