// The gate before production: a version serves once it is approved, by the hash of its content. What is changed is a draft, and
// the last version that was approved goes on serving. Whose versions these are, the rooms above know.
import canonicalize from "canonicalize";
import type { Approval } from "../contract.ts";
import type { ApprovalsConfig } from "../config.ts";
import { payloadHash, type Person, type ApprovalWish } from "../request.ts";
import type { GateStore } from "../store/gate.ts";
import { SERVE } from "../store/requests.ts";

export type GatedKind = "route";

export interface Version {
  kind: GatedKind;
  name: string;
  content: unknown;
}

export interface Gate {
  /** Whether this one needs approval; no other costs anything. */
  covers(kind: GatedKind, name: string): boolean;
  /** Nothing needs any. */
  readonly isOpen: boolean;
  /** Another one after each approval. */
  stamp(): Promise<string>;
  /** Says of a version whether it was approved, as far as is known now. */
  read(kind: GatedKind): Promise<(version: Omit<Version, "kind">) => boolean>;
  /** Asks for the approval of a version; null where it has it. */
  submit(version: Version, by: Person): Promise<string | null>;
}

export interface GateDeps {
  store: GateStore;
  request(wish: ApprovalWish): Promise<Approval>;
  matches(pattern: string): (name: string) => boolean;
}

export function createGate({ gate }: Pick<ApprovalsConfig, "gate">, { store, request, matches }: GateDeps): Gate {
  const gated: Record<GatedKind, ((name: string) => boolean)[]> = { route: gate.routes.map(matches) };
  const keyOf = ({ name, content }: Omit<Version, "kind">): string => `${hashOf(content)} ${name}`;

  async function read(kind: GatedKind): Promise<(version: Omit<Version, "kind">) => boolean> {
    const approved = new Set((await store.approved(SERVE, kind)).map(({ name, hash }) => `${hash} ${name}`));
    return (version) => approved.has(keyOf(version));
  }

  return {
    isOpen: Object.values(gated).every((patterns) => patterns.length === 0),
    covers: (kind, name) => gated[kind].some((fits) => fits(name)),
    stamp: () => store.stamp(SERVE),
    read,
    async submit({ kind, name, content }, by) {
      if ((await read(kind))({ name, content })) return null;
      const { id } = await request({
        what: `Let this version of the ${kind} ${name} serve`,
        why: `It was changed by ${by.name}; until then the last version that was approved serves.`,
        action: SERVE,
        resource: { type: kind, id: name },
        askedBy: by,
        onSilence: "refuse",
        payloadHash: hashOf(content),
      });
      return id;
    },
  };
}

/** The same for the same content, in whatever order it is written. */
function hashOf(content: unknown): string {
  const plain: unknown = JSON.parse(JSON.stringify(content));
  return payloadHash(canonicalize(plain) ?? "null");
}
