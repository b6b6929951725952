// Adjudication: what two coders read differently, side by side with the words that prove it, and who is right.
import { ask, send } from "./api.js";
import { spansOf } from "./coding_fields.js";
import { marked } from "./review_text.js";
import { selectable } from "./selecting.js";
import { another, valueOf } from "./adjudicate_other.js";
import { headCount, label, text } from "./strings.js";

const desk = document.getElementById("adjudicate");
const { csrf } = desk.dataset;
const list = document.getElementById("queue");
const form = document.getElementById("pairs");
const articles = document.getElementById("articles");
const title = document.getElementById("case-title");
const ADJUDICATIONS = "/api/v1/adjudications";

let waiting = [];
let at = 0;
let shown = null;
const done = [];

async function load() {
  ({ disputes: waiting } = await ask(ADJUDICATIONS));
  at = Math.min(at, Math.max(waiting.length - 1, 0));
  await open();
}

async function open() {
  list.replaceChildren(...waiting.map(entry));
  list.children[at]?.scrollIntoView({ block: "nearest" });
  desk.dataset.article = "";
  if (!waiting.length) return empty();
  shown = await ask(`${ADJUDICATIONS}/${encodeURIComponent(waiting[at].article)}`);
  const { article } = shown;
  title.textContent = article.title || text("review_article", { name: article.id });
  const told = [text(shown.second_blind ? "adjudicate_blind" : "adjudicate_not_blind"), shown.yours.length ? text("adjudicate_yours") : ""];
  document.getElementById("case-why").textContent = told.filter(Boolean).join(" ");
  form.replaceChildren(...shown.events.map(pair), why());
  showText(0);
  desk.dataset.article = article.id;
  return undefined;
}

function empty() {
  shown = null;
  title.textContent = text("adjudicate_none");
  document.getElementById("case-why").textContent = "";
  form.replaceChildren();
  articles.replaceChildren();
}

function entry(dispute, place) {
  const item = document.createElement("li");
  const button = Object.assign(document.createElement("button"), { type: "button", className: "plain" });
  const small = Object.assign(document.createElement("small"), { textContent: [dispute.source, dispute.published, text("adjudicate_count", dispute)].filter(Boolean).join(" · ") });
  button.append(dispute.title || text("review_article", { name: dispute.article }), document.createElement("br"), small);
  if (place === at) button.setAttribute("aria-current", "true");
  button.addEventListener("click", () => go(place));
  item.append(button);
  return item;
}

function pair(event, number) {
  const { first, second, differing } = event;
  const part = Object.assign(document.createElement("section"), { className: "pair-of" });
  const one = first ?? second;
  const head = Object.assign(document.createElement("h3"), { textContent: text("adjudicate_event", { number: number + 1, what: [label(one.form), one.place.name || one.place.text, one.date.edtf].filter(Boolean).join(", ") }) });
  part.append(head, proof(first, second));
  if (first && second) part.append(...differing.map((field) => question(number, field, first, second)));
  else part.append(existence(number, one, Boolean(first)));
  const same = first && second ? Object.keys(SHOWN).filter((field) => !differing.includes(field) && inWords(field, first)) : [];
  if (same.length) part.append(Object.assign(document.createElement("p"), { className: "note", textContent: text("adjudicate_same", { values: same.map((field) => inWords(field, first)).join(" · ") }) }));
  part.addEventListener("focusin", () => showText(number));
  return part;
}

function proof(first, second) {
  const sides = [...new Set([first?.quote, second?.quote].filter(Boolean))];
  const place = Object.assign(document.createElement("div"), { className: "proofs" });
  place.append(...sides.map((words) => Object.assign(document.createElement("q"), { textContent: words })));
  return place;
}

function question(number, field, first, second) {
  const group = Object.assign(document.createElement("fieldset"), { className: "versus" });
  group.append(Object.assign(document.createElement("legend"), { textContent: label(field) }));
  for (const [side, event] of [["first", first], ["second", second]]) {
    group.append(option(`${number} ${field}`, side, text(`adjudicate_${side}`), inWords(field, event) || text("adjudicate_nothing"), saidIn(field, event)));
  }
  const other = another(field, `${number} ${field}`, text("adjudicate_other"));
  if (other) group.append(other);
  return group;
}

function existence(number, event, byFirst) {
  const group = Object.assign(document.createElement("fieldset"), { className: "versus" });
  group.append(Object.assign(document.createElement("legend"), { textContent: text(byFirst ? "adjudicate_only_first" : "adjudicate_only_second") }));
  const values = Object.keys(SHOWN).map((field) => inWords(field, event)).filter(Boolean).join(" · ");
  group.append(option(`${number} event`, "yes", text("adjudicate_is"), values, ""), option(`${number} event`, "no", text("adjudicate_is_not"), "", ""));
  return group;
}

function option(name, value, who, what, words) {
  const line = Object.assign(document.createElement("label"), { className: "side" });
  const input = Object.assign(document.createElement("input"), { type: "radio", name, value, required: true });
  line.append(input, Object.assign(document.createElement("small"), { textContent: who }), Object.assign(document.createElement("strong"), { textContent: what }));
  if (words) line.append(Object.assign(document.createElement("q"), { textContent: words }));
  return line;
}

function why() {
  const line = Object.assign(document.createElement("label"), { className: "field" });
  line.append(Object.assign(document.createElement("span"), { textContent: text("adjudicate_why") }), Object.assign(document.createElement("input"), { name: "why" }));
  return line;
}

