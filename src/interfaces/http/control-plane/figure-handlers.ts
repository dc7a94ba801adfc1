// Figures: series, costs, other programs' metrics, and what is sent elsewhere.
import type { Governance } from "../../../governance/index.ts";
import type { RecordScope } from "../../../ledger/index.ts";
import type { ExportState } from "../../../observability/contract.ts";
import type { CostBooks, Figures } from "../../../observability/index.ts";
import type { Telemetry } from "../../../telemetry/index.ts";
import type { Asker, Doors } from "./doors.ts";
import { createScopeOf } from "./rights/seen-records.ts";

export interface FigureRooms {
  /** Of what is within a scope, or of all. */
  figuresWithin(within: RecordScope | undefined): Figures;
  costsWithin(within: RecordScope | undefined): CostBooks;
  telemetry: Telemetry;
  exports(): ExportState[];
}

export function figureHandlers(
  doors: Doors,
  { figuresWithin, costsWithin, telemetry, exports, governance }: FigureRooms & { governance: Governance },
) {
  const scopeOf = createScopeOf(governance);
  /** Who runs the installation sees what all organisations come to, unless one of them is asked about. */
  const scopeFor = ({ principal, sight, isNamed }: Asker): RecordScope | undefined =>
    !isNamed && governance.rights.allowsAll(principal, "read_figures") ? undefined : scopeOf(sight);
  // The organisation was decided about; as a scope, it bounds everything that is asked.
  const wishIn = <Query extends { organisation?: string | undefined }>({ organisation: _, ...query }: Query) => query;
  return {
    figures: {
      series: doors.figures.series.handler(({ input, context }) =>
        figuresWithin(scopeFor(context)).series(wishIn(input)),
      ),
    },
    costs: {
      list: doors.costs.list.handler(({ input, context }) => costsWithin(scopeFor(context)).list(wishIn(input))),
      patterns: doors.costs.patterns.handler(({ input, context }) =>
        costsWithin(scopeOf(context.sight)).patterns(wishIn(input)),
      ),
      forecast: doors.costs.forecast.handler(({ input, context }) =>
        costsWithin(scopeFor(context)).forecast(wishIn(input)),
      ),
    },
    telemetry: {
      list: doors.telemetry.list.handler(({ input }) => telemetry.metrics.list(input)),
      points: doors.telemetry.points.handler(({ input }) => telemetry.metrics.points(input)),
    },
    exports: doors.exports.handler(() => ({ exports: exports() })),
  };
}
