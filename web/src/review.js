// Review, keyboard first: a queue of events, the fields of one, its articles beside it.
import { ask, send } from "./api.js";
import { showFields, take } from "./review_fields.js";
import { askSome, askWhich, askWhy } from "./review_questions.js";
import { marked } from "./review_text.js";
import { enter, selectable } from "./selecting.js";
import { headCount, label, text } from "./strings.js";

const desk = document.getElementById("review");
const { csrf } = desk.dataset;
const list = document.getElementById("queue");
const form = document.getElementById("fields");
const extra = document.getElementById("extra");
const articles = document.getElementById("articles");
const title = document.getElementById("case-title");
const DECISIONS = "/api/v1/decisions";
const DAY = 86400e3;
const ID = /^[0-9a-f]{16}$/;

let waiting = [];
let at = 0;
let shown = null;
let field = null;
const done = [];

async function load() {
  ({ events: waiting } = await ask("/review/queue", new URLSearchParams(location.search)));
  const wanted = new URLSearchParams(location.search).get("event");
  if (wanted) waiting = [{ event: { id: wanted }, why: [] }, ...waiting.filter(({ event }) => event.id !== wanted)];
  at = 0;
  await open();
}

async function open() {
  list.replaceChildren(...waiting.map(entry));
  list.children[at]?.scrollIntoView({ block: "nearest" });
  if (!waiting.length) return empty();
  const { event: { id }, why } = waiting[at];
  shown = await ask(`/api/v1/events/${encodeURIComponent(id)}`);
  const { event } = shown;
  waiting[at].event = { id: event.id, form: event.form, date: event.date.edtf, place: event.place.name || event.place.text };
  list.children[at].replaceWith(entry(waiting[at], at));
  title.textContent = `${label(event.form)}, ${event.place.name || event.place.text} ${event.date.edtf}`;
  document.getElementById("case-why").textContent = why.map((reason) => text(`review_why_${reason}`)).join(" · ");
  extra.hidden = true;
  field = null;
  showFields(form, event, correct);
  desk.dataset.event = event.id;
  await showArticles(event);
  return undefined;
}

function empty() {
  shown = null;
  title.textContent = text("review_done");
  document.getElementById("case-why").textContent = "";
  form.replaceChildren();
  articles.replaceChildren();
  desk.dataset.event = "";
}

function entry({ event, why }, place) {
  const item = document.createElement("li");
  const button = Object.assign(document.createElement("button"), { type: "button", className: "plain" });
  button.append(`${label(event.form ?? "")} ${event.place ?? ""}`, document.createElement("br"));
  button.append(Object.assign(document.createElement("small"), { textContent: [event.date, ...why.map((reason) => text(`review_why_${reason}`))].filter(Boolean).join(" · ") }));
  if (place === at) button.setAttribute("aria-current", "true");
  button.addEventListener("click", () => go(place));
  item.append(button);
  return item;
}

async function showArticles(event) {
  const told = await Promise.all(event.records.map((telling) => ask(`/api/v1/articles/${encodeURIComponent(telling.article)}`)));
  articles.replaceChildren(...event.records.map((telling, number) => {
    const part = Object.assign(document.createElement("article"), { className: "source" });
    const head = Object.assign(document.createElement("h3"), { textContent: told[number].title || text("review_article", { name: telling.article }) });
    const facts = Object.assign(document.createElement("p"), { className: "facts", textContent: [telling.source, telling.published].filter(Boolean).join(" · ") });
    const body = marked(told[number].text ?? telling.quote, told[number].text ? telling.spans : {});
    part.append(head, facts, selectable(body, text("review_text", { name: head.textContent }), chosen));
    return part;
  }));
}

/** Put words that were selected into the field that was last in use. */
function chosen(words) {
  if (!take(field, words)) return;
  field.focus();
  say(text("review_selected", { words, field: label(field.name) }));
}

