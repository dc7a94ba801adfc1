// The face of approvals: what waits for a person, asked for by any room, decided by those who may, and done once.
import {
  type ContentSealer,
  createNameMatch,
  formatDuration,
  newId,
  type SecretSources,
  type World,
} from "../kernel/index.ts";

import type { Storage } from "../storage/index.ts";
import { type AuditWriter, unaudited } from "../audit/index.ts";
import type { ApprovalsConfig } from "./config.ts";
import type { Approval, Delegation } from "./contract.ts";
import { approvalsErrors } from "./errors.ts";
import { type Agree, createAgree } from "./agreements/agree.ts";
import { createHeldActions, type HeldActions } from "./autonomy/held-actions.ts";
import { createHeldAnswers } from "./autonomy/held-answers.ts";
import { createGate, type Gate } from "./gate/gate.ts";
import { createLinks, type Links } from "./links/links.ts";
import { createNotices } from "./notices/notices.ts";
import { createSend } from "./notices/send.ts";
import { createAsk } from "./requests/ask.ts";
import { decide } from "./requests/decide.ts";
import { createInbox, type Inbox } from "./requests/inbox.ts";
import { createSweep } from "./requests/sweep.ts";
import { createWaiting } from "./requests/waiting.ts";
import { type ApprovalWish, type Ballot, type Person, voterOf } from "./request.ts";
import { createDelegationStore } from "./store/delegations.ts";
import { createLinkStore, createNoticeStore } from "./store/links.ts";
import { createGateStore } from "./store/gate.ts";
import { createHeldStore } from "./store/held.ts";
import { createRequestStore } from "./store/requests.ts";

export interface Approvals extends Inbox {
  start(): Promise<void>;
  close(): Promise<void>;
  /** Pending; or what is pending already, asked by the same for the same. Throws what is wrong with the wish. */
  request(wish: ApprovalWish): Promise<Approval>;
  /** Throws `approvals.unknown`, `settled`, `not_approver`, `oneself` and `voted`. */
  decide(id: string, person: Person, ballot: Ballot): Promise<Approval & { took_effect: boolean }>;
  /** It is done now: succeeds once, for who asked and the very payload. Throws `approvals.not_approved` and `payload_changed`. */
  use(id: string, person: Person, payloadHash: string): Promise<Approval>;
  /** What became of it, by whichever process; undefined where it is pending still when the time is over. */
  wait(id: string, timeoutMs: number): Promise<Approval["state"] | undefined>;
  /** The last that the same asked for the same. */
  latest(wish: Pick<ApprovalWish, "action" | "resource" | "askedBy" | "payloadHash">): Promise<Approval | undefined>;
  readonly links: Links;
  readonly gate: Gate;
  /** What agents may not do by themselves. */
  readonly held: HeldActions;
  /** Calls that a person must agree to. */
  agree: Agree;
  /** How long a call that is no stream waits for its approval. */
  readonly waitMs: number;
  delegations: {
    list(person: Person): Promise<Delegation[]>;
    /** Throws `approvals.bad_until` and `delegate_oneself`. */
    create(person: Person, input: { to: string; until_ms: number }): Promise<Delegation>;
    /** Throws `approvals.delegation_unknown`. */
    end(person: Person, id: string): Promise<void>;
  };
}

export interface ApprovalsDeps {
  storage: Storage;
  world: World;
  secrets: SecretSources;
  /** Signs links; the same in all processes. */
  linkSecret: string;
  audit?: AuditWriter;
  /** Of held answers; left out where nothing is sealed. */
  sealer?: ContentSealer;
}

