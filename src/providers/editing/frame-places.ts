// The texts in one event of a stream: which of them go on where an earlier event stopped, in which text, and which texts end here.
import { type JsonSpan, memberOf, type ObjectSpan, readSpans, stringAt } from "./json-spans.ts";
import { placesWithin, type TextPlace } from "./places.ts";

export interface FramePlace extends TextPlace {
  /** The text that this goes on with; undefined for one that is all here. */
  channel: string | undefined;
}

export interface FrameTexts {
  places: FramePlace[];
  /** Whether a text has its end with this event. */
  ends(channel: string): boolean;
  /** It says nothing of the answer, and need not wait its turn. */
  isIdle: boolean;
  /** Its texts are told apart by where they stand, and not by the order in which they come. */
  isKeyed: boolean;
}

/** Reads the events of one stream. Most differ from the one before in their one text alone: such are not read again. */
export function createFrameReader(): (json: string) => FrameTexts | undefined {
  let last: { before: string; after: string; texts: FrameTexts; place: FramePlace } | undefined;
  return (json) => {
    if (last && json.length >= last.before.length + last.after.length) {
      const { before, after, texts, place } = last;
      const end = json.length - after.length;
      const isAlike = json.startsWith(before) && json.endsWith(after);
      const text = isAlike ? json.slice(before.length, end) : "";
      if (text !== "" && !text.includes('"') && !text.includes("\\") && !text.startsWith("data:"))
        return { ...texts, places: [{ ...place, text, end: end + 1 }] };
    }
    const texts = readFrameTexts(json);
    const place = texts?.places.length === 1 ? texts.places[0] : undefined;
    const isSimple = texts && place && json.charAt(place.start) === '"';
    last = isSimple
      ? { before: json.slice(0, place.start + 1), after: json.slice(place.end - 1), texts, place }
      : undefined;
    return texts;
  };
}

/** Undefined for what is no object. */
export function readFrameTexts(json: string): FrameTexts | undefined {
  const root = readSpans(json);
  if (root?.kind !== "object") return undefined;
  const frame = shapeOf(json, root);
  const places = placesWithin(json, root).map((place): FramePlace => ({
    ...withKind(place, frame.type),
    channel: channelOf(place, frame),
  }));
  return {
    places,
    ends: endsIn(frame, places),
    isIdle: frame.type === "ping" || frame.type === "keepalive",
    isKeyed: frame.isKeyed,
  };
}

interface Shape {
  type: string;
  /** Of the part that an event is about, where it says which: `1.0.`. */
  numbers: string;
  json: string;
  root: ObjectSpan;
  isKeyed: boolean;
  isLines: boolean;
}

function shapeOf(json: string, root: ObjectSpan): Shape {
  const number = (key: string): string | undefined => {
    const span = memberOf(root, key);
    return span?.kind === "other" ? json.slice(span.start, span.end) : undefined;
  };
  const outer = number("output_index") ?? number("index") ?? number("contentBlockIndex");
  const inner = number("content_index") ?? number("summary_index") ?? "";
  return {
    type: stringAt(json, memberOf(root, "type")) ?? "",
    numbers: outer === undefined ? "" : `${outer}.${inner === "" ? "" : `${inner}.`}`,
    json,
    root,
    isKeyed: memberOf(root, "choices") !== undefined || memberOf(root, "done") !== undefined,
    isLines: memberOf(root, "done") !== undefined,
  };
}

/** The Responses API says by the event's type what its `delta` is. */
function withKind(place: TextPlace, type: string): TextPlace {
  if (place.path !== "delta" && place.path !== "text" && place.path !== "arguments") return place;
  if (type.includes("function_call_arguments")) return { ...place, kind: "tool_arguments", isJson: true };
  if (type.includes("_input.")) return { ...place, kind: "tool_arguments" };
  return type.includes("reasoning") ? { ...place, kind: "reasoning" } : place;
}

const NOT_GOING_ON = /\.(citation|citations|annotation|functionCall|executableCode|grounding\w*)(\.|$)/;

function channelOf({ path, kind }: TextPlace, { numbers, isLines, json, root }: Shape): string | undefined {
  const going = path.replace(/^content_block\./, "delta.");
  const goesOn =
    /(^|\.)delta(\.|$)/.test(going) ||
    (path.startsWith("candidates.") && path.endsWith(".text")) ||
    (isLines && /^message\.(content|thinking)$/.test(path));
  if (!goesOn || NOT_GOING_ON.test(path) || /\.input\./.test(path)) return undefined;
  return `${numbers}|${numbered(going, json, root)}|${kind}`;
}

/** `choices.0` by the choice's own number; items without one go on with each other. */
function numbered(path: string, json: string, root: ObjectSpan): string {
  const steps = path.split(".");
  let span: JsonSpan | undefined = root;
  for (const [at, step] of steps.entries()) {
    if (span?.kind !== "array") {
      span = memberOf(span, step);
      continue;
    }
    span = span.items[Number(step)];
    const own = memberOf(span, "index");
    steps[at] = own ? json.slice(own.start, own.end) : usual(steps, at);
  }
  return steps.join(".");
}

/** Google leaves out the first candidate's number. */
function usual(steps: readonly string[], at: number): string {
  return at === 1 && steps[0] === "candidates" ? "0" : "*";
}

const ENDING = /(\.done|_stop|-end|\.completed|\.incomplete|\.failed)$/;

function endsIn({ json, root, type, numbers, isLines }: Shape, places: readonly FramePlace[]): FrameTexts["ends"] {
  if (ENDING.test(type)) return (channel) => channel.startsWith(numbers);
  if (isLines) {
    const done = memberOf(root, "done");
    const isDone = done !== undefined && json.slice(done.start, done.end) === "true";
    return () => isDone;
  }
  const isBlockStop = memberOf(root, "contentBlockIndex") && !memberOf(root, "delta") && !memberOf(root, "start");
  if (isBlockStop) return (channel) => channel.startsWith(`${numbers}|`);
  const finished = finishedIn(json, root);
  // Google has no word for the end of a part: another begins.
  const begun = places.flatMap(({ channel }) => (channel?.includes("|candidates.") ? [channel] : []));
  return (channel) =>
    finished.some((prefix) => channel.startsWith(prefix)) ||
    begun.some((other) => other !== channel && candidateOf(other) === candidateOf(channel));
}

function candidateOf(channel: string): string {
  return channel.split(".", 2).join(".");
}

function finishedIn(json: string, root: ObjectSpan): string[] {
  return ["choices", "candidates"].flatMap((list) => {
    const span = memberOf(root, list);
    if (span?.kind !== "array") return [];
    return span.items.flatMap((item) => {
      const reason = memberOf(item, "finish_reason") ?? memberOf(item, "finishReason");
      const index = memberOf(item, "index");
      const number = index ? json.slice(index.start, index.end) : list === "candidates" ? "0" : "*";
      return reason?.kind === "string" ? [`|${list}.${number}.`] : [];
    });
  });
}