/** Send judgements; keep their ids, so that they can be taken back together. */
async function decide(said, judgements) {
  try {
    const made = [];
    for (const judgement of judgements) {
      const { decisions } = await send(DECISIONS, judgement, csrf);
      made.push(...decisions.map(({ id }) => id));
    }
    done.push({ ids: made, event: waiting[at]?.event.id });
    say(said);
    return true;
  } catch (problem) {
    say(problem.message);
    return false;
  }
}

async function correct(path, value) {
  if (await decide(text("review_saved", { field: label(path) }), [{ kind: "correct", names: [shown.event.id], field: path, value }])) {
    const name = path;
    await open();
    form.elements[name]?.focus();
  }
}

async function leave() {
  waiting.splice(at, 1);
  at = Math.min(at, Math.max(waiting.length - 1, 0));
  await open();
  title.focus();
}

const acts = {
  async accept() {
    // that a person says "these records tell an event" is kept as what undoes a rejection: it stands whatever comes
    if (await decide(text("review_accepted"), [{ kind: "restore", names: [shown.event.id], value: "accepted" }])) await leave();
  },
  reject: () => reject(undefined, "review_reject_why", "review_rejected"),
  nonprotest: () => reject("not_a_protest", "review_why_nonprotest", "review_nonprotest"),
  unverifiable: () => reject("unverifiable", "review_why_unverifiable", "review_unverifiable"),
  async merge() {
    const { event } = shown;
    const others = (await neighbours(event)).filter(({ id }) => id !== event.id);
    if (!others.length) return say(text("review_no_candidates"));
    const other = await askWhich(extra, text("review_candidates"), others, described);
    if (!other || !(await decide(text("review_merged"), [{ kind: "same", names: [event.id, other] }]))) return undefined;
    waiting = waiting.filter(({ event: { id } }) => id === event.id || id !== other);
    return open();
  },
  async split() {
    const { event } = shown;
    if (event.records.length < 2) return say(text("review_one_report"));
    const reports = event.records.map((telling) => ({ ...telling, id: telling.record }));
    const parted = await askSome(extra, text("review_parts"), reports, quoted);
    const rest = reports.filter(({ id }) => !parted?.includes(id));
    if (!parted || !rest.length) return undefined;
    // a decision has records, no groups of them: each that is parted differs from each that stays
    const pairs = parted.flatMap((one) => rest.map(({ id }) => ({ kind: "different", names: [one, id] })));
    return (await decide(text("review_parted"), pairs)) ? open() : undefined;
  },
  async link() {
    const { event } = shown;
    const reports = event.records.map((telling) => ({ ...telling, id: telling.record }));
    // of an event with one report that one is meant
    const moved = reports.length > 1 ? await askSome(extra, text("review_link_reports"), reports, quoted) : reports.map(({ id }) => id);
    if (!moved) return undefined;
    const wanted = await askWhy(extra, text("review_link_find"));
    const found = wanted ? await lookedFor(wanted, event) : [];
    if (!found.length) return wanted && say(text("review_link_none"));
    const other = await askWhich(extra, text("review_link_which"), found, described);
    if (!other) return undefined;
    const rest = reports.filter(({ id }) => !moved.includes(id));
    const apart = moved.flatMap((one) => rest.map(({ id }) => ({ kind: "different", names: [one, id] })));
    if (!(await decide(text("review_linked"), [...apart, { kind: "same", names: [...moved, other] }]))) return undefined;
    waiting = waiting.filter(({ event: { id } }) => id === event.id || id !== other);
    return open();
  },
  whole: () => location.assign(codingOfFirst()),
  missing: () => location.assign(`${codingOfFirst()}#missing`),
  async skip() {
    const why = await askWhy(extra, text("review_why"));
    if (why && (await decide(text("review_skipped", { why }), [{ kind: "skip", names: [shown.event.id], why }]))) await leave();
  },
  async undo() {
    const last = done.pop();
    if (!last) return say(text("review_nothing"));
    try {
      await send(`${DECISIONS}/undo`, { ids: last.ids, why: "undone in review" }, csrf);
    } catch (problem) {
      done.push(last);
      return say(problem.message);
    }
    say(text("review_undone"));
    if (waiting[at]?.event.id !== last.event) waiting.splice(at, 0, { event: { id: last.event }, why: [] });
    return open();
  },
};

