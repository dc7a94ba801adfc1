// Observability's part of the control-plane API.
import { boundaryContract } from "./boundary/contract.ts";
import { costContract } from "./cost/contract.ts";
import { exportsContract } from "./export/contract.ts";
import { figuresContract } from "./figures/contract.ts";

export {
  type BoundaryHistory,
  boundaryHistorySchema,
  type BoundaryMinute,
  type BoundaryQuery,
  boundarySchema,
  type BoundaryView,
  type SignalName,
  signalNames,
  type SignalView,
} from "./boundary/contract.ts";

export { type ExportState, exportStateSchema } from "./export/contract.ts";

export type { Costs, CostsQuery, Forecast, ForecastQuery, Patterns, PatternsQuery } from "./cost/contract.ts";
export type { Series, SeriesQuery } from "./figures/contract.ts";

export const observabilityContract = {
  costs: costContract,
  figures: figuresContract,
  boundary: boundaryContract,
  exports: exportsContract,
};
