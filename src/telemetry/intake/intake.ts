// Takes in spans and logs: read, judged, given their meaning, and written to the journal before their sender hears that they
// were accepted. Nothing here waits for PostgreSQL.
import type { World } from "../../kernel/index.ts";
import type { TelemetryConfig } from "../config.ts";
import type { Encoding, Outcome } from "../wire/answers.ts";
import { openLogs, openTraces, type RecordGroup, wordsOf } from "../wire/open-export.ts";
import { settleLog, settleSpan, timeBoundsAt } from "../wire/settle.ts";
import type { Sender, WireContext } from "../wire/wire-span.ts";
import { createLogNames } from "./log-names.ts";
import type { Append, Meaning, Understood } from "./reading.ts";
import { takeInSlices } from "./slices.ts";
import { trimAttributes } from "./trim-attributes.ts";
import type { Turns } from "./turns.ts";

/** A request, unpacked. */
export interface Export {
  encoding: Encoding;
  body: Uint8Array;
  sender: Sender;
}

export interface Intake {
  /** Throws `telemetry.malformed`, `ledger.journal_full` and `ledger.journal_failed`. */
  traces(given: Export): Promise<Outcome>;
  /** Throws the same. */
  logs(given: Export): Promise<Outcome>;
}

export interface IntakeDeps {
  world: Pick<World, "nowMs" | "monotonicMs" | "log">;
  turns: Turns;
  meaning: Meaning;
  append: Append;
}

export function createIntake(config: TelemetryConfig, deps: IntakeDeps): Intake {
  const { world, meaning } = deps;

  /** A defect of ours must not cost the other records, nor be told to their sender as the sender's. */
  function understand(read: () => Understood): Understood | string {
    try {
      return trimAttributes(read(), config.kept_attribute_bytes_max);
    } catch (error) {
      world.log.error({ err: error }, "a record of telemetry could not be understood");
      return "a record could not be understood; this is a defect of Binnacle, and in its log";
    }
  }

  return {
    async traces({ body, encoding, sender }) {
      const times = timeBoundsAt(world.nowMs(), config);
      return takeInSlices(
        openTraces(body, { encoding, bounds: config }),
        (group, index) => {
          const span = readItem(group, index);
          if (typeof span === "string") return `a span ${span}`;
          return settleSpan(span, times) ?? understand(() => meaning.readSpan(span, contextOf(group, sender)));
        },
        deps,
      );
    },
    async logs({ body, encoding, sender }) {
      const times = timeBoundsAt(world.nowMs(), config);
      const names = createLogNames();
      return takeInSlices(
        openLogs(body, { encoding, bounds: config }),
        (group, index) => {
          const found = readItem(group, index);
          if (typeof found === "string") return `a log ${found}`;
          const log = settleLog(found, names.nameOf(group, index), times);
          return typeof log === "string" ? log : understand(() => meaning.readLog(log, contextOf(group, sender)));
        },
        deps,
      );
    },
  };
}

/** The record, or what is wrong with it; what was cut of its resource was cut of it. */
function readItem<Wire extends { cut: string[] }>(group: RecordGroup<Wire>, index: number): Wire | string {
  try {
    const wire = group.read(index);
    if (group.cut.length > 0) wire.cut.push(...group.cut);
    return wire;
  } catch (error) {
    return `does not add up: ${wordsOf(error)}`;
  }
}

function contextOf({ resource, scope }: Pick<WireContext, "resource" | "scope">, sender: Sender): WireContext {
  return { resource, scope, sender };
}
