// The public sentences with personal data marked in them, from ../shared/datasets; never copied into the project.
import { existsSync, readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { join } from "node:path";
import { z } from "zod";

export interface MarkedText {
  text: string;
  marks: { kind: string; start: number; end: number }[];
}

/** What the marks of the set are called here. Those that are left out (firms, towns, titles) nothing looks for. */
const KINDS: Record<string, string> = {
  PERSON: "person",
  STREET_ADDRESS: "address",
  CREDIT_CARD: "card",
  DATE_TIME: "date",
  PHONE_NUMBER: "phone",
  AGE: "age",
  EMAIL_ADDRESS: "email",
  NRP: "nationality",
  ZIP_CODE: "postal_code",
  DOMAIN_NAME: "url",
  IBAN_CODE: "iban",
  US_SSN: "national_id",
  IP_ADDRESS: "ip",
  US_DRIVER_LICENSE: "driving_licence",
  ORGANIZATION: "organisation",
  GPE: "place",
  TITLE: "title",
};

const rowSchema = z.object({
  full_text: z.string(),
  spans: z.array(z.object({ entity_type: z.string(), start_position: z.number(), end_position: z.number() })),
});

export function readMarkedTexts(folder: string): MarkedText[] {
  const rows = z.array(rowSchema).parse(JSON.parse(readFileSync(join(folder, "pii/presidio-synth.json"), "utf8")));
  return rows.map(({ full_text: text, spans }) => ({
    text,
    marks: spans.map(({ entity_type: type, start_position: start, end_position: end }) => ({
      kind: KINDS[type] ?? type.toLowerCase(),
      start,
      end,
    })),
  }));
}

/** Questions as people ask them, for counting false alarms only. */
export function readQuestions(folder: string, most: number): string[] {
  const path = join(folder, "cache/question-pairs.json.gz");
  if (!existsSync(path)) return [];
  const rows = z.array(z.record(z.string(), z.unknown())).parse(JSON.parse(gunzipSync(readFileSync(path)).toString()));
  const texts = rows.flatMap((row) => Object.values(row)).filter((value) => typeof value === "string");
  return [...new Set(texts)].slice(0, most);
}
