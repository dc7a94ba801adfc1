// `when:` on a place of a route: what must hold of a call for the place to count. All that is said must hold; of a list,
// any one. A user is whom the caller names, so what callers may not choose for themselves is said by key, team or project.
import { z } from "zod";
import type { RequestFacts } from "../facts/request-facts.ts";

const text = z.string().min(1).max(200);
const oneOrMore = z
  .union([text, z.array(text).min(1).max(100)], "write one name, or a list of them")
  .transform((said) => (typeof said === "string" ? [said] : said));

const HOURS = /^([01]\d|2[0-3]):([0-5]\d)-([01]\d|2[0-4]):([0-5]\d)$/;
const dayNames = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"] as const;

/** They would stand in configs and shell histories. */
const SECRET_HEADERS = /^(authorization|cookie|x-api-key|api-key|x-goog-api-key|proxy-authorization)$/;

export const headerName = z
  .string()
  .regex(/^[a-z0-9-]{1,100}$/, "a header's name is lower case letters, digits and -")
  .refine((name) => !SECRET_HEADERS.test(name), "this header bears a secret; say `key:` with the key's name");

const timeSchema = z
  .strictObject({
    hours: z.string().regex(HOURS, "write hours as 08:00-18:00; 22:00-06:00 is over night").optional(),
    days: z.array(z.enum(dayNames)).min(1).optional().describe("by the day on which it is that hour"),
    zone: z.string().refine(isTimeZone, "a time zone such as Europe/Berlin").default("UTC"),
  })
  .refine(({ hours, days }) => hours ?? days, "say hours, days, or both");

export const conditionSchema = z
  .strictObject({
    key: oneOrMore.optional().describe("id or name of the caller's API key"),
    user: oneOrMore.optional(),
    team: oneOrMore.optional(),
    project: oneOrMore.optional(),
    tags: oneOrMore.optional().describe("at least one of them is among the call's"),
    header: z.record(headerName, oneOrMore).optional().describe("by name in lower case, with its values"),
    data_class: oneOrMore.optional().describe("what x-binnacle-data-class says"),
    region: oneOrMore.optional().describe("what x-binnacle-region says"),
    time: timeSchema.optional(),
  })
  .refine((said) => Object.keys(said).length > 0, "say a condition, or leave `when` out");
export type Condition = z.output<typeof conditionSchema>;

const who = ["user", "team", "project"] as const;

/** What does not hold, in a word; undefined when all does. */
export function failingPart(condition: Condition, facts: RequestFacts): string | undefined {
  const { key, tags, header, data_class, region, time } = condition;
  if (key && !key.includes(facts.keyId) && !key.includes(facts.keyName)) return "key";
  for (const part of who) if (!allows(condition[part], facts[part])) return part;
  if (tags && !tags.some((tag) => facts.tags.includes(tag))) return "tags";
  if (!allows(data_class, facts.dataClass)) return "data_class";
  if (!allows(region, facts.region)) return "region";
  for (const [name, values] of Object.entries(header ?? {}))
    if (!allows(values, facts.header(name))) return `header ${name}`;
  return time && !isWithin(time, facts.nowMs) ? "time" : undefined;
}

function allows(allowed: readonly string[] | undefined, value: string | null | undefined): boolean {
  return allowed === undefined || (typeof value === "string" && allowed.includes(value));
}

function isWithin({ hours, days, zone }: z.output<typeof timeSchema>, nowMs: number): boolean {
  const { day, minute } = clockIn(zone, nowMs);
  if (days && !days.some((name) => dayNames.indexOf(name) === day)) return false;
  const [, fromHour, fromMinute, toHour, toMinute] = HOURS.exec(hours ?? "00:00-24:00") ?? [];
  const from = Number(fromHour) * 60 + Number(fromMinute);
  const to = Number(toHour) * 60 + Number(toMinute);
  return from <= to ? minute >= from && minute < to : minute >= from || minute < to;
}

/** The day of the week, and the minute of the day. */
function clockIn(zone: string, nowMs: number): { day: number; minute: number } {
  if (zone === "UTC") {
    const now = new Date(nowMs);
    return { day: now.getUTCDay(), minute: now.getUTCHours() * 60 + now.getUTCMinutes() };
  }
  const parts = new Intl.DateTimeFormat("en-GB", {
    timeZone: zone,
    weekday: "short",
    hour: "2-digit",
    minute: "2-digit",
    hourCycle: "h23",
  }).formatToParts(nowMs);
  const part = (type: string) => parts.find((each) => each.type === type)?.value ?? "";
  const day = dayNames.findIndex((name) => part("weekday").toLowerCase().startsWith(name));
  return { day, minute: Number(part("hour")) * 60 + Number(part("minute")) };
}

function isTimeZone(zone: string): boolean {
  try {
    new Intl.DateTimeFormat("en", { timeZone: zone }).format(0);
    return true;
  } catch {
    return false;
  }
}
