// A value that neither coder has, as an adjudicator types or chooses it.
import { label } from "./strings.js";

const vocabulary = JSON.parse(document.getElementById("vocabulary")?.textContent ?? "{}");
// how a field is typed; of what is not here, one of the two coders is right
const EXAMPLES = { date: "2024-05-12", place: "Leeds, GB", size: "500–800", participants: "…; …", organisers: "…; …", targets: "…; …", claims: "…; …" };

/** Give a third answer to a question: a choice with a place for the value, null where a field cannot be typed. */
export function another(field, name, words) {
  if (field === "response" || !(field in vocabulary || field in EXAMPLES)) return null;
  const line = Object.assign(document.createElement("label"), { className: "side other" });
  const radio = Object.assign(document.createElement("input"), { type: "radio", name, value: "other", required: true });
  const input = document.createElement(field in vocabulary ? "select" : "input");
  if (field in vocabulary) input.append(...vocabulary[field].map((value) => new Option(label(value), value)));
  else input.placeholder = EXAMPLES[field];
  input.name = `${name} other`;
  input.setAttribute("aria-label", `${words} ${label(field)}`);
  for (const event of ["input", "focus"]) input.addEventListener(event, () => { radio.checked = true; });
  line.append(radio, Object.assign(document.createElement("small"), { textContent: words }), input);
  return line;
}

/** Give what was typed as the value of a field; `before` is the value that it takes the place of. */
export function valueOf(field, typed, before) {
  const words = typed.trim();
  if (field === "date") return { edtf: words, text: "" };
  if (field === "place") {
    const [name, country = ""] = words.split(",").map((part) => part.trim());
    return { ...before, text: "", name, country: country.toUpperCase(), precision: name ? (before.precision === "unknown" ? "city" : before.precision) : "unknown" };
  }
  if (field === "size") {
    const [low, high] = words.split(/[-–]/).map((part) => (part.trim() === "" ? null : Number(part.replace(/[^\d]/g, ""))));
    return { text: "", low: low ?? null, high: high === undefined ? (low ?? null) : high };
  }
  if (Array.isArray(before)) return words.split(";").map((one) => one.trim()).filter(Boolean);
  return words;
}
