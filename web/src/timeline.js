// Events over time as bars; dragging over them chooses days.
import uPlot from "uplot";
import { colour } from "./style.js";
import { text, number } from "./strings.js";

const DAY = 86400;
const STEPS = { day: DAY, week: 7 * DAY, month: 31 * DAY };

/** Give the step in which a stretch of days is shown: some dozens to hundreds of bars. */
export function stepOf(days) {
  if (days <= 120) return "day";
  return days <= 1500 ? "week" : "month";
}

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
    this.told = { bins: [], counts: {} };
    this.step = DAY;
    this.window = ["", ""];
    this.plot = null;
    new ResizeObserver(() => this.plot?.setSize(this.size())).observe(place);
    place.addEventListener("dblclick", () => this.chosen("", ""));
  }

  size() {
    return { width: this.place.clientWidth, height: this.place.clientHeight };
  }

  /** Show how many events began in each bin (a day, week or month), and the days that are chosen. */
  show(told, step, window) {
    this.told = told;
    this.step = STEPS[step];
    this.window = window;
    this.draw();
  }

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
      scales: { x: { range: (_, least, most) => [least, most + this.step] }, y: { range: (_, __, most) => [0, Math.max(1, most)] } },
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
    const [from, to] = this.window;
    const { min, max } = plot.scales.x;
    if (min == null || (!from && !to)) return;
    const left = plot.valToPos(Math.max(from ? seconds(from) : min, min), "x");
    const right = plot.valToPos(Math.min(to ? seconds(to) + DAY : max, max), "x");
    this.marking = true;
    plot.setSelect({ left, top: 0, width: Math.max(right - left, 1), height: plot.over.clientHeight }, false);
    this.marking = false;
  }
}

function summary(bins, totals) {
  if (!bins.length) return text("timeline_empty");
  const count = totals.reduce((sum, one) => sum + one, 0);
  return text("timeline_summary", { count: number(count), first: bins[0], last: bins.at(-1) });
}
