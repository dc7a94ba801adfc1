// What Harbour's programs do with models: each kind of thread with its share of the week and the hours that it is made in.
import type { Dice } from "../dice.ts";
import { usersOf } from "../harbour/people.ts";
import { ledgerTools, review, reviewTools } from "../texts/code.ts";
import { homework } from "../texts/home.ts";
import { followUps, injections, invoice, invoiceSchema, officeQuestion, translation } from "../texts/office.ts";
import { faqs, supportTalk } from "../texts/support.ts";
import { countTokens, type Fault } from "../vendors/answer.ts";
import { callsOfConversation, type ThreadCall } from "./thread.ts";
import type { Rhythm } from "./times.ts";

export interface ThreadKind {
  name: string;
  /** Of all threads. */
  weight: number;
  rhythm: Rhythm;
  calls(dice: Dice): ThreadCall[];
}

const [supporters, engineers, accountants] = ["support", "engineering", "finance"].map(usersOf) as [
  string[],
  string[],
  string[],
];

/** What goes wrong at any vendor, now and then. */
function chanceFault(dice: Dice, { stream, model }: ThreadCall): { fault?: Fault; leaves?: boolean } {
  const drawn = dice.random();
  const streams = stream === true;
  if (model === "live" && drawn > 0.985) return { fault: "late" };
  if (drawn < 0.006) return { fault: "503" };
  if (drawn < 0.01) return { fault: "429" };
  if (streams && drawn < 0.016) return { fault: "cut" };
  if (streams && drawn < 0.026) return { fault: "hang", leaves: true };
  return {};
}

/** The last call of a thread is the one that something befalls. */
function troubled(calls: ThreadCall[], dice: Dice): ThreadCall[] {
  const last = calls.at(-1);
  if (!last) return calls;
  const { fault, leaves } = chanceFault(dice, last);
  if (fault) Object.assign(last, { answer: { ...last.answer, fault }, ...(leaves && { leaves }) });
  return calls;
}

const session = (dice: Dice, of: string): string => `${of}-${dice.between(0x10_0000, 0xff_ffff).toString(16)}`;

