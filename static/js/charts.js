/**
 * Epidemic curves: bars by day, the date kind named on the axis, counts from zero.
 *
 * Data: {axis, unit, days: [short], full: [long], series: [{name, values}]}
 * Fan charts: the same, with fan: {median, low50, high50, low90, high90} and ceiling: {name, value}.
 */
import { frame, paint } from "./echart.js";
import { colour, dataOf, palette } from "./pictures.js";
import { number } from "./words.js";

const DECALS = [null, { symbol: "rect", dashArrayX: [1, 0], dashArrayY: [3, 3], rotation: Math.PI / 4 }, { symbol: "circle", dashArrayX: [[5, 5]], dashArrayY: [5, 0], symbolSize: 0.6 }];

function bars(data) {
  return data.series.map((series, at) => ({
    type: "bar", name: series.name, data: series.values, stack: "cases", barCategoryGap: "12%",
    itemStyle: DECALS[at] ? { decal: { ...DECALS[at], color: "rgba(255,255,255,.45)" } } : {},
  }));
}

function band(name, low, high, opacity) {
  const shared = { type: "line", stack: name, symbol: "none", lineStyle: { opacity: 0 }, silent: true };
  const between = high.map((value, at) => value - low[at]);
  return [{ ...shared, name: `${name}-`, data: low }, { ...shared, name, data: between, areaStyle: { color: colour("series-1"), opacity } }];
}

function fan(data) {
  const { median, low50, high50, low90, high90 } = data.fan;
  const line = { type: "line", name: data.series[0]?.name, data: median, symbol: "none", lineStyle: { width: 2.5, color: colour("series-1") } };
  if (data.ceiling) line.markLine = { symbol: "none", lineStyle: { color: colour("danger"), type: "dashed", width: 2 }, data: [{ yAxis: data.ceiling.value, name: data.ceiling.name }], label: { formatter: "{b}: {c}", position: "insideStartTop", color: colour("danger") } };
  return [...band("90%", low90, high90, 0.18), ...band("50%", low50, high50, 0.35), line];
}

/** Under this height the names of the axes would take more room than the bars; caption and switch say them already. */
const LOW = 150;

function options(data, low) {
  const look = frame();
  const many = data.series.length > 1;
  return {
    color: palette(),
    grid: { left: 8, right: 12, top: many ? 34 : low ? 8 : 28, bottom: low ? 4 : 26, containLabel: true },
    legend: many ? { top: 0, right: 0, textStyle: { color: colour("ink") }, data: data.series.map((series) => series.name) } : undefined,
    tooltip: {
      ...look.tooltip, trigger: "axis", axisPointer: { type: "shadow", shadowStyle: { color: colour("accent"), opacity: 0.12 } },
      formatter: (points) => [data.full[points[0].dataIndex], ...points.filter((point) => !point.seriesName.endsWith("-")).map((point) => `${point.seriesName}: ${number(point.value)}`)].join("\n"),
    },
    xAxis: { type: "category", data: data.days, name: low ? "" : data.axis, nameLocation: "middle", nameGap: 26, nameTextStyle: look.label, axisLabel: { ...look.label, hideOverlap: true }, axisLine: look.line, axisTick: { show: false } },
    yAxis: { type: "value", min: 0, minInterval: 1, splitNumber: 3, name: low ? "" : data.unit, nameTextStyle: { ...look.label, align: "left" }, axisLabel: { ...look.label, formatter: number }, splitLine: look.split },
    series: data.fan ? fan(data) : bars(data),
  };
}

export function draw(figure) {
  const data = dataOf(figure);
  const box = figure.querySelector("[data-canvas]");
  paint(figure, () => options(data, box.clientHeight < LOW));
}
