/**
 * Who met whom (rings around a person) and who infected whom (layers from left to right).
 *
 * Data: {layout: "rings"|"layers", root, limit, nodes: [{id, label, degree, level, href}], edges: [{source, target, words, sure}]}
 */
import { frame, paint } from "./echart.js";
import { fold, layers, rings } from "./fold.js";
import { colour, dataOf } from "./pictures.js";
import { number, say } from "./words.js";

// Shape and size tell degrees apart where colour cannot.
const SHAPES = ["diamond", "circle", "rect", "triangle", "pin"];
const INKS = ["series-2", "series-1", "series-3", "series-4", "series-5"];

/** A tree is as tall as its rows need to stay readable, within reason. */
function heightFor(seen) {
  const rows = Math.max(...[...layers(seen).values()].map((place) => place.y)) + 1;
  return Math.min(Math.max(rows * 34 + 60, 200), 1400);
}

function drawn(node, at) {
  const degree = node.degree ?? 0;
  const bundle = node.count > 0;
  return {
    id: node.id, name: bundle ? say("folded", { count: number(node.count) }) : node.label, x: at.x, y: at.y, href: node.href, words: node.words,
    symbol: bundle ? "roundRect" : SHAPES[Math.min(degree, SHAPES.length - 1)],
    symbolSize: bundle ? 18 : Math.max(13, 26 - 5 * degree),
    itemStyle: { color: bundle ? colour("surface-2") : colour(INKS[Math.min(degree, INKS.length - 1)]), borderColor: bundle ? colour("line-strong") : colour("surface"), borderWidth: 1.5 },
  };
}

function joined(edge, directed) {
  return {
    source: edge.source, target: edge.target, words: edge.words, symbol: ["none", directed ? "arrow" : "none"], symbolSize: 7,
    lineStyle: { color: colour("line-strong"), width: 1.5, type: edge.sure === false ? "dashed" : "solid", curveness: 0 },
  };
}

/** Places in pixels of the box: ECharts rounds line ends to half units, and stretches symbols of a box of other shape. */
function inPixels(places, { clientWidth: width, clientHeight: height }) {
  const all = [...places.values()];
  const span = (axis) => { const values = all.map((place) => place[axis]); return [Math.min(...values), Math.max(...values)]; };
  const scale = (value, [low, high], size) => (high > low ? ((value - low) / (high - low)) * size : size / 2);
  const [across, down] = [span("x"), span("y")];
  return new Map([...places].map(([id, { x, y }]) => [id, { x: scale(x, across, width), y: scale(y, down, height) }]));
}

/** Two unseen points in the corners: a picture of one row or one column keeps its shape instead of being stretched to the box. */
const corners = ({ clientWidth, clientHeight }) =>
  [[0, 0], [clientWidth, clientHeight]].map(([x, y], at) => ({ id: `corner:${at}`, name: "", x, y, symbolSize: 0, silent: true, label: { show: false } }));

/** Room for names around the drawing; what is left is the box the points are placed in. */
const MARGINS = { layers: { left: 48, right: 48, top: 32, bottom: 16 }, rings: { left: 64, right: 64, top: 16, bottom: 36 } };
const within = ({ clientWidth, clientHeight }, { left, right, top, bottom }) =>
  ({ clientWidth: Math.max(clientWidth - left - right, 40), clientHeight: Math.max(clientHeight - top - bottom, 40) });

function options(data, seen, whole) {
  const directed = data.layout === "layers";
  const margins = MARGINS[directed ? "layers" : "rings"];
  const box = within(whole, margins);
  const place = inPixels((directed ? layers : rings)(seen, data.root), box);
  const look = frame();
  return {
    tooltip: { ...look.tooltip, formatter: ({ data: point }) => [point.name, point.words].filter(Boolean).join("\n") || " " },
    series: [{
      type: "graph", layout: "none", roam: true, scaleLimit: { min: 0.5, max: 6 }, ...margins,
      data: [...seen.nodes.map((node) => drawn(node, place.get(node.id))), ...corners(box)], links: seen.edges.map((edge) => joined(edge, directed)),
      label: { show: true, position: directed ? "top" : "bottom", color: colour("ink"), fontSize: 12, textBorderColor: colour("surface"), textBorderWidth: 3 },
      labelLayout: { hideOverlap: true }, emphasis: { focus: "adjacency" },
    }],
  };
}

export function draw(figure) {
  const data = dataOf(figure);
  if (!data.nodes.length) return;
  const seen = fold(data, data.limit ?? 80);
  const box = figure.querySelector("[data-canvas]");
  if (data.layout === "layers") box.style.height = `${heightFor(seen)}px`;
  const chart = paint(figure, () => options(data, seen, box));
  chart.on("click", ({ data: point }) => { if (point.href) location.assign(point.href); });
}
