// Selecting words in a text, with a pointer or from the keyboard: a text has a caret, as a field has, but takes no change.

/** Make a text one in which words can be selected; `chosen` hears of them when the pointer lets go, or by Enter. */
export function selectable(place, name, chosen) {
  Object.assign(place, { contentEditable: "true", spellcheck: false, tabIndex: 0 });
  for (const [key, value] of Object.entries({ role: "textbox", "aria-multiline": "true", "aria-readonly": "true", "aria-label": name, inputmode: "none" })) place.setAttribute(key, value);
  for (const change of ["beforeinput", "paste", "cut", "drop", "dragstart"]) place.addEventListener(change, (wanted) => wanted.preventDefault());
  place.addEventListener("mouseup", () => tell(chosen));
  place.addEventListener("keydown", (pressed) => {
    if (pressed.key === "Escape") place.blur();
    if (pressed.key === "Enter") {
      pressed.preventDefault();
      tell(chosen);
    }
    // letters are no commands while somebody moves in a text
    pressed.stopPropagation();
  });
  return place;
}

function tell(chosen) {
  const words = getSelection().toString().trim();
  if (words) chosen(words);
}

/** Put the caret at the beginning of a text. */
export function enter(place) {
  if (!place) return;
  place.focus();
  getSelection().collapse(place, 0);
}
