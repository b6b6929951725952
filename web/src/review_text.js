// Articles with the words that prove something marked. Offsets count code points, strings of the browser UTF-16 units.
import { label } from "./strings.js";

/** Give an element with an article's text; `spans` gives offsets by path. */
export function marked(text, spans) {
  const points = Array.from(text);
  const told = Object.entries(spans).flatMap(([path, found]) => found.map(([start, end]) => ({ field: fieldOf(path), start, end })));
  const edges = [...new Set([0, points.length, ...told.flatMap(({ start, end }) => [start, end])])].sort((one, other) => one - other);
  const place = document.createElement("div");
  place.className = "text";
  for (let at = 0; at + 1 < edges.length; at += 1) {
    const covering = told.filter(({ start, end }) => start <= edges[at] && edges[at + 1] <= end).map(({ field }) => field);
    place.append(piece(points.slice(edges[at], edges[at + 1]).join(""), [...new Set(covering)]));
  }
  return place;
}

function piece(words, fields) {
  const told = fields.filter((field) => field !== "quote");
  if (!fields.length) return document.createTextNode(words);
  const mark = document.createElement(told.length ? "mark" : "span");
  mark.className = [...told.map((field) => `f-${field}`), fields.includes("quote") ? "quoted" : ""].join(" ").trim();
  if (told.length) mark.title = told.map(label).join(", ");
  mark.textContent = words;
  return mark;
}

function fieldOf(path) {
  const group = path.split(".")[0];
  return group === "trigger" ? "form" : group;
}
