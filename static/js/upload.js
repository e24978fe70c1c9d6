/** The upload form: files dropped anywhere on it are chosen, and what is chosen is named with its size before it goes. */
import { number } from "./words.js";

const MIB = 1024 * 1024;

function show(form) {
  const list = form.querySelector("[data-chosen]");
  list.replaceChildren(...[...form.querySelector("input[type=file]").files].map((file) => {
    const line = document.createElement("li");
    const size = file.size < MIB ? `${number(Math.ceil(file.size / 1024))} KB` : `${number(Math.round(file.size / MIB))} MB`;
    line.textContent = `${file.name} (${size})`;
    return line;
  }));
}

export function awakenUploads(root) {
  for (const form of root.querySelectorAll("form[data-upload]:not([data-awake])")) {
    form.dataset.awake = "";
    const [place, input] = [form.querySelector("[data-drop]"), form.querySelector("input[type=file]")];
    input.addEventListener("change", () => show(form));
    place.addEventListener("dragover", (event) => { event.preventDefault(); place.classList.add("over"); });
    place.addEventListener("dragleave", () => place.classList.remove("over"));
    place.addEventListener("drop", (event) => {
      event.preventDefault();
      place.classList.remove("over");
      input.files = event.dataTransfer.files;
      show(form);
    });
    form.addEventListener("submit", () => form.querySelector("button:not([type=button])").setAttribute("aria-busy", "true"));
    show(form);
  }
}
