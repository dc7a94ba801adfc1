// The process that sends spans for the drill: what it is told over its channel, one export after the other.
import { type Exported, type Exporting, exportSpans, type Receiver } from "./export.ts";

export type Order = { kind: "export"; to: Receiver; exporting: Pacing } | { kind: "end" };
export type Told = { kind: "acknowledged" } | { kind: "ended"; exported: Exported };
/** How it is sent, in what goes from process to process. */
export type Pacing = Pick<Exporting, "spansPerBatch" | "connections" | "spansPerSecond">;

let ending = new AbortController();
let batches = 0;

const tell = (told: Told): void => void process.send?.(told);

async function sendAll({ to, exporting }: Extract<Order, { kind: "export" }>): Promise<void> {
  ending = new AbortController();
  const exported = await exportSpans(to, {
    ...exporting,
    nextBatch: () => (batches += 1),
    until: ending.signal,
    onAcknowledged: () => tell({ kind: "acknowledged" }),
  });
  tell({ kind: "ended", exported });
}

process.on("message", (order: Order) => {
  if (order.kind === "end") ending.abort();
  else void sendAll(order);
});
process.on("disconnect", () => process.exit());
