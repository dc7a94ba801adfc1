// The refusal of a change that was made to something else than what stands, with what has happened since.
import { type AppError, describeDifferences } from "../../kernel/index.ts";
import { gatewayErrors } from "../errors.ts";
import type { ReadsInChange, RouteVersion } from "./store.ts";

interface Conflict {
  name: string;
  ifRevision: number;
  /** What stands, or the deletion; undefined where there never was anything. */
  latest: RouteVersion | undefined;
}

/** Gives `gateway.route_changed`. */
export async function describeConflict(
  { name, ifRevision, latest }: Conflict,
  { version }: ReadsInChange,
): Promise<AppError> {
  const known = await version(name, ifRevision);
  const isComparable = latest !== undefined && latest.plan !== null && known !== undefined;
  return gatewayErrors.route_changed({
    name,
    ifRevision,
    revision: latest?.plan === null ? 0 : (latest?.revision ?? 0),
    ...(latest && { change: `key ${JSON.stringify(latest.keyName)} (${latest.keyId}) ${whatWasDone(latest)}` }),
    changes: isComparable ? describeDifferences(known.plan ?? undefined, latest.plan) : [],
  });
}

function whatWasDone({ plan, changedAtMs }: RouteVersion): string {
  return `${plan === null ? "deleted" : "changed"} it at ${new Date(changedAtMs).toISOString()}`;
}
