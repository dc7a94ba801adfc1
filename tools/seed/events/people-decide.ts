// What people of Harbour decide in the week: policies, a kill switch, approvals.
import { DAY_MS, HOUR_MS } from "../calls/times.ts";
import type { Happening, Stage } from "./happening.ts";

const secretStays = `@id("secret-stays")
@why("secret data stay in the house")
forbid (principal, action == Action::"use_target", resource)
when { context has data_class && context.data_class == "secret" }
unless { resource has vendor && resource.vendor == "house" };
`;

const noShell = `@id("no-shell")
@why("nobody runs a shell")
forbid (principal, action == Action::"use_tool", resource == Tool::"shell");
`;

const MINUTE_MS = 60_000;

export function peopleDecide(startMs: number): Happening[] {
  return [
    {
      atMs: startMs + 9 * HOUR_MS,
      what: "policies, the first version",
      act: (stage) => activate(stage, [{ name: "data.cedar", text: secretStays }], "Secret data stay in the house"),
    },
    {
      atMs: startMs + 3 * DAY_MS + 10 * HOUR_MS,
      what: "policies, the second version",
      act: (stage) =>
        activate(
          stage,
          [
            { name: "data.cedar", text: secretStays },
            { name: "tools.cedar", text: noShell },
          ],
          "Nobody runs a shell, after the review of last week",
        ),
    },
    ...killSwitch(startMs + 2 * DAY_MS + 13 * HOUR_MS),
    ...decidedApprovals(startMs),
  ];
}

/** An admin proposes, the owner decides. */
async function activate(stage: Stage, files: { name: string; text: string }[], note: string): Promise<void> {
  const { owner } = stage;
  const { version } = await stage.as("harbour admin").policies.propose({ files, note });
  if (!version) throw new Error("a version of the policies was not made");
  await owner.policies.approve({ number: version.number });
  await owner.policies.activate({ number: version.number });
}

function killSwitch(atMs: number): Happening[] {
  let thrown = "";
  return [
    {
      atMs,
      what: "a kill switch is thrown",
      async act(stage) {
        const reason = "quill-3 gives prices that are not ours; Ingrid looks into it";
        const made = await stage
          .as("harbour operator")
          .switches.throw({ kind: "project", name: "code-review", reason });
        thrown = made.id;
        for (let tries = 0; tries < 3; tries += 1) await stage.sender.send(refusedReview());
      },
    },
    {
      atMs: atMs + 38 * MINUTE_MS,
      what: "and lifted",
      act: async (stage) => void (await stage.as("harbour operator").switches.lift({ id: thrown })),
    },
  ];
}

function refusedReview() {
  return {
    key: "review bot" as const,
    model: "review",
    messages: [{ role: "user" as const, content: "Review this change: one line in README.md" }],
    answer: { text: "Nothing to change.", inputTokens: 20 },
  };
}

interface Wish {
  what: string;
  why: string;
  action: string;
  resource: { type: string; id: string };
}

const refund: Wish = {
  what: "Refund 249.00 EUR to customer 417",
  why: "The parcel was lost, the carrier has confirmed it",
  action: "refund",
  resource: { type: "customer", id: "417" },
};
const discount: Wish = {
  what: "Give 40 % off to all of Kiel's regatta club",
  why: "They ordered 60 jackets last year",
  action: "discount",
  resource: { type: "customer", id: "club-kiel" },
};
const expiring: Wish = {
  what: "Send the autumn newsletter to 48,000 addresses",
  why: "The draft is final",
  action: "send_newsletter",
  resource: { type: "campaign", id: "autumn" },
};

export const waiting: readonly Wish[] = [
  {
    what: "Refund 1,180.00 EUR to customer 88",
    why: "Mast damaged in transport, photos are in the ticket",
    action: "refund",
    resource: { type: "customer", id: "88" },
  },
  {
    what: "Pay invoice 2026-4471 of Nordtau GmbH, 12,904.50 EUR",
    why: "Due on Friday, two per cent off when paid today",
    action: "post_payment",
    resource: { type: "invoice", id: "2026-4471" },
  },
  {
    what: "Delete the accounts of 212 customers who asked for it",
    why: "Requests under data protection law, the oldest is 24 days old",
    action: "delete_accounts",
    resource: { type: "list", id: "erasures-november" },
  },
];

export async function ask(stage: Stage, wish: Wish, deadlineMs?: number): Promise<string> {
  const { id } = await stage.as("ledger-bot").approvals.ask({
    ...wish,
    approvers: { roles: ["reviewer", "admin"] },
    payload_hash: new Bun.CryptoHasher("sha256").update(JSON.stringify(wish)).digest("hex"),
    ...(deadlineMs !== undefined && { deadline_ms: deadlineMs }),
  });
  return id;
}

function decidedApprovals(startMs: number): Happening[] {
  let [approved, refused] = ["", ""];
  const reviewer = (stage: Stage) => stage.as("harbour reviewer").approvals;
  return [
    {
      atMs: startMs + DAY_MS + 9 * HOUR_MS,
      what: "approvals are asked for",
      async act(stage) {
        approved = await ask(stage, refund);
        refused = await ask(stage, discount);
      },
    },
    {
      atMs: startMs + DAY_MS + 11 * HOUR_MS,
      what: "and decided",
      async act(stage) {
        await reviewer(stage).decide({ id: approved, decision: "approve", note: "Seen the carrier's letter" });
        await reviewer(stage).decide({ id: refused, decision: "refuse", note: "Not without Mara" });
      },
    },
    {
      atMs: startMs + 3 * DAY_MS + 15 * HOUR_MS,
      what: "one that nobody decides",
      act: async (stage) => void (await ask(stage, expiring, stage.nowMs() + 6 * HOUR_MS)),
    },
  ];
}
