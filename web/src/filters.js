// The filters of the page: the form, the URL and the questions to the API have the same names.
import { number } from "./strings.js";

/** Give what a form asks as parameters, without what is empty. */
export function asked(form) {
  const found = new URLSearchParams();
  for (const [name, value] of new FormData(form)) if (value !== "") found.append(name, value);
  return found;
}

/** Put parameters into a form. */
export function fill(form, parameters) {
  for (const field of form.elements) {
    if (!field.name) continue;
    if (field.type === "checkbox") field.checked = parameters.getAll(field.name).includes(field.value);
    else field.value = parameters.get(field.name) ?? "";
  }
}

/** Give parameters with some left out. */
export function without(parameters, ...names) {
  const rest = new URLSearchParams(parameters);
  for (const name of names) rest.delete(name);
  return rest;
}

/** Show beside each choice how many events it has. */
export function showCounts(form, facets) {
  for (const place of form.querySelectorAll("[data-count]")) {
    const [facet, value] = place.dataset.count.split("/");
    const counts = facets[facet];
    place.textContent = counts ? number(counts[value] ?? 0) : "";
  }
}

/** Offer the countries that have events, with their number. */
export function showCountries(form, counts) {
  for (const option of form.elements.country.options) {
    if (!option.value) continue;
    option.dataset.name ??= option.textContent;
    const count = counts[option.value] ?? 0;
    option.textContent = `${option.dataset.name} (${number(count)})`;
    option.hidden = !count && !option.selected;
  }
}
