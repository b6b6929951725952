// The fullest cells as a list: what the hexagons of the map show, for the keyboard and for screen readers.
import { ask } from "./api.js";
import { number, text } from "./strings.js";

const LISTED = 15;
// kilometres: no city that is further away names an area
const NEAR = 400;
const KM_A_DEGREE = 111.2;

export class Areas {
  /** `cities` is the URL of the names of large cities; `chosen` hears which of the cells was chosen. */
  constructor(panel, cities, chosen) {
    this.panel = panel;
    this.cities = cities;
    this.chosen = chosen;
    panel.addEventListener("toggle", () => this.list());
  }

  /** Offer these cells; none where there are points. */
  show(cells) {
    this.cells = cells;
    this.listed = null;
    this.panel.hidden = !cells;
    this.list();
  }

  async list() {
    const { cells } = this;
    if (!this.panel.open || !cells || this.listed === cells) return;
    this.listed = cells;
    this.named ??= ask(this.cities);
    const cities = await this.named;
    if (this.listed !== cells) return;
    const items = cells.count.slice(0, LISTED).map((count, at) => this.item(at, count, nameOf(cells.lon[at], cells.lat[at], cities)));
    this.panel.querySelector("ol").replaceChildren(...items);
  }

  item(at, count, name) {
    const item = document.createElement("li");
    const button = Object.assign(document.createElement("button"), { type: "button", className: "plain", textContent: name });
    button.addEventListener("click", () => this.chosen(at));
    item.append(button, ` ${number(count)}`);
    return item;
  }
}

/** Name an area by the large city nearest to the middle of its events, by its degrees where there is none. */
function nameOf(lon, lat, cities) {
  let best = -1;
  let least = NEAR;
  const shrunk = Math.cos((lat * Math.PI) / 180);
  for (let at = 0; at < cities.name.length; at += 1) {
    const across = ((((cities.lon[at] - lon + 180) % 360) + 360) % 360) - 180;
    const far = Math.hypot(across * shrunk, cities.lat[at] - lat) * KM_A_DEGREE;
    if (far < least) [best, least] = [at, far];
  }
  if (best >= 0) return text("area_near", { city: cities.name[best] });
  return text("area_at", { lat: `${Math.abs(lat).toFixed(0)}° ${lat < 0 ? "S" : "N"}`, lon: `${Math.abs(lon).toFixed(0)}° ${lon < 0 ? "W" : "E"}` });
}
