// The fields of an event as a form: what a coder may correct, and how a value is written and read.
import { label, text } from "./strings.js";

const vocabulary = JSON.parse(document.getElementById("vocabulary")?.textContent ?? "{}");
const SEPARATOR = "; ";
// path in the event, the field whose confidence it shows, and what is typed into it
const FIELDS = [
  ["form", "form", "form"],
  ["status", "status", "status"],
  ["focus", "focus", "focus"],
  ["date.edtf", "date", "text"],
  ["place.text", "place", "text"],
  ["place.name", "place", "text"],
  ["place.country", "place", "text"],
  ["size.low", "size", "count"],
  ["size.high", "size", "count"],
  ["participants", "", "list"],
  ["organisers", "", "list"],
  ["targets", "", "list"],
  ["claims", "", "list"],
  ["response.actions", "", "actions"],
];

/** Show the fields of an event in a form; `correct` is told the path and the value of each correction. */
export function showFields(form, event, correct) {
  form.replaceChildren(...FIELDS.map(([path, group, kind]) => row(event, path, group, kind)));
  form.onsubmit = (submitted) => submitted.preventDefault();
  form.onkeydown = (pressed) => {
    if (pressed.key !== "Enter" || !pressed.target.name) return;
    pressed.preventDefault();
    keep(pressed.target, correct);
  };
  form.onchange = (changed) => changed.target.tagName === "SELECT" && keep(changed.target, correct);
}

/** Put words that were selected in a text into a field; tell whether it takes any. */
export function take(field, words) {
  const kind = field?.dataset.kind;
  if (kind === "text") field.value = words;
  else if (kind === "list") field.value = field.value ? `${field.value}${SEPARATOR}${words}` : words;
  else if (kind === "count") field.value = words.replace(/[^\d]/g, "");
  return ["text", "list", "count"].includes(kind);
}

function keep(field, correct) {
  const value = read(field);
  if (JSON.stringify(value) !== field.dataset.was) correct(field.name, value);
}

function row(event, path, group, kind) {
  const line = document.createElement("label");
  line.className = "field";
  const name = document.createElement("span");
  name.textContent = label(path.replace(".edtf", "").replace(".actions", "").replace(".", " "));
  const value = path.split(".").reduce((held, part) => held?.[part], event);
  const input = kind in vocabulary ? choice(vocabulary[kind], value) : entry(kind, value);
  Object.assign(input, { name: path });
  Object.assign(input.dataset, { kind, was: JSON.stringify(value ?? null) });
  const sure = document.createElement("small");
  const chance = event.confidence[group];
  if (chance !== undefined) {
    sure.textContent = text("review_sure", { percent: Math.round(chance * 100) });
    sure.className = chance < 0.75 ? "low" : "";
  }
  line.append(name, input, sure);
  return line;
}

function choice(values, held) {
  const input = document.createElement("select");
  input.append(...values.map((value) => new Option(label(value), value, false, value === held)));
  return input;
}

function entry(kind, value) {
  const input = document.createElement("input");
  input.value = Array.isArray(value) ? value.join(SEPARATOR) : (value ?? "");
  if (kind === "count") input.inputMode = "numeric";
  return input;
}

function read(field) {
  const typed = field.value.trim();
  if (field.dataset.kind === "count") return typed === "" ? null : Number(typed);
  if (["list", "actions"].includes(field.dataset.kind)) return typed.split(";").map((one) => one.trim()).filter(Boolean);
  return typed;
}

