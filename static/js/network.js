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

function options(data) {
  const seen = fold(data, data.limit ?? 80);
  const place = (data.layout === "layers" ? layers : rings)(seen, data.root);
  const directed = data.layout === "layers";
  const look = frame();
  return {
    tooltip: { ...look.tooltip, formatter: ({ data: point }) => [point.name, point.words].filter(Boolean).join("\n") || " " },
    series: [{
      type: "graph", layout: "none", roam: true, scaleLimit: { min: 0.5, max: 6 }, left: 24, right: directed ? 110 : 40, top: 24, bottom: 24,
      data: seen.nodes.map((node) => drawn(node, place.get(node.id))), links: seen.edges.map((edge) => joined(edge, directed)),
      label: { show: true, position: directed ? "right" : "bottom", color: colour("ink"), fontSize: 12, textBorderColor: colour("surface"), textBorderWidth: 3 },
      labelLayout: { hideOverlap: true }, emphasis: { focus: "adjacency" },
    }],
  };
}

export function draw(figure) {
  const data = dataOf(figure);
  if (!data.nodes.length) return;
  const chart = paint(figure, () => options(data));
  chart.on("click", ({ data: point }) => { if (point.href) location.assign(point.href); });
}
