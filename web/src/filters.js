// The filters of the page: the form, the URL and the questions to the API have the same names.

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
export function showCounts(form, facets, number) {
  for (const place of form.querySelectorAll("[data-count]")) {
    const [facet, value] = place.dataset.count.split("/");
    const counts = facets[facet];
    place.textContent = counts ? number(counts[value] ?? 0) : "";
  }
}
