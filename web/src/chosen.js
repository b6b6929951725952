// The panel beside the map: the events of a mark that was clicked.
import { ask } from "./api.js";
import { headCount, label, number, text } from "./strings.js";

// a panel is read, not scrolled for ever; the table has the rest
const SHOWN = 50;
const ASKED = 500;

export class Chosen {
  constructor(panel) {
    this.panel = panel;
    this.list = panel.querySelector("[data-list]");
    this.title = panel.querySelector("[data-title]");
    this.table = panel.querySelector("[data-table]");
    panel.querySelector("[data-close]").addEventListener("click", () => this.close());
    panel.addEventListener("keydown", (pressed) => pressed.key === "Escape" && this.close());
  }

  close() {
    this.panel.hidden = true;
    this.before?.focus();
  }

  /** Show the events of these ids, or of a cell, which lie in a box; `count` is their number. */
  async show({ ids, cell, box, filters, count }) {
    const question = new URLSearchParams(filters);
    question.set("box", box.map((side) => side.toFixed(5)).join(","));
    this.table.href = `/events?${question}`;
    this.title.textContent = text(count === 1 ? "chosen_one" : "chosen", { count: number(count) });
    this.list.replaceChildren(line(text("loading")));
    if (this.panel.hidden) this.before = document.activeElement;
    this.panel.hidden = false;
    if (cell) question.set("cell", cell);
    question.set("limit", ids && ids.size > SHOWN ? ASKED : SHOWN);
    this.question = question;
    const items = await itemsOf(question, ids, count).catch((problem) => [line(problem.message)]);
    // another mark may have been clicked meanwhile
    if (this.question !== question) return;
    this.list.replaceChildren(...items);
    this.title.focus();
  }
}

async function itemsOf(question, ids, count) {
  const { events } = await ask("/api/v1/events", question);
  const found = ids ? events.filter((event) => ids.has(event.id)) : events;
  const items = found.slice(0, SHOWN).map(item);
  if (count > items.length) items.push(line(text("chosen_more", { count: number(count - items.length) })));
  return items;
}

function item(event) {
  const entry = document.createElement("li");
  const link = document.createElement("a");
  link.href = `/events/${encodeURIComponent(event.id)}`;
  link.textContent = `${label(event.form)}, ${event.place.text || event.place.name}`;
  const facts = document.createElement("p");
  facts.className = "facts";
  const size = headCount(event.size.low, event.size.high);
  const told = [event.date.edtf || text("no_date"), event.status === "happened" ? "" : label(event.status), size];
  facts.textContent = told.filter(Boolean).join(" · ");
  const quote = document.createElement("p");
  quote.className = "quote";
  quote.textContent = event.records[0]?.quote ?? "";
  entry.append(link, facts, quote);
  return entry;
}

function line(words) {
  const entry = document.createElement("li");
  entry.className = "note";
  entry.textContent = words;
  return entry;
}
