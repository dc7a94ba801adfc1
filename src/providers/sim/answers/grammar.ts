// The simulator's English: a small grammar whose rules name each other in braces. It says nothing, pleasantly, and is
// the same for the same seed. The first sentence is always the plain truth about who is speaking.
import type { Seeded } from "./seeded.ts";

export const DISCLOSURE = "This is Binnacle's simulator, not a language model.";

/** `{topic}` and `{other}` are filled from the prompt; every other word in braces is a rule of this table. */
const RULES: Record<string, readonly string[]> = {
  opening: [
    "You asked about {topic}.",
    "Your question concerns {topic}.",
    "On {topic}, here is a made-up answer.",
    "Let us look at {topic}, and then at {other}.",
  ],
  sentence: [
    "{Subject} {verb} {object}.",
    "{Subject} {verb} {object}, {turn}.",
    "{When}, {subject} {verb} {object}.",
    "{Subject} and {subject} {plural} {object}.",
    "Where {topic} meets {other}, {subject} {verb} {object}.",
    "{Turn}: {subject} {verb} {object}.",
  ],
  closing: [
    "None of this should be relied on.",
    "A real model would have known more about {topic}.",
    "So much for {topic}, as far as a simulator can tell.",
    "Ask a real model before you act on {topic}.",
  ],
  Subject: ["The {adjective} {noun}", "Every {noun}", "A {adjective} {noun}", "No {noun}", "Each {adjective} {noun}"],
  subject: ["the {noun}", "a {adjective} {noun}", "the {adjective} {noun}", "every {noun}"],
  object: ["the {noun}", "a {adjective} {noun}", "{topic}", "the {noun} of {other}", "what {other} left behind"],
  adjective: ["steady", "patient", "bright", "long", "quiet", "careful", "northern", "simple", "weathered", "small"],
  noun: [
    "compass",
    "course",
    "lantern",
    "chart",
    "harbour",
    "tide",
    "crew",
    "needle",
    "watch",
    "voyage",
    "signal",
    "wind",
  ],
  verb: ["follows", "carries", "holds", "steadies", "crosses", "reads", "measures", "returns to", "passes", "keeps"],
  plural: ["follow", "carry", "hold", "steady", "cross", "read", "measure", "return to", "pass", "keep"],
  When: [
    "At first light",
    "In calm weather",
    "By the second watch",
    "Before the turn of the tide",
    "More often than not",
  ],
  turn: ["as it should", "whatever the wind", "and nothing is lost", "with little to spare", "much as before"],
  Turn: ["In short", "Put plainly", "Seen from the deck", "To take one case", "As the log has it"],
  thought: [
    "The prompt mentions {topic}.",
    "I could speak of {topic} or of {other}.",
    "The {noun} may {bear} on {topic}.",
    "First {topic}, then {other}, then the {adjective} {noun}.",
    "Nothing here needs a {adjective} {noun}.",
  ],
  bear: ["bear", "depend", "rest", "touch"],
};

type Piece = { text: string } | { rule: string };

const GRAMMAR = new Map<string, Piece[][]>(
  Object.entries(RULES).map(([rule, templates]) => [rule, templates.map((template) => piecesOf(template))]),
);

function piecesOf(template: string): Piece[] {
  return template
    .split(/(\{\w+\})/)
    .filter((text) => text !== "")
    .map((text) => (text.startsWith("{") ? { rule: text.slice(1, -1) } : { text }));
}

/** Expands one rule, such as `sentence` or `thought`. Topics may be empty: the answer then speaks of "the sea". */
export function speak(rule: string, topics: readonly string[], seeded: Seeded): string {
  if (rule === "topic") return topics[0] ?? "the sea";
  if (rule === "other") return topics.length > 1 ? seeded.pick(topics.slice(1)) : "the ship";
  const templates = GRAMMAR.get(rule);
  if (!templates) throw new Error(`the grammar has no rule ${rule}`);
  let text = "";
  for (const piece of seeded.pick(templates)) text += "text" in piece ? piece.text : speak(piece.rule, topics, seeded);
  return text;
}
