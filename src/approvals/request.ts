// What an approval is inside this room, and the words of those who ask for one and decide it.
import { createHash } from "node:crypto";
import type { Approval, Approvers, Escalation } from "./contract.ts";

/** Who asks or decides, with what makes them an approver. */
export interface Person {
  kind: string;
  id: string;
  name: string;
  user: string | null;
  /** Of who calls, where that matters. */
  project?: string | null;
  organisation: string;
  roles: readonly string[];
}

/** What any room may ask for. */
export interface ApprovalWish {
  /** For people: what would be done. */
  what: string;
  why: string;
  action: string;
  resource: Approval["resource"];
  askedBy: Person;
  organisation?: string | undefined;
  /** Of the configuration where it is left out. */
  approvers?: Approvers | undefined;
  deadlineMs?: number | undefined;
  onSilence?: Approval["on_silence"] | undefined;
  escalateTo?: Escalation | null | undefined;
  /** Of what would be done, to the last byte: `payloadHash(…)`. */
  payloadHash: string;
}

export interface Ballot {
  decision: "approve" | "refuse";
  note: string;
  /** `api`, or the message whose link it came by. */
  via: string;
}

/** One voice for a person, however many keys they have. */
export function voterOf({ user, kind, id }: Pick<Person, "user" | "kind" | "id">): string {
  return user === null ? `${kind}:${id}` : `user:${user}`;
}

export function payloadHash(payload: string | Uint8Array): string {
  return createHash("sha256").update(payload).digest("hex");
}
