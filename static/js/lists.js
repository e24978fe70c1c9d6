/**
 * Lists are the work place: table[data-list="name"] with rows tr[data-href].
 *
 * j and k walk, Enter opens, x selects, / goes to the search box, Escape lets go of the selection.
 * A row's checkbox (input[data-pick]) feeds the bulk bar [data-bulk="name"]; [data-columns="name"] hides columns and remembers it.
 */
import { number, say } from "./words.js";

const typing = (target) => target.closest("input:not([type=checkbox]), textarea, select, [contenteditable]");
const rowsOf = (table) => [...table.tBodies].flatMap((body) => [...body.rows]).filter((row) => row.dataset.href);

function walk(step) {
  const table = document.activeElement?.closest("table[data-list]") ?? document.querySelector("table[data-list]");
  if (!table) return;
  const rows = rowsOf(table);
  const at = rows.indexOf(document.activeElement?.closest("tr"));
  const next = rows[Math.min(Math.max(at + step, 0), rows.length - 1)];
  next?.focus();
  next?.scrollIntoView({ block: "nearest" });
}

function focusSearch() {
  const box = document.querySelector("[data-search]") ?? document.querySelector("[data-search-everywhere]");
  box?.focus();
  box?.select();
  return Boolean(box);
}

function onKey(event) {
  if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return;
  const row = event.target.closest?.("table[data-list] tr[data-href]");
  if (event.key === "j") walk(1);
  else if (event.key === "k") walk(-1);
  else if (event.key === "/" && focusSearch()) event.preventDefault();
  else if (event.key === "Enter" && row === event.target) location.assign(row.dataset.href);
  else if (event.key === "x" && row) row.querySelector("[data-pick]")?.click();
  else if (event.key === "Escape") for (const table of document.querySelectorAll("table[data-list]")) pickAll(table, false);
}

function pickAll(table, on) {
  const picks = [...table.querySelectorAll("[data-pick]")];
  if (!on && !picks.some((pick) => pick.checked)) return;
  for (const pick of picks) pick.checked = on;
  showSelection(table);
}

function showSelection(table) {
  const picks = [...table.querySelectorAll("[data-pick]")];
  for (const pick of picks) pick.closest("tr").setAttribute("aria-selected", String(pick.checked));
  const count = picks.filter((pick) => pick.checked).length;
  const all = table.querySelector("[data-pick-all]");
  if (all) Object.assign(all, { checked: count > 0 && count === picks.length, indeterminate: count > 0 && count < picks.length });
  const bar = document.querySelector(`[data-bulk="${table.dataset.list}"]`);
  if (!bar) return;
  bar.hidden = count === 0;
  bar.querySelector("[data-count]").textContent = say("selected", { count: number(count) });
}

function pickRange(table, last, pick) {
  const picks = [...table.querySelectorAll("[data-pick]")];
  const [from, to] = [picks.indexOf(last), picks.indexOf(pick)].sort((a, b) => a - b);
  for (const between of picks.slice(from, to + 1)) between.checked = pick.checked;
}

function awakenTable(table) {
  table.dataset.awake = "";
  let last = null;
  for (const row of rowsOf(table)) row.tabIndex = -1;
  table.addEventListener("click", (event) => {
    const pick = event.target.closest("[data-pick]");
    if (!pick) return;
    if (event.shiftKey && last?.isConnected) pickRange(table, last, pick);
    last = pick;
    showSelection(table);
  });
  table.querySelector("[data-pick-all]")?.addEventListener("change", (event) => pickAll(table, event.target.checked));
  showSelection(table);
}

function awakenColumns(chooser) {
  chooser.dataset.awake = "";
  const key = `columns:${chooser.dataset.columns}`;
  const boxes = [...chooser.querySelectorAll("input[type=checkbox]")];
  const hidden = new Set(JSON.parse(localStorage.getItem(key) ?? "[]"));
  const show = () => {
    for (const cell of document.querySelectorAll(`table[data-list="${chooser.dataset.columns}"] [data-column]`)) cell.hidden = hidden.has(cell.dataset.column);
  };
  for (const box of boxes) {
    box.checked = !hidden.has(box.value);
    box.addEventListener("change", () => {
      box.checked ? hidden.delete(box.value) : hidden.add(box.value);
      localStorage.setItem(key, JSON.stringify([...hidden]));
      show();
    });
  }
  show();
}

export function awakenLists(root) {
  for (const table of root.querySelectorAll("table[data-list]:not([data-awake])")) awakenTable(table);
  for (const table of document.querySelectorAll("table[data-list]")) for (const row of rowsOf(table)) row.tabIndex = -1;
  for (const chooser of root.querySelectorAll("[data-columns]:not([data-awake])")) awakenColumns(chooser);
}

document.addEventListener("keydown", onKey);
