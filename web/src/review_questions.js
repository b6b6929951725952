// Questions that an act asks before it is done: why, which event, which reports. Each gives a promise; null is "no".
import { text } from "./strings.js";

/** Ask for a reason in words. */
export function askWhy(place, question) {
  const input = Object.assign(document.createElement("input"), { name: "why", required: true });
  return posed(place, question, [input], () => input.value.trim());
}

/** Ask for one of some events. */
export function askWhich(place, question, events, describe) {
  return posed(place, question, options("radio", events, describe), (chosen) => chosen[0] ?? null);
}

/** Ask for some of the reports. */
export function askSome(place, question, reports, describe) {
  return posed(place, question, options("checkbox", reports, describe), (chosen) => (chosen.length ? chosen : null));
}

function options(type, things, describe) {
  return things.map((thing, at) => {
    const line = Object.assign(document.createElement("label"), { className: "option" });
    const input = Object.assign(document.createElement("input"), { type, name: "option", value: thing.id, checked: type === "radio" && at === 0 });
    line.append(input, describe(thing));
    return line;
  });
}

function posed(place, question, parts, read) {
  const form = Object.assign(document.createElement("form"), { className: "question" });
  const group = document.createElement("fieldset");
  const legend = Object.assign(document.createElement("legend"), { textContent: question });
  const go = Object.assign(document.createElement("button"), { textContent: text("review_ok") });
  const no = Object.assign(document.createElement("button"), { type: "button", className: "plain", textContent: text("review_cancel") });
  const actions = Object.assign(document.createElement("div"), { className: "answers" });
  actions.append(go, no);
  group.append(legend, ...parts);
  form.append(group, actions);
  if (parts[0] instanceof HTMLInputElement) parts[0].setAttribute("aria-label", question);
  place.replaceChildren(form);
  place.hidden = false;
  form.querySelector("input")?.focus();
  return new Promise((answer) => {
    const end = (value) => {
      place.replaceChildren();
      place.hidden = true;
      answer(value);
    };
    form.addEventListener("submit", (submitted) => {
      submitted.preventDefault();
      end(read([...form.querySelectorAll("input:checked")].map((input) => input.value)));
    });
    no.addEventListener("click", () => end(null));
    form.addEventListener("keydown", (pressed) => {
      if (pressed.key !== "Escape") return;
      pressed.stopPropagation();
      end(null);
    });
  });
}
