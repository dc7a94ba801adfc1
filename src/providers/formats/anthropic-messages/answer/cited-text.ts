// Texts cut where their citations begin and end. Anthropic has a block for each stretch of text that rests on something;
// others give one text and say from where to where. This needs the whole answer: a stream has said its text by then.
import type { ChatEvent, Citation } from "../../../contract.ts";

interface Run {
  text: string;
  citations: Citation[];
  /** Where the text begins for which a citation without a place can be. */
  uncited: number;
}

/** The same events, in which each cited stretch of text is a part of its own. Of the first choice. */
export function cutAtCitations(events: Iterable<ChatEvent>): ChatEvent[] {
  const cut: ChatEvent[] = [];
  let run: Run = { text: "", citations: [], uncited: 0 };
  /** Where the run begins in the text that its citations count from. */
  let base = 0;

  function flush(): void {
    cut.push(...cutRun(run, base));
    base += run.text.length;
    run = { text: "", citations: [], uncited: 0 };
  }

  for (const event of events) {
    if (!("choice" in event) || event.choice > 0 || event.type === "extra" || event.type === "finish") cut.push(event);
    else if (event.type === "text") run.text += event.text;
    else if (event.type === "citation") addCitation(run, event.citation, base);
    else {
      flush();
      // Calls stand beside the text, all else ends it.
      if (event.type !== "tool_call_start" && event.type !== "tool_call_arguments") base = 0;
      cut.push(event);
    }
    if (event.type === "end") return insertBeforeEnd(cut, cutRun(run, base));
  }
  return cut;
}

/** Who does not say of what the citation is means the text since the one before. */
function addCitation(run: Run, citation: Citation, base: number): void {
  if (citation.start !== undefined && citation.end !== undefined) run.citations.push(citation);
  else {
    const before = run.citations.at(-1);
    const end = base + run.text.length;
    const start = before?.end === end ? (before.start ?? base) : base + run.uncited;
    run.citations.push({ ...citation, start, end });
    run.uncited = run.text.length;
  }
}

function insertBeforeEnd(events: ChatEvent[], last: ChatEvent[]): ChatEvent[] {
  return [...events.slice(0, -1), ...last, ...events.slice(-1)];
}

function cutRun({ text, citations }: Run, base: number): ChatEvent[] {
  if (citations.length === 0) return text === "" ? [] : [{ type: "text", choice: 0, text }];
  const spans = citations.flatMap((citation) => {
    const { start = 0, end = 0 } = citation;
    const span = { citation, start: Math.max(0, start - base), end: Math.min(text.length, end - base) };
    return span.start < span.end ? [span] : [];
  });
  const spanned = new Set(spans.map(({ citation }) => citation));
  const bounds = [...new Set([0, text.length, ...spans.flatMap(({ start, end }) => [start, end])])].sort(
    (a, b) => a - b,
  );
  const pieces = bounds.slice(1).map((end, index): ChatEvent => {
    const start = bounds[index] ?? 0;
    const piece = text.slice(start, end);
    const cited = spans.filter((span) => span.start <= start && span.end >= end).map(({ citation }) => citation);
    return cited.length > 0
      ? { type: "part", choice: 0, part: { type: "text", text: piece, citations: cited } }
      : { type: "text", choice: 0, text: piece };
  });
  // A place outside of the text is none.
  const others = citations.filter((each) => !spanned.has(each));
  return [...pieces, ...others.map((citation): ChatEvent => ({ type: "citation", choice: 0, citation }))];
}