export const kinds: readonly ThreadKind[] = [
  {
    name: "support",
    weight: 24,
    rhythm: "office",
    calls(dice) {
      const base = {
        key: "helpdesk web",
        model: "helpdesk",
        stream: dice.chance(0.5),
        more: { temperature: 0.3 },
      } as const;
      const user = `customer-${dice.between(1, 900)}`;
      return troubled(
        callsOfConversation({ base, dice, ...supportTalk(dice), user, session: session(dice, "ticket") }),
        dice,
      );
    },
  },
  {
    name: "live chat",
    weight: 9,
    rhythm: "office",
    calls(dice) {
      const base = { key: "live chat", model: "live", stream: true } as const;
      const { system, turns } = supportTalk(dice);
      const user = dice.pick(supporters);
      return troubled(
        callsOfConversation({ base, dice, system, turns: turns.slice(0, 2), user, session: session(dice, "live") }),
        dice,
      );
    },
  },
  {
    name: "help centre",
    weight: 20,
    rhythm: "office",
    calls(dice) {
      const base = { key: "help centre", model: "faq", headers: { "x-binnacle-tags": "website,faq" } } as const;
      return callsOfConversation({ base, dice, turns: [dice.pick(faqs)] });
    },
  },
  {
    name: "invoices",
    weight: 10,
    rhythm: "office",
    calls(dice) {
      const { asked, answered } = invoice(dice);
      const format = { type: "json_schema", json_schema: { name: "invoice", schema: invoiceSchema } };
      const base = {
        key: "invoice reader",
        model: "invoices",
        more: { response_format: format, temperature: 0 },
        headers: { "x-binnacle-tags": "batch" },
      } as const;
      return troubled(
        callsOfConversation({ base, dice, turns: [[asked, answered]], user: dice.pick(accountants) }),
        dice,
      );
    },
  },
  {
    name: "assistant",
    weight: 13,
    rhythm: "office",
    calls(dice) {
      const speaksMessages = dice.chance(0.3);
      const base = {
        key: "assistant app",
        model: "assistant",
        stream: dice.chance(0.7),
        ...(speaksMessages && { dialect: "anthropic-messages" as const }),
      } as const;
      const first = officeQuestion(dice);
      const turns: [string, string][] = [[first.asked, first.answered]];
      for (let more = dice.between(0, 2); more > 0; more -= 1) turns.push([...dice.pick(followUps)]);
      if (dice.chance(0.05)) turns.push([dice.pick(injections), "I cannot do that."]);
      const user = dice.pick(engineers);
      return troubled(
        callsOfConversation({
          base,
          dice,
          system: "Answer questions of Harbour's staff, briefly.",
          turns,
          user,
          session: session(dice, "chat"),
        }),
        dice,
      );
    },
  },
  {
    name: "review",
    weight: 7,
    rhythm: "office",
    calls(dice) {
      const { asked, answered } = review(dice);
      const base = { key: "review bot", model: "review", more: { tools: reviewTools } } as const;
      const calls = callsOfConversation({ base, dice, turns: [[asked, answered]], user: dice.pick(engineers) });
      const [only] = calls;
      if (!only || dice.chance(0.5)) return troubled(calls, dice);
      const path = /b\/(\S+)/.exec(asked)?.[1] ?? "README.md";
      const looking: ThreadCall = {
        ...only,
        answer: { ...only.answer, toolCalls: [{ name: "read_file", arguments: { path } }] },
      };
      return [looking, { ...only, pauseMs: 2500, messages: [...only.messages, ...toolTurn(path)] }];
    },
  },
  {
    name: "translations",
    weight: 6,
    rhythm: "office",
    calls(dice) {
      const { asked, answered } = translation(dice);
      const base = { key: "translation tool", model: "translate", more: { temperature: 0.2 } } as const;
      return troubled(callsOfConversation({ base, dice, turns: [[asked, answered]] }), dice);
    },
  },
  {
    name: "homework",
    weight: 4,
    rhythm: "home",
    calls(dice) {
      const base = { key: "homework tablet", model: "homework", stream: dice.chance(0.6) } as const;
      const user = dice.pick(["juno.bell", "theo.bell"]);
      return callsOfConversation({ base, dice, ...homework(dice), user, session: session(dice, "homework") });
    },
  },
  {
    name: "pictures",
    weight: 3,
    rhythm: "night",
    calls: (dice) => [pictureCall(dice)],
  },
  {
    name: "search",
    weight: 6,
    rhythm: "night",
    calls(dice) {
      const inputs = Array.from({ length: dice.between(1, 6) }, () => dice.pick(faqs)[0]);
      return [
        {
          key: "picture search",
          model: "lumen/lumen-embed",
          dialect: "embeddings",
          messages: inputs.map((content) => ({ role: "user" as const, content })),
          answer: { text: "", inputTokens: countTokens(inputs.join("")) },
          pauseMs: 0,
        },
      ];
    },
  },
  {
    name: "ledger agent",
    weight: 4,
    rhythm: "night",
    calls(dice) {
      const base = { key: "ledger-bot", model: "invoices", more: { tools: ledgerTools } } as const;
      const supplier = dice.pick(["Nordtau GmbH", "Vela Blu S.r.l.", "Chandlery & Sons Ltd"]);
      const asked = `Which invoices of ${supplier} are open, and what is due first?`;
      const turns: [string, string][] = [[asked, `Two are open. The first is due on the ${dice.between(2, 28)}th.`]];
      const [only] = callsOfConversation({ base, dice, turns, session: session(dice, "run") });
      if (!only) return [];
      const toolCalls = [{ name: "list_open_invoices", arguments: { supplier } }];
      const after = [...only.messages, ...toolTurn(supplier, "list_open_invoices", { supplier })];
      return [
        { ...only, answer: { ...only.answer, toolCalls } },
        { ...only, pauseMs: 1500, messages: after },
      ];
    },
  },
  {
    name: "voice pilot",
    weight: 3,
    rhythm: "office",
    calls(dice) {
      const base = {
        key: "voice pilot",
        model: "assistant",
        stream: true,
        headers: { "x-binnacle-tags": "pilot" },
        // Spoken answers are short.
        more: { max_tokens: 80 },
      } as const;
      return callsOfConversation({ base, dice, turns: supportTalk(dice).turns.slice(0, 1) });
    },
  },
];

function toolTurn(said: string, name = "read_file", given: object = { path: said }) {
  const id = `call_${Bun.hash(said).toString(36)}`;
  return [
    {
      role: "assistant" as const,
      content: null,
      tool_calls: [{ id, type: "function", function: { name, arguments: JSON.stringify(given) } }],
    },
    { role: "tool" as const, tool_call_id: id, content: JSON.stringify({ ok: true, of: said, rows: 2 }) },
  ];
}

function pictureCall(dice: Dice): ThreadCall {
  const number = dice.between(1000, 9999);
  const content = [
    { type: "text", text: "Describe this picture for the shop, in one sentence." },
    { type: "image_url", image_url: { url: `https://pictures.harbour.example/goods/${number}.jpg` } },
  ];
  return {
    key: "picture search",
    model: "pictures",
    messages: [{ role: "user", content }],
    answer: { text: "A red storm jacket with a high collar, laid flat on a wooden deck.", inputTokens: 812 },
    pauseMs: 0,
  };
}
