// What the scripts ask of the server. Answers of the API are JSON; an error is a problem (RFC 9457).

const NO_CONTENT = 204;

/** Give the answer to a GET; raises an Error with the words of the problem. */
export async function ask(path, parameters = new URLSearchParams(), signal = undefined) {
  const query = parameters.toString();
  return answered(await fetch(query ? `${path}?${query}` : path, { signal }));
}

/** Send JSON with the token that shows that this page sent it; give the answer. */
export async function send(path, value, csrf) {
  return answered(
    await fetch(path, {
      method: "POST",
      headers: { "Content-Type": "application/json", "X-CSRF-Token": csrf },
      body: JSON.stringify(value),
    }),
  );
}

/** Take something back by a DELETE. */
export async function withdraw(path, csrf) {
  return answered(await fetch(path, { method: "DELETE", headers: { "X-CSRF-Token": csrf } }));
}

// an answer that was cut off or left is no answer: its error is not an empty one's
async function answered(response) {
  if (!response.ok) {
    const problem = await response.json().catch(() => ({}));
    throw new Error(problem.detail || problem.title || `${response.status}`);
  }
  return response.status === NO_CONTENT ? {} : response.json();
}
