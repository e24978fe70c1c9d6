/**
 * The session does not end under an officer's hands.
 *
 * Who types or clicks uses the session, even where the page sends nothing. Two minutes before the end the page says so and offers to go on;
 * at the end it shows the sign-in page, so that no form is filled in for nothing. Asking how long it lasts is no use of it.
 */
import { notice, say } from "./words.js";

const NEAR = 120;
const USED_EVERY = 240;
const address = document.body.dataset.session;
let used = false;

async function left(method) {
  const headers = method === "POST" ? JSON.parse(document.body.getAttribute("hx-headers")) : {};
  const answer = await fetch(address, { method, headers, cache: "no-store" });
  if (answer.redirected || !answer.ok) return 0;
  return (await answer.json()).left;
}

function later(seconds) {
  setTimeout(watch, Math.max(1, Math.min(seconds, 86_400)) * 1000);
}

async function goOn() {
  later((await left("POST")) - NEAR);
}

async function watch() {
  let seconds;
  try {
    seconds = await left("GET");
  } catch {
    return later(30);
  }
  if (!seconds) return void location.reload();
  if (seconds > NEAR) return later(seconds - NEAR);
  notice(say("session"), { level: "warning", key: "session", act: { words: say("session_on"), run: goOn } });
  return later(seconds + 1);
}

if (address) {
  for (const sign of ["input", "pointerdown", "keydown"]) document.addEventListener(sign, () => (used = true), { passive: true });
  setInterval(() => {
    if (used) left("POST").catch(() => {});
    used = false;
  }, USED_EVERY * 1000);
  later(Number(document.body.dataset.left) - NEAR);
}
