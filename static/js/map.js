/**
 * Areas coloured by class: no tiles, nothing fetched. Every area is a link that Tab reaches and screen readers name.
 *
 * Data: {areas: GeoJSON FeatureCollection, classes: [{words}], none: words}
 * Feature properties: {name, short, words, value, href, class: index into classes or null}
 */
import "../leaflet/leaflet.js";
import { colour, dataOf, inBothLights, offerSaving } from "./pictures.js";
import { say } from "./words.js";

const L = globalThis.L;
const SVG = "http://www.w3.org/2000/svg";
const STEPS = 5;
const [LETTER, LINE] = [7.6, 17];

function styleSheet() {
  const link = document.createElement("link");
  link.rel = "stylesheet";
  link.href = new URL("../leaflet/leaflet.css", import.meta.url).href;
  const ready = new Promise((done) => link.addEventListener("load", done, { once: true }));
  document.head.prepend(link);
  return ready;
}

const sheet = styleSheet();

/** The class's colour: classes are spread over the ramp, lightest first. */
function shade(at, count) {
  if (at === null || at === undefined) return colour("surface-2");
  return colour(`class-${count < 2 ? STEPS : Math.round((at * STEPS) / (count - 1))}`);
}

function look(feature, count) {
  const none = feature.properties.class === null || feature.properties.class === undefined;
  return { color: colour("ink-2"), weight: 1.2, fillOpacity: 1, fillColor: shade(feature.properties.class, count), dashArray: none ? "3 3" : null };
}

/** Whether white words read better than black ones on a colour (WCAG relative luminance). */
function isDark(fill) {
  const [red, green, blue] = fill.match(/[\da-f]{2}/gi).map((part) => parseInt(part, 16) / 255).map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue < 0.18;
}

function paintArea(layer, count) {
  const style = look(layer.feature, count);
  layer.setStyle(style);
  layer.getTooltip().getContent().style.color = isDark(style.fillColor) ? "#fff" : "#000";
}

/** Where an area is drawn too small for its name, the number stands alone; pointing at it or zooming in tells the name. */
function nameIfItFits(map, layer) {
  const tag = layer.getTooltip()?.getContent();
  if (!tag) return;
  const { x: width, y: height } = map.latLngToContainerPoint(layer.getBounds().getSouthEast()).subtract(map.latLngToContainerPoint(layer.getBounds().getNorthWest()));
  const [words] = tag.children;
  words.hidden = width < words.textContent.length * LETTER || height < 2 * LINE;
  layer.getTooltip().update(); // a label that lost its name is narrower: it is centred anew
}

function makeLink(layer, { name, words, href }) {
  const shape = layer.getElement();
  if (!shape) return;
  shape.setAttribute("aria-label", `${name}: ${words}`);
  const title = shape.appendChild(document.createElementNS(SVG, "title"));
  title.textContent = `${name}: ${words}`;
  if (!href) return void shape.setAttribute("role", "img");
  shape.setAttribute("role", "link");
  shape.setAttribute("tabindex", "0");
  const follow = () => location.assign(href);
  layer.on("click", follow);
  shape.addEventListener("keydown", (event) => { if (event.key === "Enter") follow(); });
}

function legend(figure, data) {
  const list = document.createElement("ul");
  list.className = "map-legend";
  const rows = data.classes.map((row, at) => [row.words, shade(at, data.classes.length), ""]);
  for (const [words, fill, kind] of data.none ? [...rows, [data.none, colour("surface-2"), "none"]] : rows) {
    const line = document.createElement("li");
    const swatch = document.createElement("i");
    swatch.style.background = fill;
    swatch.className = kind;
    line.append(swatch, words);
    list.append(line);
  }
  figure.querySelector(".map-legend")?.remove();
  figure.querySelector("[data-canvas]").after(list);
}

/** The map as one SVG with its labels, for saving. */
function asSvg(map, layers) {
  const { x: width, y: height } = map.getSize();
  const root = document.createElementNS(SVG, "svg");
  const set = (node, values) => { for (const [key, value] of Object.entries(values)) node.setAttribute(key, value); return node; };
  set(root, { xmlns: SVG, width, height, viewBox: `0 0 ${width} ${height}`, "font-family": "sans-serif", "font-size": 12 });
  root.append(set(document.createElementNS(SVG, "rect"), { width, height, fill: colour("surface") }));
  const shift = map.containerPointToLayerPoint([0, 0]);
  const shapes = set(document.createElementNS(SVG, "g"), { transform: `translate(${-shift.x} ${-shift.y})` });
  const texts = document.createElementNS(SVG, "g");
  layers.eachLayer((layer) => {
    shapes.append(layer.getElement().cloneNode());
    const at = map.latLngToContainerPoint(layer.getBounds().getCenter());
    const text = set(document.createElementNS(SVG, "text"), { x: at.x, y: at.y, "text-anchor": "middle", fill: isDark(layer.options.fillColor) ? "#fff" : "#000" });
    text.textContent = `${layer.feature.properties.short ?? layer.feature.properties.name} ${layer.feature.properties.value ?? ""}`.trim();
    texts.append(text);
  });
  root.append(shapes, texts);
  return new XMLSerializer().serializeToString(root);
}

export async function draw(figure) {
  await sheet;
  const data = dataOf(figure);
  const box = figure.querySelector("[data-canvas]");
  const map = L.map(box, { attributionControl: false, zoomControl: false, scrollWheelZoom: false, zoomSnap: 0.1, zoomAnimation: false, fadeAnimation: false, renderer: L.svg({ padding: 0.5 }) });
  L.control.zoom({ zoomInTitle: say("zoom_in"), zoomOutTitle: say("zoom_out") }).addTo(map);
  const layers = L.geoJSON(data.areas).addTo(map);
  const fit = () => { map.invalidateSize(false); map.fitBounds(layers.getBounds(), { padding: [6, 6], animate: false }); };
  map.on("zoomend moveend", () => layers.eachLayer((layer) => nameIfItFits(map, layer)));
  fit();
  layers.eachLayer((layer) => {
    const { short, name, value } = layer.feature.properties;
    const tag = document.createElement("span");
    const words = document.createElement("span");
    words.append(short ?? name, document.createElement("br"));
    tag.append(words, String(value ?? ""));
    layer.bindTooltip(tag, { permanent: true, direction: "center", className: "place", interactive: false });
    makeLink(layer, layer.feature.properties);
    nameIfItFits(map, layer);
  });
  inBothLights(() => { layers.eachLayer((layer) => paintArea(layer, data.classes.length)); legend(figure, data); });
  new ResizeObserver(fit).observe(box);
  offerSaving(figure, () => asSvg(map, layers));
}
