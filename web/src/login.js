// Logging in and out: the pages of everybody load this.
import { send, withdraw } from "./api.js";

const form = document.getElementById("login");
const out = document.getElementById("logout");

form?.addEventListener("submit", async (submitted) => {
  submitted.preventDefault();
  const problem = document.getElementById("login-problem");
  problem.hidden = true;
  try {
    await send("/api/v1/session", Object.fromEntries(new FormData(form)), "");
    location.assign(inside(new URLSearchParams(location.search).get("next")));
  } catch (refused) {
    problem.textContent = refused.message;
    problem.hidden = false;
    form.elements.password.value = "";
    form.elements.password.focus();
  }
});

out?.addEventListener("click", async () => {
  await withdraw("/api/v1/session", out.dataset.csrf);
  location.assign("/");
});

/** Give a path of this server; whatever leads elsewhere leads to the map. */
function inside(path) {
  const target = new URL(path ?? "/", location.origin);
  return target.origin === location.origin ? target.pathname + target.search : "/";
}
