/** The words the page gave to its scripts, in the reader's language. */
const block = document.getElementById("words");
const words = block ? JSON.parse(block.textContent) : {};

/** One sentence with its {names} filled in. */
export function say(key, values = {}) {
  return (words[key] ?? key).replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);
}

/** A number as the page's language writes it: 1.416 or 1,416. */
export function number(value) {
  return new Intl.NumberFormat(document.documentElement.lang === "en" ? "en" : "vi").format(value);
}

/** Show a notice at the top of the page; screen readers hear it. */
export function notice(text, { level = "warning", key = "", act } = {}) {
  const place = document.getElementById("notices") ?? document.body;
  const line = (key && place.querySelector(`[data-key="${key}"]`)) || document.createElement("p");
  line.className = `notice ${level}`;
  line.dataset.key = key;
  line.textContent = `${text} `;
  if (act) {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = act.words;
    button.addEventListener("click", () => { line.remove(); act.run(); });
    line.append(button);
  }
  place.append(line);
  return line;
}
