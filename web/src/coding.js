// Coding an article as a whole: its text on one side, its events on the other. A second coder sees nothing but the text.
import { ask, send } from "./api.js";
import { blank, showEvent, spansOf, withQuote } from "./coding_fields.js";
import { take } from "./review_fields.js";
import { askWhy } from "./review_questions.js";
import { marked } from "./review_text.js";
import { enter, selectable } from "./selecting.js";
import { label, text } from "./strings.js";

const desk = document.getElementById("coding");
const { csrf, article: wanted } = desk.dataset;
const form = document.getElementById("fields");
const tabs = document.getElementById("tabs");
const extra = document.getElementById("extra");
const title = document.getElementById("article-title");
const SECOND = "/api/v1/second";
const DECISIONS = "/api/v1/decisions";

let article = null;
let events = [];
let at = 0;
let field = null;
let handed = null;

async function load() {
  if (wanted) {
    const begun = await ask(`/api/v1/codings/${encodeURIComponent(wanted)}`);
    show(begun.article, begun.events);
    // who comes from review to tell an event that was missed begins with it
    if (location.hash === "#missing") acts.add();
  } else {
    const turn = await ask(SECOND);
    show(turn.article, []);
    tellMore(turn);
  }
}

function tellMore({ waiting }) {
  document.getElementById("more").textContent = waiting ? text("coding_more", { count: waiting }) : "";
  if (!article && waiting) title.textContent = text("coding_next");
}

function show(shown, begun) {
  article = shown;
  events = begun;
  at = 0;
  title.textContent = article ? article.title || text("review_article", { name: article.id }) : text("coding_none");
  document.getElementById("article-facts").textContent = article ? [article.source, article.published].filter(Boolean).join(" · ") : "";
  desk.dataset.shown = article?.id ?? "";
  for (const button of desk.querySelectorAll("[data-act]")) {
    const { act } = button.dataset;
    button.hidden = act === "take" ? Boolean(article) : act !== "undo" && !article;
  }
  draw();
}

function draw() {
  drawText();
  tabs.replaceChildren(...events.map(tab));
  if (!events.length) {
    form.replaceChildren();
    tabs.replaceChildren(...(article ? [Object.assign(document.createElement("li"), { className: "note", textContent: text("coding_no_events") })] : []));
    return;
  }
  showEvent(form, events[at], (event) => {
    events[at] = event;
    tabs.children[at]?.replaceWith(tab(event, at));
  });
}

function drawText() {
  const place = document.getElementById("text");
  if (!article) return place.replaceChildren();
  const body = marked(article.text, events.length ? spansOf(events[at], article.text) : {});
  return place.replaceChildren(selectable(body, text("review_text", { name: title.textContent }), chosen));
}

function tab(event, place) {
  const item = document.createElement("li");
  const name = [text("coding_event", { number: place + 1 }), label(event.form), event.place?.text || event.place?.name].filter(Boolean).join(" · ");
  const button = Object.assign(document.createElement("button"), { type: "button", className: "plain", textContent: name });
  if (place === at) button.setAttribute("aria-current", "true");
  button.addEventListener("click", () => go(place));
  item.append(button);
  return item;
}

/** Words that were selected go into the field that was last in use; where there is no event yet they name one. */
function chosen(words) {
  if (!events.length) acts.add();
  const input = field?.isConnected && take(field, words) ? field : form.elements.trigger;
  if (input !== field) input.value = words;
  input.dispatchEvent(new Event("input", { bubbles: true }));
  if (input.name === "trigger") {
    events[at] = withQuote(events[at], words, article.text);
    form.elements.quote.value = events[at].quote;
  }
  drawText();
  input.focus();
  say(text("review_selected", { words, field: label(input.name) }).split(";")[0]);
}

const acts = {
  async take() {
    const turn = await send(SECOND, { take: "next" }, csrf);
    show(turn.article, []);
    tellMore(turn);
    say(turn.article ? text("coding_taken") : text("coding_none"));
    title.focus();
  },
  add() {
    events.push(blank());
    go(events.length - 1);
    field = form.elements.trigger;
    field.focus();
  },
  remove() {
    events.splice(at, 1);
    go(Math.min(at, events.length - 1));
  },
  /** Put the event that is shown into the book by itself: a judgement of one's own, as a correction is. */
  async find() {
    if (!events.length || lacks(at)) return undefined;
    const found = { kind: "found", names: [article.id], value: events[at] };
    const { decisions } = await send(DECISIONS, found, csrf);
    handed = { ids: decisions.map(({ id }) => id), article, events: [...events] };
    return say(text("coding_found"));
  },
  async hand() {
    if (events.some((_, place) => lacks(place))) return undefined;
    const said = events.length ? text("coding_handed", { count: events.length }) : text("coding_handed_none");
    const { decisions } = await send("/api/v1/codings", { article: article.id, events }, csrf);
    handed = { ids: decisions.map(({ id }) => id), article, events };
    await load();
    if (wanted) show(article, events);
    say(said);
    return title.focus();
  },
  async back() {
    const why = await askWhy(extra, text("coding_why_back"));
    if (!why) return;
    await send(`${SECOND}/back`, { article: article.id, why }, csrf);
    await load();
    say(text("coding_back", { why }));
  },
  async undo() {
    if (!handed) return say(text("review_nothing"));
    await send(`${DECISIONS}/undo`, { ids: handed.ids, why: "undone in review" }, csrf);
    show(handed.article, handed.events);
    handed = null;
    return say(text("review_undone"));
  },
};

/** Tell whether an event lacks the words that prove it; then it is shown, and what it needs is said. */
function lacks(place) {
  const { trigger, quote } = events[place];
  if (trigger && quote.includes(trigger)) return false;
  go(place);
  say(text("coding_missing", { number: place + 1 }));
  return true;
}

function go(place) {
  at = Math.max(0, Math.min(place, events.length - 1));
  draw();
}

function say(words) {
  document.getElementById("said").textContent = words;
}

async function act(name) {
  const button = desk.querySelector(`[data-act=${name}]`);
  if (!button || button.hidden) return;
  try {
    await acts[name]();
  } catch (problem) {
    say(problem.message);
  }
}

const KEYS = { n: "take", e: "add", x: "remove", f: "find", h: "hand", g: "back", u: "undo" };

addEventListener("keydown", (pressed) => {
  if (pressed.ctrlKey || pressed.metaKey || pressed.altKey) return;
  if (pressed.key === "Escape") return pressed.target.blur();
  const fields = [...form.elements].filter(({ name }) => name);
  if (["ArrowDown", "ArrowUp"].includes(pressed.key) && fields.includes(pressed.target) && pressed.target.tagName === "INPUT") {
    pressed.preventDefault();
    return fields[Math.max(0, Math.min(fields.indexOf(pressed.target) + (pressed.key === "ArrowDown" ? 1 : -1), fields.length - 1))].focus();
  }
  if (pressed.target.closest("input, select, textarea")) return;
  if (pressed.key === "j") return go(at + 1);
  if (pressed.key === "k") return go(at - 1);
  if (pressed.key === "?") return desk.querySelector("details:last-of-type").toggleAttribute("open");
  if (pressed.key === "t") {
    pressed.preventDefault();
    return enter(document.querySelector("#text .text"));
  }
  if (!(pressed.key in KEYS)) return;
  pressed.preventDefault();
  act(KEYS[pressed.key]);
});
form.addEventListener("focusin", ({ target }) => { field = target; });
form.addEventListener("change", drawText);
for (const button of desk.querySelectorAll("[data-act]")) button.addEventListener("click", () => act(button.dataset.act));
load().catch((problem) => say(problem.message));