export function createApprovals(config: ApprovalsConfig, deps: ApprovalsDeps): Approvals {
  const { storage, secrets, linkSecret, audit = unaudited, sealer } = deps;
  const world = { ...deps.world, log: deps.world.log.child({ room: "approvals" }) };
  const { isAvailable } = storage;
  const requests = createRequestStore(storage);
  const delegations = createDelegationStore(storage);
  const deciding = { requests, delegations, audit };
  const heldStore = createHeldStore(storage);
  const store = createHeldAnswers({ store: heldStore, withinMs: config.use_within, sealer });
  const inbox = createInbox({ requests, delegations });
  const links = createLinks({
    ...deciding,
    links: createLinkStore(storage),
    world,
    secret: linkSecret,
    lifetimeMs: config.link_lifetime,
    get: inbox.get,
  });
  const send = createSend({ world, secrets, timeoutMs: config.notice_timeout });
  const notices = createNotices(config, { store: createNoticeStore(storage), requests, links, world, send });
  const ask = createAsk(config, { requests, notices, audit, world });
  const waiting = createWaiting(config.interval, { requests, isAvailable, world });
  const sweep = createSweep(config, { heldAnswers: heldStore, requests, audit, notices, waiting, isAvailable, world });
  const use = createUse(config.use_within, deciding);
  const request = async (wish: ApprovalWish): Promise<Approval> => inbox.whole(await ask(wish));
  const wait: Approvals["wait"] = async (id, timeoutMs) => (await waiting.until(id, timeoutMs))?.state;
  const latest: Approvals["latest"] = async ({ action, resource, askedBy, payloadHash }) => {
    const { organisation } = askedBy;
    const row = await requests.latestFor({ organisation, asker: voterOf(askedBy), action, resource, payloadHash });
    return row && inbox.whole(row);
  };
  return {
    ...inbox,
    held: createHeldActions(config, { store, world, request, get: inbox.get, use, wait }),
    agree: createAgree(config, { world, request, latest, use }),
    waitMs: config.autonomy.wait,
    gate: createGate(config, { store: createGateStore(storage), request, matches: createNameMatch }),
    links: { ...links, decide: (token, ballot) => links.decide(token, ballot).then(tellAndGive) },
    async start() {
      await Promise.all([waiting.start(), sweep.start()]);
    },
    async close() {
      await Promise.all([waiting.close(), sweep.close()]);
    },
    request,
    async decide(id, person, ballot) {
      const { row, tookEffect } = tellAndGive(await decide(deciding, { id, person, ballot }));
      return { ...(await inbox.whole(row)), took_effect: tookEffect };
    },
    use: async (id, person, payloadHash) => inbox.whole(await use(id, person, payloadHash)),
    wait,
    latest,
    delegations: createDelegations(config, { delegations, requests, audit, world }),
  };

  function tellAndGive<T extends { row: Parameters<typeof waiting.tell>[0] }>(decided: T): T {
    if (decided.row.state !== "pending") waiting.tell(decided.row);
    return decided;
  }
}

type Deciding = { requests: ReturnType<typeof createRequestStore>; audit: AuditWriter };

function createUse(withinMs: number, { requests, audit }: Deciding) {
  return (id: string, person: Person, payloadHash: string) =>
    requests.inTransaction(async (open) => {
      const { kind, id: actorId, name, organisation } = person;
      const row = await requests.use(open, id, { payloadHash, withinMs, asker: voterOf(person), organisation });
      if (!row) {
        const there = await requests.find(id, open);
        const isTheirs = there?.organisation === organisation && there.asker === voterOf(person);
        if (!there || !isTheirs) throw approvalsErrors.unknown({ id });
        if (there.payload_hash !== payloadHash) throw approvalsErrors.payload_changed({ id });
        throw approvalsErrors.not_approved({ id, state: there.state === "approved" ? "too old" : there.state });
      }
      await audit.record(open, {
        action: "use_approval",
        actor: { kind, id: actorId, name, organisation },
        resource: { type: "approval", id },
        organisation,
        outcome: "ok",
        details: { asked_action: row.action, payload_hash: payloadHash },
      });
      return row;
    });
}

interface DelegatingDeps extends Deciding {
  delegations: ReturnType<typeof createDelegationStore>;
  world: Pick<World, "nowMs">;
}

interface About {
  id: string;
  to: string | null;
}

function createDelegations(
  { delegation_max: maxMs }: Pick<ApprovalsConfig, "delegation_max">,
  { delegations, requests, audit, world }: DelegatingDeps,
): Approvals["delegations"] {
  const entryOf = (action: string, { kind, id, name, organisation }: Person, about: About) => ({
    action,
    actor: { kind, id, name, organisation },
    resource: { type: "delegation", id: about.id },
    organisation,
    outcome: "ok" as const,
    details: { to: about.to },
  });
  return {
    list: ({ organisation }) => delegations.list(organisation),
    create(person, { to, until_ms: untilMs }) {
      const nowMs = world.nowMs();
      if (untilMs <= nowMs || untilMs > nowMs + maxMs) throw approvalsErrors.bad_until({ most: formatDuration(maxMs) });
      if (to === person.user || to === person.id) throw approvalsErrors.delegate_oneself({});
      const { organisation, roles: delegatorRoles } = person;
      const wanted = { id: newId(), delegator: voterOf(person), delegatorRoles, organisation, delegate: to, untilMs };
      return requests.inTransaction(async (open) => {
        const made = await delegations.insert(open, wanted);
        await audit.record(open, entryOf("delegate_approvals", person, made));
        return made;
      });
    },
    end: (person, id) =>
      requests.inTransaction(async (open) => {
        if (!(await delegations.end(open, id, voterOf(person)))) throw approvalsErrors.delegation_unknown({ id });
        await audit.record(open, entryOf("end_delegation", person, { id, to: null }));
      }),
  };
}
