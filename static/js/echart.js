/** One ECharts drawing inside a figure: SVG, still, resized with its box, repainted in the dark, savable. */
import * as echarts from "../vendor/echarts.js";
import { colour, inBothLights, offerSaving } from "./pictures.js";

/** Draw what `options()` says; it is asked again whenever the colours change. */
export function paint(figure, options) {
  const box = figure.querySelector("[data-canvas]");
  const chart = echarts.init(box, null, { renderer: "svg" });
  // Single quotes: the family ends up inside a double-quoted attribute of the saved file.
  const textStyle = { fontFamily: getComputedStyle(document.body).fontFamily.replaceAll('"', "'"), fontSize: 13 };
  const redraw = () => chart.setOption({ animation: false, textStyle, ...options() }, true);
  inBothLights(redraw);
  new ResizeObserver(() => { chart.resize(); redraw(); }).observe(box);
  offerSaving(figure, () => chart.renderToSVGString());
  return chart;
}

/** Axis colours and a tooltip that is drawn, not injected as HTML. */
export function frame() {
  const ink = colour("ink-2");
  return {
    label: { color: ink, fontSize: 12 },
    line: { lineStyle: { color: colour("line-strong") } },
    split: { lineStyle: { color: colour("line") } },
    tooltip: {
      renderMode: "richText", confine: true, backgroundColor: colour("surface"), borderColor: colour("line-strong"), textStyle: { color: colour("ink"), fontSize: 13 },
    },
  };
}
