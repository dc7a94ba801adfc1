// Figures: series, costs, other programs' metrics, and what is sent elsewhere.
import type { ExportState } from "../../../observability/contract.ts";
import type { CostBooks, Figures } from "../../../observability/index.ts";
import type { Telemetry } from "../../../telemetry/index.ts";
import type { Doors } from "./doors.ts";

export interface FigureRooms {
  figures: Figures;
  costs: CostBooks;
  telemetry: Telemetry;
  exports(): ExportState[];
}

export function figureHandlers({ reader }: Doors, { figures, costs, telemetry, exports }: FigureRooms) {
  return {
    figures: { series: reader.figures.series.handler(({ input }) => figures.series(input)) },
    costs: {
      list: reader.costs.list.handler(({ input }) => costs.list(input)),
      patterns: reader.costs.patterns.handler(({ input }) => costs.patterns(input)),
      forecast: reader.costs.forecast.handler(({ input }) => costs.forecast(input)),
    },
    telemetry: {
      list: reader.telemetry.list.handler(({ input }) => telemetry.metrics.list(input)),
      points: reader.telemetry.points.handler(({ input }) => telemetry.metrics.points(input)),
    },
    exports: reader.exports.handler(() => ({ exports: exports() })),
  };
}
