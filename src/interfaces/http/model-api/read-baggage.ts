// Session, user and tags from W3C baggage: what programs that are traced already say of a request, in the words of OpenTelemetry,
// Langfuse, OpenInference or our own. All else in there is not ours, and is left alone.

export interface Described {
  session: string | null;
  user: string | null;
  tags: string[];
}

const BAGGAGE_LENGTH_MAX = 8192;
const MEMBERS_MAX = 180;
const NAME_LENGTH_MAX = 200;
const TAGS_MAX = 20;
const CONTROL = /\p{Cc}/gu;

/** The first of these that is there counts. */
const KEYS = {
  session: ["binnacle.session", "langfuse.session.id", "langfuse_session_id", "session.id"],
  user: ["binnacle.user", "langfuse.user.id", "langfuse_user_id", "user.id", "enduser.id"],
  tags: ["binnacle.tags", "langfuse.trace.tags", "langfuse_tags", "tag.tags"],
} as const;
const KNOWN: ReadonlySet<string> = new Set(Object.values(KEYS).flat());

/** Never throws. A list that is too long is read as far as it may be. */
export function readBaggage(header: string): Described {
  const members = new Map<string, string>();
  for (const member of header.slice(0, BAGGAGE_LENGTH_MAX).split(",", MEMBERS_MAX)) {
    const at = member.indexOf("=");
    const key = member.slice(0, Math.max(0, at)).trim();
    if (!KNOWN.has(key) || members.has(key)) continue;
    const value = readValue(member.slice(at + 1));
    if (value !== undefined) members.set(key, value);
  }
  const first = (keys: readonly string[]): string | undefined =>
    keys.map((key) => members.get(key)).find((value) => value !== undefined);
  return {
    session: first(KEYS.session)?.slice(0, NAME_LENGTH_MAX).toWellFormed() ?? null,
    user: first(KEYS.user)?.slice(0, NAME_LENGTH_MAX).toWellFormed() ?? null,
    tags: splitTags(first(KEYS.tags) ?? ""),
  };
}

export function splitTags(tags: string): string[] {
  return tags
    .split(",", TAGS_MAX)
    .map((tag) => tag.trim().slice(0, NAME_LENGTH_MAX).toWellFormed())
    .filter(Boolean);
}

/** Without its properties, percent-decoded; undefined for what says nothing. */
function readValue(text: string): string | undefined {
  const end = text.indexOf(";");
  try {
    const value = decodeURIComponent((end === -1 ? text : text.slice(0, end)).trim()).replace(CONTROL, "");
    return value === "" ? undefined : value;
  } catch {
    return undefined;
  }
}
