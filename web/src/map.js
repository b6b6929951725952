// The page of the map and the timeline.
import "maplibre-gl/dist/maplibre-gl.css";
import "uplot/dist/uPlot.min.css";
import { ask } from "./api.js";
import { Areas } from "./areas.js";
import { Chosen } from "./chosen.js";
import { say, sayUnmapped } from "./counted.js";
import { asked, fill, showCounts, showCountries, without } from "./filters.js";
import { text } from "./strings.js";
import { Timeline } from "./timeline.js";
import { hashed, hexagons, windowOf } from "./views.js";

const page = document.getElementById("map-page");
const form = document.getElementById("filters");
const counted = document.getElementById("counted");
const canvas = document.getElementById("map");
const chosen = new Chosen(document.getElementById("chosen"));
const dark = matchMedia("(prefers-color-scheme: dark)");
const start = hashed(location.hash) ?? { zoom: 1.3, lon: 15, lat: 25 };
// from here on a browser draws cells sooner than points
const MOST = 10_000;
// milliseconds: a hand on the map rests so long, bars and counts of a moment ago are fresh so long
const REST = 120;
const FRESH = 60_000;
const runs = {};
const failed = new Set();
let moving = null;
let shown = null;
let bars = { of: null, at: 0 };

const timeline = new Timeline(document.getElementById("timeline"), (from, to) => {
  form.elements.from.value = from;
  form.elements.to.value = to;
  go();
});
// read while the first answers are on their way
const atlas = import(page.dataset.atlas).then(({ Atlas }) => new Atlas({
  style: page.dataset.style,
  basemap: page.dataset.basemap,
  start,
  opened: (mark) => chosen.show({ ...mark, filters: asked(form) }),
  moved: () => {
    clearTimeout(moving);
    moving = setTimeout(follow, REST);
  },
}));
const areas = new Areas(document.getElementById("areas"), page.dataset.cities, async (at) => (await atlas).openCell(at));

/** Take the form's question into the URL and show its answer. */
function go() {
  const query = asked(form).toString();
  history.pushState(null, "", `${location.pathname}${query ? `?${query}` : ""}${location.hash}`);
  refresh();
}

/** Show the answer to the form's question. */
function refresh() {
  const filters = asked(form);
  linkTo(filters);
  const points = answer("points", async (signal) => showPoints(await askPoints(filters, signal), filters));
  return Promise.all([points, answer("bars", (signal) => showBars(filters, points, signal))]);
}

/** Follow the map to where it was moved: to cells that fit, or to points where there were cells. */
function follow() {
  if (runs.points || (shown && fits(shown))) return;
  const filters = asked(form);
  answer("points", async (signal) => showPoints(await askPoints(filters, signal), filters));
}

/** Tell whether points or cells are those of what is looked at now. */
function fits({ view, resolution, told }) {
  const now = where();
  return !(told.cells || told.view) || (view === now.view && (resolution === now.resolution || !told.cells));
}

/** Have an answer of a kind made and drawn; one that was still on its way is left. */
async function answer(kind, make) {
  runs[kind]?.abort();
  const run = new AbortController();
  runs[kind] = run;
  page.setAttribute("aria-busy", "true");
  page.dataset.idle = "";
  failed.delete(kind);
  try {
    await make(run.signal);
  } catch (problem) {
    if (run.signal.aborted) return;
    failed.add(kind);
    counted.textContent = text("failed", { why: problem.message });
  }
  if (runs[kind] !== run) return;
  delete runs[kind];
  // the map may have moved meanwhile
  if (kind === "points" && !failed.has(kind)) follow();
  if (Object.keys(runs).length) return;
  page.removeAttribute("aria-busy");
  // bars that came last do not make up for points that failed
  if (!failed.size) page.dataset.idle = "yes";
}

/** Look at the place of a hash at once: before MapLibre hears of it, it may write over it where it was. */
function goTo(hash) {
  const place = hashed(hash);
  if (!place || !drawn) return;
  drawn.go(place);
  // a flight that this ended has been written, too
  history.replaceState(history.state, "", hash);
}

/** Give the part of the map that is looked at, and the cells that fit. */
function where() {
  const at = drawn?.view() ?? { ...start, width: canvas.clientWidth, height: canvas.clientHeight };
  return { view: windowOf(at), resolution: hexagons(at.zoom) };
}

/** Give the points, or cells where they are many, with the part of the map that they were asked for. */
async function askPoints(filters, signal) {
  // what fails is asked for again once the map is moved, wherever to
  shown = null;
  const { view, resolution } = where();
  const question = new URLSearchParams(filters);
  question.set("most", MOST);
  question.set("h3", resolution);
  if (view) question.set("view", view);
  return { told: await ask("/api/v1/points", question, signal), view, resolution };
}

async function showPoints(found, filters) {
  shown = found;
  say(counted, found.told, filters);
  areas.show(found.told.cells);
  await (await atlas).show(found.told);
}

/** Show the bars and the numbers of the filters: those of all days, so that choosing days leaves them as they are. */
async function showBars(filters, first, signal) {
  const question = without(filters, "from", "to");
  const days = [filters.get("from") ?? "", filters.get("to") ?? ""];
  if (bars.of === question.toString() && Date.now() - bars.at < FRESH) return timeline.choose(days);
  const steps = new URLSearchParams(question);
  steps.set("by", "fit");
  const told = await ask("/api/v1/timeline", steps, signal);
  // those of before are gone, even if the numbers beside these never come
  bars.of = null;
  timeline.show(told, days);
  // what people look at comes before the numbers beside it
  await first;
  showCounts(form, await ask("/api/v1/facets", question, signal));
  bars = { of: question.toString(), at: Date.now() };
}

function linkTo(filters) {
  for (const link of document.querySelectorAll("a[data-filtered]")) {
    const query = filters.toString();
    link.href = query ? `${link.dataset.filtered}?${query}` : link.dataset.filtered;
  }
}

let drawn = null;
atlas.then((made) => { drawn = made; }).catch((problem) => { counted.textContent = text("failed", { why: problem.message }); });
document.getElementById("unmapped").addEventListener("toggle", () => sayUnmapped(asked(form)));
dark.addEventListener("change", () => {
  drawn?.repaint();
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
  if (!drawn) return;
  form.elements.box.value = drawn.sides().map((side) => side.toFixed(3)).join(",");
  go();
});
addEventListener("popstate", () => {
  fill(form, new URLSearchParams(location.search));
  goTo(location.hash);
  refresh();
});
if (matchMedia("(min-width: 60rem)").matches) form.closest("details")?.setAttribute("open", "");
// countries of the whole book, so that another one can be chosen; the server has just counted them mostly
refresh()
  .then(() => ask("/api/v1/facets"))
  .then((told) => showCountries(form, told.country))
  .catch((problem) => { counted.textContent = text("failed", { why: problem.message }); });
