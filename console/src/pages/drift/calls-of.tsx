// A way to the calls of a profile in a stretch of time.
import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import type { Profile } from "../../../../src/drift/contract.ts";

interface CallsOfProps {
  profile: Profile;
  fromMs: number;
  toMs: number;
  children: ReactNode;
}

export function CallsOf({ profile, fromMs, toMs, children }: CallsOfProps) {
  return (
    <Link
      to="/calls/{-$callId}"
      params={{ callId: undefined }}
      search={{ filter: filterOf(profile), range: "custom", from: fromMs, to: toMs }}
      className="text-pen underline underline-offset-2"
    >
      {children}
    </Link>
  );
}

/** In the ledger's filter language; what is not plain is quoted. */
function filterOf({ model, route, prompt }: Profile): string {
  return [
    ["model", model],
    ["route", route],
    ["prompt", prompt],
  ]
    .flatMap(([name, value]) => (value === null || value === undefined ? [] : [`${name ?? ""}:${quoted(value)}`]))
    .join(" AND ");
}

function quoted(value: string): string {
  return /^[\w.@/-]+$/.test(value) ? value : `"${value.replaceAll(/["\\]/g, String.raw`\$&`)}"`;
}
