// A streamed answer, checked before any of it goes out. So much of each text waits as a match could be long; what must not be said ends
// the stream before it was begun.
import type { AppError } from "../../kernel/index.ts";
import {
  createStreamEditor,
  type Settled,
  type StreamEditor,
  type TextPlace,
  type TextWindow,
} from "../../providers/index.ts";
import { guardrailsErrors } from "../errors.ts";
import type { ChecksBySide, Decided } from "../policies/policy.ts";
import { findInText } from "./find-in-text.ts";
import { refusalOf } from "./findings-log.ts";
import { maskOf, type Screening, sideInAnswer } from "./screen-texts.ts";

export interface GuardedStream extends StreamEditor {
  /** Why no more of it goes out. */
  readonly refusal: AppError | undefined;
}

export interface StreamScreening extends Screening {
  mediaType: string;
  holdBackMax: number;
  /** Told of each piece; gives why no more of it may go out. */
  onText?: ((place: TextPlace) => AppError | undefined) | undefined;
}

export function createGuardedStream(screening: StreamScreening): GuardedStream {
  const { checks, mediaType, holdBackMax, log, onText, onAsk } = screening;
  const reach = reachOf(screening);
  let refusal: AppError | undefined;
  let isUnread = false;
  /** Events that say the whole of a text again would tell of the same things again. */
  let hasPieces = false;
  const told = new Set<string>();

  function settle({ place, text, shown, isFinal, isWhole }: TextWindow): Settled {
    const side = sideInAnswer(place.kind);
    const found = findInText(text, checks[side], { side, isFinal });
    const boundary = isFinal ? text.length : boundaryOf(text, { reach, holdBackMax });
    const certain = found.filter(({ start, end }) => start < boundary && end > shown);
    const tell = (finding: Decided) => () => {
      const isTold = finding.start < shown && told.has(`${place.path} ${finding.kind}`);
      told.add(`${place.path} ${finding.kind}`);
      if (!isTold && (!isWhole || !hasPieces)) log.add(finding, { side, place: place.path });
    };
    const stopped = certain.find(({ mode }) => mode === "block" || (mode === "ask" && !onAsk));
    if (onAsk) for (const finding of certain) if (finding.mode === "ask") onAsk(finding, side);
    const masked = certain.filter(({ mode, start }) => mode === "mask" && (!stopped || start < stopped.start));
    if (stopped && !refusal) {
      refusal = refusalOf(stopped, side);
      tell(stopped)();
    }
    return {
      edits: masked.map((finding) => ({ ...maskOf(finding, { text, isJson: place.isJson }), onMade: tell(finding) })),
      notes: certain.flatMap((finding) =>
        finding.mode === "observe" || (finding.mode === "ask" && onAsk)
          ? [{ start: Math.max(shown, finding.start), onMade: tell(finding) }]
          : [],
      ),
      safe: stopped ? Math.min(boundary, stopped.start) : boundary,
    };
  }

  const editor = createStreamEditor({
    mediaType,
    reach,
    settle,
    onUnreadable() {
      isUnread = true;
      refusal ??= guardrailsErrors.unreadable({ policies: policiesOf(checks), what: "An event of this answer" });
    },
    onText(place) {
      hasPieces = true;
      refusal ??= onText?.(place);
    },
  });
  function shown(act: () => Uint8Array): Uint8Array {
    if (refusal) return NOTHING;
    const bytes = act();
    return isUnread ? NOTHING : bytes;
  }

  return {
    push: (bytes) => shown(() => editor.push(bytes)),
    end: () => shown(() => editor.end()),
    get refusal() {
      return refusal;
    },
  };
}

function policiesOf({ output, tool_arguments: called }: ChecksBySide): string {
  return [...new Set([...output.checks, ...called.checks].map(({ policy }) => policy))].join(", ");
}

const NOTHING = new Uint8Array();

function reachOf({ checks, holdBackMax }: StreamScreening): number {
  const detectors = [...checks.output.detectors, ...checks.tool_arguments.detectors];
  return Math.min(holdBackMax, Math.max(0, ...detectors.map(({ reach }) => reach)));
}

/** So many characters before the end that are seen; those without width come on top, and so do all but one of an escape. */
function boundaryOf(text: string, { reach, holdBackMax }: { reach: number; holdBackMax: number }): number {
  let left = reach;
  let at = text.length;
  const least = Math.max(0, text.length - holdBackMax);
  while (at > least && left > 0) {
    at -= 1;
    if (isUnseen(text.charCodeAt(at))) continue;
    left -= 1;
    if (text.charCodeAt(at - 5) === BACKSLASH && ESCAPE.test(text.slice(at - 5, at + 1))) at -= 5;
  }
  return at;
}

const BACKSLASH = 92;
const ESCAPE = /^\\u[0-9a-fA-F]{4}$/;

function isUnseen(code: number): boolean {
  if (code < 0xad) return false;
  return (
    code === 0xad ||
    code === 0x34f ||
    code === 0x180e ||
    (code >= 0x200b && code <= 0x200f) ||
    (code >= 0x202a && code <= 0x202e) ||
    (code >= 0x2060 && code <= 0x206f) ||
    (code >= 0xfe00 && code <= 0xfe0f) ||
    code === 0xfeff
  );
}