const SHOWN = {
  form: ({ form: value }) => label(value),
  status: ({ status }) => label(status),
  focus: ({ focus }) => label(focus),
  umbrella: ({ umbrella }) => (umbrella ? label("umbrella") : ""),
  date: ({ date }) => date.edtf,
  place: ({ place }) => [place.name || place.text, place.country, place.precision === "unknown" ? "" : label(place.precision)].filter(Boolean).join(", "),
  size: ({ size }) => headCount(size.low, size.high),
  participants: ({ participants }) => participants.join("; "),
  organisers: ({ organisers }) => organisers.join("; "),
  targets: ({ targets }) => targets.join("; "),
  claims: ({ claims }) => claims.join("; "),
  response: ({ response }) => [...response.actions.map(label), headCount(response.arrests.low, response.arrests.high)].filter(Boolean).join(", "),
  harm: ({ harm }) => ["injured", "killed"].map((kind) => [headCount(harm[kind].low, harm[kind].high), label(kind)]).filter(([count]) => count).map((told) => told.join(" ")).join(", "),
};

function inWords(field, event) {
  return SHOWN[field](event);
}

/** Give the words of the text that a value rests on, where they are not the value itself. */
function saidIn(field, event) {
  if (["form", "status", "focus", "umbrella"].includes(field)) return event.trigger;
  return { date: event.date.text, place: event.place.text, size: event.size.text }[field] ?? "";
}

function showText(number) {
  const { first, second } = shown.events[number] ?? {};
  const told = [first, second].filter(Boolean).map((event) => spansOf(event, shown.article.text));
  const spans = {};
  for (const [path, found] of told.flatMap(Object.entries)) (spans[path] ??= []).push(...found);
  const body = marked(shown.article.text, spans);
  const facts = Object.assign(document.createElement("p"), { className: "facts", textContent: [shown.article.source, shown.article.published].filter(Boolean).join(" · ") });
  articles.replaceChildren(facts, selectable(body, text("review_text", { name: title.textContent }), () => {}));
}

/** Give all events as they are decided; null where a question is open. */
function ruled() {
  const chosen = new FormData(form);
  const events = [];
  for (const [number, { first, second, differing, record }] of shown.events.entries()) {
    if (!first || !second) {
      const verdict = chosen.get(`${number} event`);
      if (!verdict) return null;
      if (verdict === "yes") events.push({ ...(first ?? second), record });
      continue;
    }
    const event = structuredClone(first);
    for (const field of differing) {
      const side = chosen.get(`${number} ${field}`);
      if (!side) return null;
      if (side === "second") event[field] = second[field];
      if (side === "other") event[field] = valueOf(field, form.elements[`${number} ${field} other`].value, first[field]);
    }
    events.push({ ...event, record });
  }
  return events;
}

const acts = {
  async rule() {
    const events = ruled();
    if (!events) return say(text("adjudicate_open", { count: form.querySelectorAll("fieldset:not(:has(input:checked))").length }));
    const { decisions } = await send(ADJUDICATIONS, { article: shown.article.id, events, why: form.elements.why.value.trim() }, csrf);
    done.push(decisions.map(({ id }) => id));
    await load();
    say(text("adjudicate_done"));
    return title.focus();
  },
  async undo() {
    if (!done.length) return say(text("review_nothing"));
    await send("/api/v1/decisions/undo", { ids: done.at(-1), why: "undone in review" }, csrf);
    done.pop();
    await load();
    return say(text("review_undone"));
  },
};

async function act(name) {
  try {
    await acts[name]();
  } catch (problem) {
    say(problem.message);
  }
}

async function go(place) {
  at = Math.max(0, Math.min(place, waiting.length - 1));
  await open();
  title.focus();
}

function say(words) {
  document.getElementById("said").textContent = words;
}

function step(by) {
  const groups = [...form.querySelectorAll("fieldset")];
  const now = groups.findIndex((group) => group.contains(document.activeElement));
  const group = groups[Math.max(0, Math.min(now + by, groups.length - 1))];
  (group?.querySelector("input:checked") ?? group?.querySelector("input"))?.focus();
}

function choose(place) {
  const group = document.activeElement?.closest?.("fieldset") ?? form.querySelector("fieldset:not(:has(input:checked))");
  const input = group?.querySelectorAll("input")[place];
  if (!input) return;
  input.checked = true;
  input.focus();
}

addEventListener("keydown", (pressed) => {
  if (pressed.ctrlKey || pressed.metaKey || pressed.altKey) return;
  if (pressed.key === "Escape") return pressed.target.blur();
  if (pressed.target.matches("input:not([type=radio]), select")) return;
  if (["ArrowDown", "ArrowUp"].includes(pressed.key)) {
    pressed.preventDefault();
    return step(pressed.key === "ArrowDown" ? 1 : -1);
  }
  if (pressed.key === "1" || pressed.key === "2") return choose(Number(pressed.key) - 1);
  if (pressed.key === "j") return go(at + 1);
  if (pressed.key === "k") return go(at - 1);
  if (pressed.key === "?") return desk.querySelector("details").toggleAttribute("open");
  const name = { d: "rule", u: "undo" }[pressed.key];
  if (!name || (!shown && name !== "undo")) return;
  pressed.preventDefault();
  act(name);
});
for (const button of desk.querySelectorAll("[data-act]")) button.addEventListener("click", () => act(button.dataset.act));
load().catch((problem) => say(problem.message));
