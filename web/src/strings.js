// The words of the pages: the server puts those of its strings file that scripts need into the page.
const told = document.getElementById("strings");
const strings = told ? JSON.parse(told.textContent) : {};

/** Give the text of a key, with {names} filled in. */
export function text(key, values = {}) {
  const words = strings[key] ?? key;
  return words.replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);
}

/** Give the label of a value of the vocabulary, as "human chain" for "human_chain". */
export function label(value) {
  return strings[`value.${value}`] ?? value.replaceAll("_", " ");
}

const numbers = new Intl.NumberFormat(document.documentElement.lang || "en");

/** Give a whole number as readers of the page's language write it. */
export function number(value) {
  return numbers.format(value);
}

/** Give a head count in words: "500", "200–999", "100+", "up to 300". */
export function headCount(low, high) {
  if (low == null && high == null) return "";
  if (high == null) return `${number(low)}+`;
  if (low == null) return text("up_to", { count: number(high) });
  return low === high ? number(low) : `${number(low)}–${number(high)}`;
}
