/**
 * A form with data-keep="key" loses nothing when the line drops.
 *
 * What is typed is kept in this tab (sessionStorage: gone with the tab, cleared at sign-in, never on another machine).
 * Before sending, the post is asked whether it is there; if not, the form stays, says so, and keeps everything.
 * A page that follows a successful send clears what was kept; data-bound on a form says that the server refilled it itself.
 */
import { notice, say } from "./words.js";

const NEVER_KEPT = new Set(["password", "file", "hidden", "submit", "button"]);
const storageKey = (form) => `form:${form.dataset.keep}`;
const kept = (form) => [...form.elements].filter((control) => control.name && !NEVER_KEPT.has(control.type));

function remember(form, { sent = false } = {}) {
  const values = kept(form).map((control) => [control.name, control.value, control.type === "checkbox" || control.type === "radio" ? control.checked : null]);
  sessionStorage.setItem(storageKey(form), JSON.stringify({ sent, values }));
}

function refill(form, values) {
  const waiting = kept(form);
  for (const [name, value, checked] of values) {
    const at = waiting.findIndex((control) => control.name === name && (checked === null || control.value === value));
    if (at < 0) continue;
    const [control] = waiting.splice(at, 1);
    if (checked === null) control.value = value;
    else control.checked = checked;
  }
}

function restore(form) {
  const stored = sessionStorage.getItem(storageKey(form));
  if (!stored || "bound" in form.dataset) return sessionStorage.removeItem(storageKey(form));
  refill(form, JSON.parse(stored).values);
  return notice(say("restored"), {
    level: "info", key: "restored",
    act: { words: say("discard"), run: () => { sessionStorage.removeItem(storageKey(form)); form.reset(); } },
  });
}

async function postIsThere() {
  try {
    return (await fetch("/health/", { cache: "no-store", signal: AbortSignal.timeout(8000) })).ok;
  } catch {
    return false;
  }
}

async function send(event, form) {
  if (form.dataset.sure !== undefined) return;
  event.preventDefault();
  const submitter = event.submitter;
  remember(form);
  if (!(await postIsThere())) return void notice(say("kept"), { level: "warning", key: "kept" });
  remember(form, { sent: true });
  form.dataset.sure = "";
  form.requestSubmit(submitter);
}

function forgetWhatArrived(root) {
  const here = new Set([...root.querySelectorAll("form[data-keep]")].map(storageKey));
  for (const key of Object.keys(sessionStorage)) {
    if (key.startsWith("form:") && !here.has(key) && JSON.parse(sessionStorage.getItem(key)).sent) sessionStorage.removeItem(key);
  }
}

export function awakenForms(root) {
  if (root === document) forgetWhatArrived(root);
  for (const form of root.querySelectorAll("form[data-keep]:not([data-awake])")) {
    form.dataset.awake = "";
    restore(form);
    form.addEventListener("input", () => remember(form));
    form.addEventListener("submit", (event) => send(event, form));
    window.addEventListener("pageshow", () => delete form.dataset.sure);
  }
}
