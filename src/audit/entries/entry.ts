// What the audit trail says of one thing that happened: who did what to what, how it ended, and by which authority.

export type JsonValue =
  | string
  | number
  | boolean
  | null
  | readonly JsonValue[]
  | { readonly [name: string]: JsonValue };

export interface Actor {
  /** `key`, `person`, `service`, `agent`, `system`; `unknown` for whoever was refused before it was known. */
  readonly kind: string;
  readonly id: string;
  readonly name: string;
  readonly organisation: string;
}

export interface AuditEntry {
  /** `key.create`, `session.open`, `bodies.read`, `call`, … */
  readonly action: string;
  /** By default whoever acts now (`AuditWriter.actingAs`), or the system itself. */
  readonly actor?: Actor | undefined;
  /** The user that an actor stands in for. */
  readonly on_behalf_of?: string | undefined;
  readonly resource: { readonly type: string; readonly id: string };
  /** By default the actor's. */
  readonly organisation?: string | undefined;
  readonly outcome: "ok" | "refused" | "failed";
  /** Those that decided. */
  readonly policies?: readonly string[] | undefined;
  readonly request_id?: string | undefined;
  /** Never secrets, and nothing about a person: such goes under `personal`. */
  readonly details?: { readonly [name: string]: JsonValue } | undefined;
  /** Sealed under a key of its subject; the entry itself holds a commitment to it. */
  readonly personal?: { readonly [name: string]: JsonValue } | undefined;
  /** Whose key seals the personal part; by default the actor's. `user:alice`. */
  readonly subject?: string | undefined;
  /** When it happened, where that was not just now: epoch milliseconds. */
  readonly at_ms?: number | undefined;
}
