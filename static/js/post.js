/** What every signed-in page runs: the menu, the lists, the forms; pictures are fetched only where there is one. */
import { awakenForms } from "./forms.js";
import { awakenLists } from "./lists.js";
import "./reveal.js";
import "./session.js";
import { awakenUploads } from "./upload.js";
import { notice, say } from "./words.js";

// Each import is written out: set-up puts hashed names into those it can read.
const charts = () => import("./charts.js");
const PICTURES = { curve: charts, fan: charts, network: () => import("./network.js"), map: () => import("./map.js") };

function awaken(root) {
  awakenLists(root);
  awakenForms(root);
  awakenUploads(root);
  for (const figure of root.querySelectorAll("[data-picture]:not([data-awake])")) {
    figure.dataset.awake = "";
    PICTURES[figure.dataset.picture]().then((module) => module.draw(figure));
  }
}

function openSide(button) {
  const open = button.getAttribute("aria-expanded") !== "true";
  button.setAttribute("aria-expanded", String(open));
}

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-side]");
  if (button) openSide(button);
  for (const open of document.querySelectorAll("details[data-closes][open]")) if (!open.contains(event.target)) open.open = false;
});

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  for (const open of document.querySelectorAll("details[data-closes][open]")) {
    open.open = false;
    open.querySelector("summary").focus();
  }
});

document.addEventListener("htmx:load", (event) => awaken(event.detail.elt.parentElement ?? document));
document.addEventListener("htmx:responseError", (event) => notice(say("failed", { status: event.detail.xhr.status }), { level: "danger", key: "failed" }));
document.addEventListener("htmx:sendError", () => notice(say("kept"), { level: "warning", key: "kept" }));
awaken(document);
