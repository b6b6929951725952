// The page of the map and the timeline.
import * as maplibregl from "maplibre-gl";
import "maplibre-gl/dist/maplibre-gl.css";
import "uplot/dist/uPlot.min.css";
import { Protocol } from "pmtiles";
import { ask } from "./api.js";
import { Chosen } from "./chosen.js";
import { asked, fill, showCounts, without } from "./filters.js";
import { addMarks, CLUSTERS, LAST_CLUSTER_ZOOM, showMarks, SINGLE, SOURCE } from "./marks.js";
import { number, text } from "./strings.js";
import { bundled } from "./style.js";
import { stepOf, Timeline } from "./timeline.js";

const page = document.getElementById("map-page");
const form = document.getElementById("filters");
const counted = document.getElementById("counted");
const chosen = new Chosen(document.getElementById("chosen"));
const base = page.dataset.static;
const dark = matchMedia("(prefers-color-scheme: dark)");
let points = null;
let running = null;

maplibregl.setWorkerUrl(new URL(`${base}maplibre-worker.js`, location.href).toString());
maplibregl.addProtocol("pmtiles", new Protocol().tile);

const map = new maplibregl.Map({
  container: "map",
  style: page.dataset.style || bundled(base),
  hash: "at",
  center: [15, 25],
  zoom: 1.3,
  maxZoom: 14,
  renderWorldCopies: true,
  attributionControl: { compact: false, customAttribution: page.dataset.style ? "" : text("borders") },
  dragRotate: false,
  pitchWithRotate: false,
  locale: { "Map.Title": text("map_title") },
});
map.touchZoomRotate.disableRotation();
map.addControl(new maplibregl.NavigationControl({ showCompass: false }), "top-right");

const timeline = new Timeline(document.getElementById("timeline"), (from, to) => {
  form.elements.from.value = from;
  form.elements.to.value = to;
  go();
});

/** Take the form's question into the URL and show its answer. */
function go() {
  const query = asked(form).toString();
  history.pushState(null, "", `${location.pathname}${query ? `?${query}` : ""}${location.hash}`);
  refresh();
}

async function refresh() {
  const filters = asked(form);
  running?.abort();
  running = new AbortController();
  const { signal } = running;
  page.setAttribute("aria-busy", "true");
  page.dataset.idle = "";
  linkTo(filters);
  try {
    const [told, facets] = await Promise.all([
      ask("/api/v1/points", filters, signal),
      ask("/api/v1/facets", without(filters, "from", "to"), signal),
    ]);
    points = told;
    say(told);
    showCounts(form, facets, number);
    const bars = without(filters, "from", "to");
    bars.set("by", stepOf(spanOf(facets.month ?? {})));
    const bins = await ask("/api/v1/timeline", bars, signal);
    timeline.show(bins, [filters.get("from") ?? "", filters.get("to") ?? ""]);
    await drawn;
    showMarks(map, told);
    map.once("idle", () => {
      page.removeAttribute("aria-busy");
      page.dataset.idle = "yes";
    });
  } catch (problem) {
    if (problem.name === "AbortError") return;
    page.removeAttribute("aria-busy");
    counted.textContent = text("failed", { why: problem.message });
  }
}

function spanOf(months) {
  const told = Object.keys(months).sort();
  if (!told.length) return 0;
  return (Date.parse(`${told.at(-1)}-28`) - Date.parse(`${told[0]}-01`)) / 86400e3;
}

/** State what the map shows and what it cannot show. */
function say(told) {
  const placed = told.total - told.unplaced - told.country_only;
  const facts = [
    text("count_total", { count: number(told.total) }),
    text("count_mapped", { count: number(placed) }),
    text("count_country", { count: number(told.country_only) }),
    text("count_unplaced", { count: number(told.unplaced) }),
    text("count_undated", { count: number(told.undated) }),
  ];
  counted.replaceChildren(...facts.map((words) => Object.assign(document.createElement("li"), { textContent: words })));
  counted.dataset.total = told.total;
  document.getElementById("cells-note").hidden = !told.cells;
}

function linkTo(filters) {
  for (const link of document.querySelectorAll("a[data-filtered]")) {
    const query = filters.toString();
    link.href = query ? `${link.dataset.filtered}?${query}` : link.dataset.filtered;
  }
}

/** Show the events of a mark, and go nearer where that would part them. */
async function open(feature) {
  const source = map.getSource(SOURCE);
  const { cluster_id: cluster, events, id } = feature.properties;
  const spot = feature.geometry.coordinates;
  if (cluster == null) {
    // a cell stands for the events around its middle
    const reach = points.cells ? (Number(points.cells.degrees) || 1) / 2 : 1e-4;
    return chosen.show({ ids: id ? new Set([id]) : null, box: around([spot], reach), filters: asked(form), count: events });
  }
  const leaves = await source.getClusterLeaves(cluster, 5000, 0);
  const spots = leaves.map((leaf) => leaf.geometry.coordinates);
  const ids = points.points ? new Set(leaves.map((leaf) => leaf.properties.id)) : null;
  const nearer = await source.getClusterExpansionZoom(cluster);
  if (nearer <= LAST_CLUSTER_ZOOM) map.easeTo({ center: spot, zoom: Math.max(nearer, map.getZoom() + 1) });
  return chosen.show({ ids, box: around(spots, ids ? 1e-4 : 0.5), filters: asked(form), count: events });
}

function around(spots, reach) {
  const lon = spots.map((spot) => spot[0]);
  const lat = spots.map((spot) => spot[1]);
  const least = (values, floor) => Math.max(floor, Math.min(...values) - reach);
  const most = (values, roof) => Math.min(roof, Math.max(...values) + reach);
  return [least(lon, -180), least(lat, -90), most(lon, 180), most(lat, 90)];
}

function inView() {
  const bounds = map.getBounds();
  const whole = bounds.getEast() - bounds.getWest() >= 360;
  const wrap = (lon) => ((((lon + 180) % 360) + 360) % 360) - 180;
  const sides = whole ? [-180, 180] : [wrap(bounds.getWest()), wrap(bounds.getEast())];
  return [sides[0], bounds.getSouth(), sides[1], bounds.getNorth()].map((side) => side.toFixed(3)).join(",");
}

const drawn = new Promise((ready) => {
  map.on("style.load", () => {
    addMarks(map);
    if (points) showMarks(map, points);
    ready();
  });
});
for (const layer of [...SINGLE, CLUSTERS]) {
  map.on("click", layer, (clicked) => open(clicked.features[0]));
  map.on("mouseenter", layer, () => { map.getCanvas().style.cursor = "pointer"; });
  map.on("mouseleave", layer, () => { map.getCanvas().style.cursor = ""; });
}
dark.addEventListener("change", () => {
  if (!page.dataset.style) map.setStyle(bundled(base), { diff: false });
  timeline.draw();
});

form.addEventListener("change", go);
form.addEventListener("submit", (submitted) => {
  submitted.preventDefault();
  go();
});
document.getElementById("clear").addEventListener("click", (clicked) => {
  clicked.preventDefault();
  fill(form, new URLSearchParams());
  go();
});
document.getElementById("this-view").addEventListener("click", () => {
  form.elements.box.value = inView();
  go();
});
addEventListener("popstate", () => {
  fill(form, new URLSearchParams(location.search));
  refresh();
});
if (matchMedia("(min-width: 60rem)").matches) form.closest("details")?.setAttribute("open", "");
refresh();
