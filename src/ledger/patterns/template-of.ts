// The template that a prompt was made from, as far as one prompt shows it: what programs fill in (numbers, ids, dates, quotes,
// addresses) becomes a mark, and of the rest the beginning counts, up to where such a text is usually filled in.

/** Characters that are looked at of a text; templates tell themselves early. */
export const TEXT_LOOKED_AT = 240;
const SYSTEM_WORDS = 40;
/** Of a first line or a lead that ends with a colon. */
const LEAD_WORDS = 14;
const FREE_WORDS = 8;

/** Most texts have none of these, and nothing to be marked. */
const MAY_BE_FILLED = /[\d"'`“@]|\/\/|\S{40}/;
const URL = String.raw`https?:\/\/\S+|www\.\S+`;
const MAIL = String.raw`[\w.+-]+@[\w-]+\.[\w.-]+`;
const UUID = "[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}";
const QUOTED = "\"[^\"\\n]*\"?|“[^”\\n]*”?|`[^`]*`?|(?<=^|[\\s(:])'[^'\\n]+'(?=$|[\\s).,:;!?])";
const MONTHS = "january|february|march|april|may|june|july|august|september|october|november|december";
const DATE = String.raw`\d{4}-\d\d-\d\d(?:t[\d:.]+z?)?|\d{1,2}[./]\d{1,2}[./]\d{2,4}|\d{1,2}:\d\d(?::\d\d)?|(?:${MONTHS}) \d{1,2}(?:,? \d{4})?`;
const CODE = String.raw`\b(?=[a-z_-]*\d)[a-z\d_-]{6,}|[^\s<>]{40,}`;
const NUMBER = String.raw`[#$€£]?\d[\d.,]*%?`;
const FILLED = new RegExp(
  `(${URL})|(${MAIL})|(${UUID})|(${QUOTED})|(${DATE})|(${NUMBER}(?![\\w-]))|(${CODE})|${NUMBER}`,
  "g",
);
const MARKS = ["<url>", "<mail>", "<id>", "<text>", "<date>", "<number>", "<id>"];

export interface PromptTexts {
  /** Instructions that stand before the conversation. */
  system: string;
  /** What was asked last. */
  user: string;
}

/** Empty where there is nothing to tell it by. */
export function templateOf({ system, user }: PromptTexts): string {
  const role = wordsOf(marked(system), SYSTEM_WORDS);
  const asked = marked(user);
  const lead = leadOf(asked);
  // Under instructions, what people type freely is one kind of request; without them its first words are all there is.
  const rest = lead ?? (role === "" ? wordsOf(asked.replaceAll("\n", " "), FREE_WORDS) : asked === "" ? "" : "…");
  return [role, rest].filter((part) => part !== "").join(" ¶ ");
}

function marked(text: string): string {
  const plain = text.slice(0, TEXT_LOOKED_AT).toLowerCase().trim();
  if (!MAY_BE_FILLED.test(plain)) return plain;
  return plain.replace(FILLED, (_, ...groups: unknown[]) => {
    const which = groups.findIndex((group, index) => index < MARKS.length && group !== undefined);
    return MARKS[which] ?? "<number>";
  });
}

/** `translate into french:`, or a first line that more follows: the part that a program wrote. */
function leadOf(text: string): string | undefined {
  const ends = [text.indexOf("\n"), text.search(/:(?=\s|$)/u)].filter((at) => at > 0);
  if (ends.length === 0) return undefined;
  return wordsOf(text.slice(0, Math.min(...ends)).trim(), LEAD_WORDS);
}

function wordsOf(text: string, most: number): string {
  return text.split(/\s+/u, most).join(" ").trim();
}
