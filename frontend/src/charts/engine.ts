// The parts of ECharts that are used, and no others; drawn as SVG, so that text stays text.
import { BarChart, CustomChart, HeatmapChart, LineChart, ScatterChart, TreemapChart } from "echarts/charts";
import { AriaComponent, GridComponent, LegendPlainComponent, MarkLineComponent, TitleComponent, TooltipComponent, VisualMapContinuousComponent } from "echarts/components";
import { init, use, type EChartsType } from "echarts/core";
import { LabelLayout } from "echarts/features";
import { SVGRenderer } from "echarts/renderers";
import type { Option } from "./frame";

use([
  AriaComponent,
  BarChart,
  CustomChart,
  GridComponent,
  HeatmapChart,
  LabelLayout,
  LegendPlainComponent,
  LineChart,
  MarkLineComponent,
  ScatterChart,
  SVGRenderer,
  TitleComponent,
  TooltipComponent,
  TreemapChart,
  VisualMapContinuousComponent,
]);

export type Drawn = EChartsType;

/** Begin a drawing in an element. */
export function begin(element: HTMLElement): Drawn {
  return init(element, null, { renderer: "svg" });
}

/** Draw a picture to keep, without the page. */
export function picture(option: Option, width: number, height: number): string {
  const drawn = init(null, null, { renderer: "svg", ssr: true, width, height });
  try {
    drawn.setOption({ ...option, animation: false });
    return drawn.renderToSVGString();
  } finally {
    drawn.dispose();
  }
}
