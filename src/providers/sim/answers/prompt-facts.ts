// What the simulator takes from a prompt so that its answer seems to belong to it: a few nouns, names, numbers, and
// whatever was listed ("Paris and London"). It is a sieve of word lists and capitals, not an understanding.
import type { ChatRequest, Message } from "../../contract.ts";

export interface PromptFacts {
  /** The question itself: the last user message, cut to its last 2,000 characters. */
  question: string;
  /** Words that carry meaning, each once: names first, then the longest. */
  topics: string[];
  /** Capitalised words within a sentence, runs joined: "New York". */
  names: string[];
  numbers: number[];
  /** Names that were listed with commas or "and"; empty when there is no list of at least two. */
  listed: string[];
}

const QUESTION_CHARACTERS_MAX = 2000;
const TOPICS_MAX = 8;

const FUNCTION_WORDS = new Set(
  `a about after again all also am an and answer any are as ask at be because been before being best between big both brief but by call can come could
  did do does doing done down each else example explain few find for from get give go good great had has have having he hello help her here him his
  how i if in into is it its just know let like list long make many may me might more most much must my need new no not now of off on once
  one only or other our out over please put reply said same say see she short should show simple small so some such tell than thank thanks that the their
  them then there these they thing things this those three through to too two under until up use used using very want was way we well
  were what when where which while who why will with without word words would write yes you your`.split(/\s+/),
);

/** The text parts of one message, joined by new lines. */
export function textOfMessage(message: Message): string {
  let text = "";
  for (const part of message.parts) if (part.type === "text") text += text === "" ? part.text : `\n${part.text}`;
  return text;
}

export function readPromptFacts(request: ChatRequest): PromptFacts {
  const asked = request.messages.findLast((message) => message.role === "user");
  const question = asked ? textOfMessage(asked).slice(-QUESTION_CHARACTERS_MAX) : "";
  const names = namesIn(question);
  return {
    question,
    topics: topicsIn(question, names),
    names,
    numbers: numbersIn(question),
    listed: listedIn(question),
  };
}

function topicsIn(text: string, names: string[]): string[] {
  const words = new Set(text.match(/\p{L}[\p{L}\p{N}'’-]{2,39}/gu));
  const telling = [...words].filter((word) => !FUNCTION_WORDS.has(word.toLowerCase()));
  telling.sort((a, b) => b.length - a.length);
  return [...new Set([...names, ...telling])].slice(0, TOPICS_MAX);
}

/** A capital after a lower-case word, a comma or a number: the first word of a sentence tells nothing. */
const NAME = /(?<=[\p{Ll}\p{N},;:] )\p{Lu}[\p{L}\p{N}'’-]*(?: \p{Lu}[\p{L}\p{N}'’-]*)*/gu;

function namesIn(text: string): string[] {
  return [...new Set([...text.matchAll(NAME)].map(([name]) => name))].filter((name) => name !== "I");
}

function numbersIn(text: string): number[] {
  return [...text.matchAll(/(?<![\p{L}\p{N}.])-?\d{1,15}(?:\.\d{1,6})?/gu)].map(([digits]) => Number(digits));
}

const NAME_LIST =
  /(?<!\p{L})\p{Lu}[\p{L}'’-]*(?: \p{Lu}[\p{L}'’-]*)*(?:(?:, and |, | and | & )\p{Lu}[\p{L}'’-]*(?: \p{Lu}[\p{L}'’-]*)*)+/u;

function listedIn(text: string): string[] {
  const list = NAME_LIST.exec(text)?.[0];
  return list === undefined ? [] : list.split(/, and |, | and | & /);
}
