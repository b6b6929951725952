// One event of an article as a form: everything the codebook has, written down from the text.
import { label, text } from "./strings.js";

const vocabulary = JSON.parse(document.getElementById("vocabulary")?.textContent ?? "{}");
const SEPARATOR = "; ";
// path in the event, and what is typed into it; those after null stand in a part of their own
const FIELDS = [
  ["trigger", "text"], ["quote", "long"], ["form", "form"], ["status", "status"], ["focus", "focus"], ["umbrella", "flag"],
  ["date.text", "text"], ["date.edtf", "typed"], ["place.text", "text"], ["place.name", "text"], ["place.country", "typed"], ["place.precision", "precision"],
  ["size.text", "text"], ["size.low", "count"], ["size.high", "count"],
  ["participants", "list"], ["organisers", "list"], ["targets", "list"], ["claims", "list"], ["response.actions", "actions"],
];
const MORE = ["response.arrests", "harm.injured", "harm.killed"].flatMap((path) => [[`${path}.low`, "count"], [`${path}.high`, "count"]]);
const EXAMPLES = { "date.edtf": "2024-05-12", "place.country": "GB" };

/** Give an event of which nothing is written down yet. */
export function blank() {
  return { form: "rally", trigger: "", quote: "", status: "happened", focus: "focal" };
}

/** Show an event in a form; `changed` is told the event as it is after each change. */
export function showEvent(form, event, changed) {
  const more = Object.assign(document.createElement("details"), { className: "small" });
  more.append(Object.assign(document.createElement("summary"), { textContent: text("coding_more_fields") }), ...MORE.map(([path, kind]) => row(event, path, kind)));
  more.open = MORE.some(([path]) => at(event, path) != null);
  form.replaceChildren(...FIELDS.map(([path, kind]) => row(event, path, kind)), more);
  form.onsubmit = (submitted) => submitted.preventDefault();
  form.oninput = () => changed(readEvent(form, event));
}

/** Give what a form says of an event; what the form does not show stays. */
export function readEvent(form, event) {
  const told = structuredClone(event);
  for (const input of form.elements) {
    if (input.name && input.dataset.kind !== "action") put(told, input.name, read(input));
  }
  const actions = [...form.querySelectorAll("[data-kind=action]:checked")].map(({ value }) => value);
  put(told, "response.actions", actions);
  return told;
}

/** Give what is nearest to the words in the text that are its quote, where none is there yet. */
export function withQuote(event, words, whole) {
  if (event.quote) return event;
  const at_ = whole.indexOf(words);
  const before = Math.max(...[". ", "! ", "? ", "\n"].map((end) => whole.lastIndexOf(end, at_) + end.length * (whole.lastIndexOf(end, at_) >= 0)), 0);
  const ends = [". ", "! ", "? ", "\n"].map((end) => whole.indexOf(end, at_ + words.length)).filter((found) => found >= 0).map((found) => found + 1);
  return { ...event, quote: whole.slice(before, Math.min(...ends, whole.length)).trim() };
}

/** Give where the words of an event stand, by path, in code points; what the text does not have is left out. */
export function spansOf(event, whole) {
  const quoteAt = Math.max(whole.indexOf(event.quote || "\0"), 0);
  const said = [["trigger", event.trigger], ["date.text", event.date?.text], ["place.text", event.place?.text], ["size.text", event.size?.text], ["quote", event.quote]];
  for (const name of ["participants", "organisers", "targets", "claims"]) for (const words of event[name] ?? []) said.push([name, words]);
  const spans = {};
  for (const [path, words] of said) {
    const found = words ? [whole.indexOf(words, quoteAt), whole.indexOf(words)].find((start) => start >= 0) : undefined;
    if (found !== undefined) (spans[path] ??= []).push([points(whole, found), points(whole, found + words.length)]);
  }
  return spans;
}

function points(whole, units) {
  return Array.from(whole.slice(0, units)).length;
}

function row(event, path, kind) {
  if (kind === "actions") return boxes(path, at(event, path) ?? []);
  const line = Object.assign(document.createElement("label"), { className: "field" });
  const input = kind in vocabulary ? choice(vocabulary[kind], at(event, path)) : entry(kind, at(event, path));
  input.name = path;
  input.dataset.kind = { typed: "", long: "text" }[kind] ?? kind;
  if (EXAMPLES[path]) input.placeholder = EXAMPLES[path];
  line.append(Object.assign(document.createElement("span"), { textContent: named(path) }), input);
  return line;
}

function boxes(path, held) {
  const group = Object.assign(document.createElement("fieldset"), { className: "field" });
  const several = Object.assign(document.createElement("div"), { className: "boxes" });
  for (const value of vocabulary.response ?? []) {
    const line = document.createElement("label");
    const input = Object.assign(document.createElement("input"), { type: "checkbox", name: path, value, checked: held.includes(value) });
    input.dataset.kind = "action";
    line.append(input, label(value));
    several.append(line);
  }
  group.append(Object.assign(document.createElement("legend"), { textContent: named(path) }), several);
  return group;
}

function named(path) {
  return label(path.replace("date.edtf", "day").replace(".actions", "").replace("response.", "").replace("harm.", "").replace(".", " "));
}

function choice(values, held) {
  const input = document.createElement("select");
  input.append(...values.map((value) => new Option(label(value), value, false, value === (held ?? (values.includes("unknown") ? "unknown" : values[0])))));
  return input;
}

function entry(kind, value) {
  const input = document.createElement(kind === "long" ? "textarea" : "input");
  if (kind === "flag") Object.assign(input, { type: "checkbox", checked: Boolean(value) });
  else input.value = Array.isArray(value) ? value.join(SEPARATOR) : (value ?? "");
  if (kind === "count") input.inputMode = "numeric";
  if (kind === "long") input.rows = 2;
  return input;
}

function read(input) {
  const { kind } = input.dataset;
  if (kind === "flag") return input.checked;
  const typed = input.value.trim();
  if (kind === "count") return typed === "" ? null : Number(typed.replace(/[^\d]/g, ""));
  if (kind === "list") return typed.split(";").map((one) => one.trim()).filter(Boolean);
  return typed;
}

function at(event, path) {
  return path.split(".").reduce((held, part) => held?.[part], event);
}

function put(event, path, value) {
  const parts = path.split(".");
  const last = parts.pop();
  const place = parts.reduce((held, part) => (held[part] ??= {}), event);
  place[last] = value;
}
