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
// 2 to this power of columns: cells are some 16 pixels wide then
const CELLS_BEYOND_ZOOM = 5;
const FINEST_CELLS = 14;
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
  fadeDuration: 100,
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
      askPoints(filters, signal),
      ask("/api/v1/facets", without(filters, "from", "to"), signal),
    ]);
    points = told;
    say(told, filters);
    showCounts(form, facets, number);
    const bars = without(filters, "from", "to");
    bars.set("by", stepOf(spanOf(facets.month ?? {})));
    const bins = await ask("/api/v1/timeline", bars, signal);
    timeline.show(bins, bars.get("by"), [filters.get("from") ?? "", filters.get("to") ?? ""]);
    await drawn;
    showMarks(map, points); // which may be finer by now
    await refine();
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

/** Give the points or cells with the resolution of the cells. */
async function askPoints(filters, signal) {
  const resolution = fitting();
  const question = new URLSearchParams(filters);
  question.set("resolution", resolution);
  return { ...(await ask("/api/v1/points", question, signal)), resolution };
}

function fitting() {
  return Math.max(0, Math.min(Math.round(map.getZoom()) + CELLS_BEYOND_ZOOM, FINEST_CELLS));
}

/** Ask for cells that fit the zoom where those shown do not: the map may have moved while they were asked for. */
async function refine() {
  if (!points?.cells || points.resolution === fitting()) return;
  points = await askPoints(asked(form));
  showMarks(map, points);
}

/** Give how far, in degrees, events may lie from their mark: those of a cell no further than its width. */
function reachOf(told) {
  return told.cells ? 360 / 2 ** told.resolution : 1e-4;
}

function spanOf(months) {
  const told = Object.keys(months).sort();
  if (!told.length) return 0;
  return (Date.parse(`${told.at(-1)}-28`) - Date.parse(`${told[0]}-01`)) / 86400e3;
}

/** State what the map shows and what it cannot show. */
function say(told, filters) {
  const off = told.unplaced + told.country_only;
  const facts = [
    ["count_total", told.total],
    ["count_mapped", told.total - off],
    ["count_country", told.country_only, "unplaced"],
    ["count_unplaced", told.unplaced, "unplaced"],
    ["count_undated", told.undated, "undated"],
  ];
  counted.replaceChildren(...facts.map(([key, count, filter]) => {
    const item = document.createElement("li");
    const words = text(key, { count: number(count) });
    item.append(filter && count ? tableLink(words, filters, { [filter]: "true" }) : words);
    return item;
  }));
  counted.dataset.total = told.total;
  document.getElementById("cells-note").hidden = !told.cells;
  const panel = document.getElementById("unmapped");
  panel.hidden = !off;
  panel.dataset.fresh = "";
  if (panel.open) sayUnmapped();
}

/** List by country what is on no map: no middle of a country stands for it. */
async function sayUnmapped() {
  const panel = document.getElementById("unmapped");
  if (panel.hidden || panel.dataset.fresh) return;
  panel.dataset.fresh = "yes";
  const filters = without(asked(form), "unplaced");
  const facets = await ask("/api/v1/facets", new URLSearchParams([...filters, ["unplaced", "true"]]));
  const counts = Object.entries(facets.country).sort((one, other) => other[1] - one[1]);
  panel.querySelector("ul").replaceChildren(...counts.map(([code, count]) => {
    const item = document.createElement("li");
    item.append(tableLink(countryName(code), filters, { country: code, unplaced: "true" }), ` ${number(count)}`);
    return item;
  }));
}

const countries = new Intl.DisplayNames([document.documentElement.lang], { type: "region" });

function countryName(code) {
  return code ? countries.of(code) : text("no_country");
}

function tableLink(words, filters, more) {
  const question = without(filters, ...Object.keys(more));
  for (const [name, value] of Object.entries(more)) question.append(name, value);
  return Object.assign(document.createElement("a"), { href: `/events?${question}`, textContent: words });
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
    return chosen.show({ ids: id ? new Set([id]) : null, box: around([spot], reachOf(points)), filters: asked(form), count: events });
  }
  const leaves = await source.getClusterLeaves(cluster, 5000, 0);
  const spots = leaves.map((leaf) => leaf.geometry.coordinates);
  const ids = points.points ? new Set(leaves.map((leaf) => leaf.properties.id)) : null;
  const nearer = await source.getClusterExpansionZoom(cluster);
  if (nearer <= LAST_CLUSTER_ZOOM) map.easeTo({ center: spot, zoom: Math.max(nearer, map.getZoom() + 1) });
  return chosen.show({ ids, box: around(spots, reachOf(points)), filters: asked(form), count: events });
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
map.on("zoomend", refine);
document.getElementById("unmapped").addEventListener("toggle", sayUnmapped);
dark.addEventListener("change", () => {
  if (!page.dataset.style) map.setStyle(bundled(base), { diff: false });
  timeline.draw();
});

form.dataset.live = "yes";
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
