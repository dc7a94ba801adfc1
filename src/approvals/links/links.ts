// What a link of a message can do: show what is asked for, and decide it, once.
import { newId, type World } from "../../kernel/index.ts";
import type { Approval } from "../contract.ts";
import { approvalsErrors } from "../errors.ts";
import { decide, type DecideDeps, type Decided } from "../requests/decide.ts";
import type { Ballot, Person } from "../request.ts";
import type { Link, LinkStore } from "../store/links.ts";
import { createLinkTokens } from "./link-token.ts";

export interface Links {
  /** A token for an address. */
  make(requestId: string, person: Person): Promise<string>;
  /** Changes nothing. Throws `approvals.link_invalid`. */
  look(token: string): Promise<{ approval: Approval; person: Person }>;
  /** Throws `approvals.link_invalid`, and what decisions throw. */
  decide(token: string, ballot: Omit<Ballot, "via">): Promise<Decided>;
}

export interface LinksDeps extends DecideDeps {
  links: LinkStore;
  world: Pick<World, "nowMs">;
  secret: string;
  lifetimeMs: number;
  get(id: string): Promise<Approval>;
}

export function createLinks({ links, world, secret, lifetimeMs, get, ...deps }: LinksDeps): Links {
  const tokens = createLinkTokens(secret);

  async function find(token: string): Promise<Link> {
    const id = tokens.read(token);
    const link = id === undefined ? undefined : await links.find(id);
    if (!link) throw approvalsErrors.link_invalid({});
    return link;
  }

  return {
    async make(requestId, person) {
      const id = newId();
      await links.insert({ id, requestId, person }, world.nowMs() + lifetimeMs);
      return tokens.sign(id);
    },
    async look(token) {
      const { requestId, person } = await find(token);
      return { approval: await get(requestId), person };
    },
    async decide(token, ballot) {
      const { id, requestId, person } = await find(token);
      return decide(deps, { id: requestId, person, ballot: { ...ballot, via: "link" } }, async (open) => {
        if (!(await links.use(open, id))) throw approvalsErrors.link_invalid({});
      });
    },
  };
}
