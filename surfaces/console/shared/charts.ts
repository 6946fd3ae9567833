// The charting library, in a part of its own: only pages with pictures load it, and only what they draw with.
import {
  BarChart,
  FunnelChart,
  GaugeChart,
  HeatmapChart,
  LineChart,
  PieChart,
  SankeyChart,
  GraphChart,
} from "echarts/charts";
import {
  DatasetComponent,
  GridComponent,
  LegendComponent,
  MarkLineComponent,
  TooltipComponent,
  VisualMapComponent,
} from "echarts/components";
import { init, registerTheme, use, type ECharts } from "echarts/core";
import { CanvasRenderer } from "echarts/renderers";

use([
  BarChart, FunnelChart, GaugeChart, GraphChart, HeatmapChart, LineChart, PieChart, SankeyChart,
  DatasetComponent, GridComponent, LegendComponent, MarkLineComponent, TooltipComponent, VisualMapComponent,
  CanvasRenderer,
]); // prettier-ignore

const COLOURS = {
  light: ["#0b6b55", "#c77f17", "#3b6fb6", "#9c4a8b", "#6a8f2f", "#a3261d", "#4f7f8f"],
  dark: ["#5cc2a5", "#e8b75c", "#8ab8ff", "#d492c4", "#a9cf6a", "#ff9a90", "#8fc0d0"],
};

for (const [name, ink, line, card] of [
  ["light", "#5c6661", "#d8dcd9", "#fff"],
  ["dark", "#a3aca8", "#363d3a", "#1c201f"],
] as const) {
  const axis = {
    axisLine: { lineStyle: { color: line } },
    axisLabel: { color: ink },
    splitLine: { lineStyle: { color: line } },
  };
  registerTheme(`kaifang-${name}`, {
    color: COLOURS[name],
    backgroundColor: "transparent",
    textStyle: {
      color: ink,
      fontFamily: "system-ui, -apple-system, 'PingFang SC', 'Microsoft YaHei', 'Noto Sans CJK SC', sans-serif",
    },
    legend: { textStyle: { color: ink } },
    categoryAxis: axis,
    valueAxis: axis,
    timeAxis: axis,
    funnel: { label: { color: name === "dark" ? "#06231b" : "#fff" } },
    // drawn into the canvas: elements with styles in their text are forbidden by the page's policy
    tooltip: {
      renderMode: "richText",
      backgroundColor: card,
      borderColor: line,
      textStyle: { color: name === "dark" ? "#eceeed" : "#1b1f1d" },
    },
  });
}

/** A chart in this place, in the house's colours. */
export function draw(place: HTMLElement, dark: boolean): ECharts {
  return init(place, dark ? "kaifang-dark" : "kaifang-light") as ECharts;
}
