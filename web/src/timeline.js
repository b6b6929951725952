// Events over time as bars; dragging over them chooses days.
import uPlot from "uplot";
import { colour } from "./style.js";
import { text, number } from "./strings.js";

const DAY = 86400;
const STEPS = { day: DAY, week: 7 * DAY, month: 31 * DAY };

/** Give the seconds at which a day (ISO 8601) begins. */
export function seconds(day) {
  return Date.parse(`${day}T00:00:00Z`) / 1000;
}

/** Give the day (ISO 8601) of some seconds. */
export function dayOf(time) {
  return new Date(time * 1000).toISOString().slice(0, 10);
}

export class Timeline {
  /** `chosen` hears the first and last day that were chosen, or two empty strings. */
  constructor(place, chosen) {
    this.place = place;
    this.chosen = chosen;
    this.told = { by: "day", bins: [], counts: {} };
    this.days = ["", ""];
    this.plot = null;
    new ResizeObserver(() => this.plot?.setSize(this.size())).observe(place);
    place.addEventListener("dblclick", () => this.chosen("", ""));
  }

  size() {
    return { width: this.place.clientWidth, height: this.place.clientHeight };
  }

  /** Show how many events began in each bin, and the first and last day that are chosen, two empty strings for all. */
  show(told, days) {
    this.told = told;
    this.days = days;
    this.draw();
  }

  /** Mark the days that are chosen. */
  choose(days) {
    this.days = days;
    if (this.plot) this.mark(this.plot);
  }

  /** Draw the bars, in the colours that the page has now. */
  draw() {
    const { bins, counts } = this.told;
    const times = bins.map(seconds);
    const totals = bins.map((_, at) => Object.values(counts).reduce((sum, form) => sum + form[at], 0));
    this.plot?.destroy();
    this.plot = new uPlot(this.options(), [times, totals], this.place); // which marks the chosen days once it is drawn
    this.place.setAttribute("aria-label", summary(bins, totals));
  }

  options() {
    const axis = { stroke: colour("muted"), grid: { stroke: colour("line"), width: 1 }, ticks: { show: false }, font: "11px system-ui, sans-serif" };
    return {
      ...this.size(),
      tzDate: (time) => uPlot.tzDate(new Date(time * 1000), "Etc/UTC"),
      legend: { show: false },
      padding: [8, 12, 0, 0],
      cursor: { y: false, points: { show: false }, drag: { x: true, y: false, setScale: false } },
      // the last bar ends where its days do
      scales: { x: { range: (_, least, most) => [least, most + STEPS[this.told.by]] }, y: { range: (_, __, most) => [0, Math.max(1, most)] } },
      axes: [{ ...axis, grid: { show: false }, size: 36 }, { ...axis, size: 44, incrs: [1, 2, 5, 10, 20, 50, 100, 200, 500, 1e3, 2e3, 5e3, 1e4, 2e4, 5e4] }],
      series: [{}, { paths: uPlot.paths.bars({ size: [0.85, 40], align: 1 }), fill: colour("accent"), stroke: colour("accent"), width: 0, points: { show: false } }],
      hooks: { ready: [(plot) => this.mark(plot)], setSelect: [(plot) => this.select(plot)] },
    };
  }

  select(plot) {
    if (this.marking || plot.select.width < 2) return;
    const from = dayOf(plot.posToVal(plot.select.left, "x"));
    const to = dayOf(plot.posToVal(plot.select.left + plot.select.width, "x"));
    this.chosen(from, to);
  }

  /** Mark the chosen days on the bars. */
  mark(plot) {
    const [from, to] = this.days;
    const { min, max } = plot.scales.x;
    if (min == null) return;
    if (!from && !to) return this.highlight(plot, 0, 0);
    const left = plot.valToPos(Math.max(from ? seconds(from) : min, min), "x");
    const right = plot.valToPos(Math.min(to ? seconds(to) + DAY : max, max), "x");
    this.highlight(plot, left, Math.max(right - left, 1));
  }

  highlight(plot, left, width) {
    this.marking = true;
    plot.setSelect({ left, top: 0, width, height: width && plot.over.clientHeight }, false);
    this.marking = false;
  }
}

function summary(bins, totals) {
  if (!bins.length) return text("timeline_empty");
  const count = totals.reduce((sum, one) => sum + one, 0);
  return text("timeline_summary", { count: number(count), first: bins[0], last: bins.at(-1) });
}
