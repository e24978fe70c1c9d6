/** What all pictures share: their data, the page's colours, and saving as PNG or SVG. */
import { say } from "./words.js";

/** The data block inside a figure. */
export function dataOf(figure) {
  return JSON.parse(figure.querySelector('script[type="application/json"]').textContent);
}

/** A custom property of the page as a colour. */
export function colour(name) {
  return getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();
}

/** The series colours in their order. */
export function palette() {
  return [1, 2, 3, 4, 5, 6].map((at) => colour(`series-${at}`));
}

/** Run now, and again whenever the system turns dark or light. */
export function inBothLights(paint) {
  paint();
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", paint);
}

/** Put the save buttons in the caption; `svg()` gives the picture as SVG text. */
export function offerSaving(figure, svg) {
  const acts = figure.querySelector("[data-acts]");
  const title = figure.querySelector("figcaption b").textContent;
  for (const [words, save] of [[say("save_png"), savePng], [say("save_svg"), saveSvg]]) {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = words;
    button.setAttribute("aria-label", `${words}: ${title}`);
    button.addEventListener("click", () => save(svg(), figure.dataset.name));
    acts.append(button);
  }
}

function download(url, name) {
  const link = document.createElement("a");
  link.href = url;
  link.download = name;
  link.click();
}

function saveSvg(text, name) {
  const url = URL.createObjectURL(new Blob([text], { type: "image/svg+xml" }));
  download(url, `${name}.svg`);
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}

async function savePng(text, name) {
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(text)}`;
  await image.decode();
  const canvas = document.createElement("canvas");
  const scale = 2;
  [canvas.width, canvas.height] = [image.naturalWidth * scale, image.naturalHeight * scale];
  const pen = canvas.getContext("2d");
  pen.fillStyle = colour("surface");
  pen.fillRect(0, 0, canvas.width, canvas.height);
  pen.drawImage(image, 0, 0, canvas.width, canvas.height);
  download(canvas.toDataURL("image/png"), `${name}.png`);
}
