// Sends spans from a process of its own, as other programs would: in the drill's process, whose clock the calls are held against,
// sending megabytes a second would be taken for the gateway's slowness.
import { setPriority } from "node:os";
import { join } from "node:path";
import type { DrillContext } from "../drill.ts";
import type { Exported, Receiver } from "./export.ts";
import type { Order, Pacing, Told } from "./exporter-process.ts";

export interface ExportUntil {
  until: AbortSignal;
  /** Called when a batch was acknowledged. */
  onAcknowledged?: () => void;
}

/** Batches are numbered through all exports. One at a time. */
export interface Exporter {
  /** Resolves when the last batch under way has been answered. Throws where the process that sends has ended. */
  send(to: Receiver, exporting: Pacing & ExportUntil): Promise<Exported>;
}

/** Other programs run on other machines: these give way to all that is measured. */
const NICENESS = 10;

export function startExporter({ root, defer }: Pick<DrillContext, "root" | "defer">): Exporter {
  let onTold: (told: Told) => void = () => undefined;
  let onExit: () => void = () => undefined;
  const child = Bun.spawn([process.execPath, join(root, "drills/ingest/exporter-process.ts")], {
    stdio: ["ignore", "ignore", "inherit"],
    ipc: (told: Told) => onTold(told),
    onExit: () => onExit(),
  });
  setPriority(child.pid, NICENESS);
  defer(async () => {
    child.kill();
    await child.exited;
  });
  return {
    send({ url, key }, { until, onAcknowledged, ...exporting }) {
      const { promise, resolve, reject } = Promise.withResolvers<Exported>();
      onTold = (told) => (told.kind === "ended" ? resolve(told.exported) : onAcknowledged?.());
      onExit = () => reject(new Error("the process that sends spans has ended"));
      const order: Order = { kind: "export", to: { url, key }, exporting };
      child.send(order);
      until.addEventListener("abort", () => child.send({ kind: "end" } satisfies Order), { once: true });
      return promise;
    },
  };
}
