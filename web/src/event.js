// The page of one event: pointing at a field shows its words in the articles.
const marks = [...document.querySelectorAll("mark[data-fields]")];

for (const row of document.querySelectorAll("tr[data-field]")) {
  const light = (on) => {
    for (const mark of marks) {
      if (mark.dataset.fields.split(" ").includes(row.dataset.field)) mark.classList.toggle("lit", on);
    }
  };
  row.addEventListener("pointerenter", () => light(true));
  row.addEventListener("pointerleave", () => light(false));
  row.addEventListener("focusin", () => light(true));
  row.addEventListener("focusout", () => light(false));
}
