// Observability's part of the control-plane API.
import { boundaryContract } from "./boundary/contract.ts";
import { exportsContract } from "./export/contract.ts";

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

export const observabilityContract = {
  boundary: boundaryContract,
  exports: exportsContract,
};
