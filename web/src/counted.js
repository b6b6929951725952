// What the map shows and what it cannot show, in words above it and by country beside it.
import { ask } from "./api.js";
import { without } from "./filters.js";
import { number, text } from "./strings.js";

const panel = document.getElementById("unmapped");
let listed = null;
const countries = new Intl.DisplayNames([document.documentElement.lang], { type: "region" });

/** State how many events there are, how many of them are on the map, and how many are not and why. */
export function say(place, told, filters) {
  const off = told.unplaced + told.country_only;
  const facts = [
    ["count_total", told.total],
    ["count_mapped", told.total - off],
    ["count_country", told.country_only, "unplaced"],
    ["count_unplaced", told.unplaced, "unplaced"],
    ["count_undated", told.undated, "undated"],
  ];
  place.replaceChildren(...facts.map(([key, count, filter]) => {
    const item = document.createElement("li");
    const words = text(key, { count: number(count) });
    item.append(filter && count ? tableLink(words, filters, { [filter]: "true" }) : words);
    return item;
  }));
  place.dataset.total = told.total;
  // how many events the marks stand for: all on the map, or those of the part that is looked at
  place.dataset.drawn = told.points ? told.points.id.length : told.cells.count.reduce((sum, one) => sum + one, 0);
  document.getElementById("cells-note").hidden = !told.cells;
  panel.hidden = !off;
  panel.dataset.fresh = "";
  if (panel.open) sayUnmapped(filters);
}

/** List by country what is on no map: no middle of a country stands for it. */
export async function sayUnmapped(asked) {
  if (panel.hidden || !panel.open || panel.dataset.fresh) return;
  panel.dataset.fresh = "yes";
  const filters = without(asked, "unplaced");
  listed = filters;
  const facets = await ask("/api/v1/facets", new URLSearchParams([...filters, ["unplaced", "true"]]));
  // an answer of before that comes late
  if (listed !== filters) return;
  const counts = Object.entries(facets.country).sort((one, other) => other[1] - one[1]);
  panel.querySelector("ul").replaceChildren(...counts.map(([code, count]) => {
    const item = document.createElement("li");
    const name = code ? countries.of(code) : text("no_country");
    item.append(tableLink(name, filters, { country: code, unplaced: "true" }), ` ${number(count)}`);
    return item;
  }));
}

function tableLink(words, filters, more) {
  const question = without(filters, ...Object.keys(more));
  for (const [name, value] of Object.entries(more)) question.append(name, value);
  return Object.assign(document.createElement("a"), { href: `/events?${question}`, textContent: words });
}