function codingOfFirst() {
  return `/code?article=${encodeURIComponent(shown.event.records[0].article)}`;
}

async function reject(value, question, said) {
  const why = await askWhy(extra, text(question));
  if (why && (await decide(text(said), [{ kind: "reject", names: [shown.event.id], why, ...(value && { value }) }]))) await leave();
}

/** Give the event of an id, or those whose articles have all of some words. */
async function lookedFor(words, event) {
  try {
    if (ID.test(words)) return [(await ask(`/api/v1/events/${words}`)).event].filter(({ id }) => id !== event.id);
    const { events } = await ask("/api/v1/events", new URLSearchParams({ text: words, limit: 30 }));
    return events.filter(({ id }) => id !== event.id);
  } catch (problem) {
    say(problem.message);
    return [];
  }
}

async function neighbours(event) {
  const question = new URLSearchParams({ limit: 30 });
  if (event.place.country) question.set("country", event.place.country);
  const [first, last] = [event.date.edtf.split("/")[0], event.date.edtf.split("/").at(-1)];
  if (/^\d{4}-\d{2}-\d{2}$/.test(first)) question.set("from", shifted(first, -1));
  if (/^\d{4}-\d{2}-\d{2}$/.test(last)) question.set("to", shifted(last, 1));
  return (await ask("/api/v1/events", question)).events;
}

function shifted(day, days) {
  return new Date(Date.parse(day) + days * DAY).toISOString().slice(0, 10);
}

function described(event) {
  const size = headCount(event.size.low, event.size.high);
  return [`${label(event.form)}, ${event.place.name || event.place.text}`, event.date.edtf, size, event.records[0]?.quote].filter(Boolean).join(" · ");
}

function quoted({ source, published, quote }) {
  return [source, published, quote].filter(Boolean).join(" · ");
}

function say(words) {
  document.getElementById("said").textContent = words;
}

async function go(place) {
  at = Math.max(0, Math.min(place, waiting.length - 1));
  await open();
  title.focus();
}

function step(by) {
  const fields = [...form.elements].filter(({ name }) => name);
  const now = fields.indexOf(document.activeElement);
  fields[Math.max(0, Math.min(now + by, fields.length - 1))]?.focus();
}

const KEYS = {
  a: acts.accept, n: acts.nonprotest, v: acts.unverifiable, r: acts.reject, m: acts.merge, p: acts.split, l: acts.link, c: acts.whole, f: acts.missing,
  s: acts.skip, u: acts.undo,
};

addEventListener("keydown", (pressed) => {
  if (pressed.ctrlKey || pressed.metaKey || pressed.altKey) return;
  const typing = pressed.target.closest("input, select, textarea");
  if (pressed.key === "Escape") return pressed.target.blur();
  if (["ArrowDown", "ArrowUp"].includes(pressed.key) && pressed.target.tagName !== "SELECT" && !pressed.target.closest("#extra")) {
    pressed.preventDefault();
    return step(pressed.key === "ArrowDown" ? 1 : -1);
  }
  if (typing) return undefined;
  if (pressed.key === "j") return go(at + 1);
  if (pressed.key === "k") return go(at - 1);
  if (pressed.key === "t") {
    pressed.preventDefault();
    return enter(articles.querySelector(".text"));
  }
  if (pressed.key === "?") return desk.querySelector("details").toggleAttribute("open");
  const act = KEYS[pressed.key];
  if (!act || (!shown && act !== acts.undo)) return undefined;
  pressed.preventDefault();
  return act();
});

form.addEventListener("focusin", ({ target }) => { field = target; });
for (const button of desk.querySelectorAll("[data-act]")) button.addEventListener("click", () => acts[button.dataset.act]());
load().catch((problem) => say(problem.message));
