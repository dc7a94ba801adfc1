// Vendors seal their reasoning, by a signature or by encryption, and want it back as it was. A caller of another dialect can
// keep such a seal and give it back, too: it is handed out with its maker's name before it, and goes to no other vendor.
import type { ChatEvent, ChatRequest, DialectName, Part } from "../contract.ts";

type Reasoning = Extract<Part, { type: "reasoning" }>;

/** Begins each seal that was handed out to a caller of another dialect. */
export const SEAL_MARK = "bn1.";
const SEAL = /^bn1\.([a-z-]+)\.([^.]*)\.(.*)$/s;

/** An event on its way to a caller of another dialect. */
export function sealEvent(event: ChatEvent, maker: DialectName): ChatEvent {
  if (event.type === "reasoning_signature") return { ...event, signature: seal(event.signature, { maker }) };
  if (event.type !== "part" || event.part.type !== "reasoning") return event;
  const { redacted, signature, id, ...part } = event.part;
  const sealed: Reasoning = {
    ...part,
    ...(redacted !== undefined && { redacted: seal(redacted, { maker, id }) }),
    ...(signature !== undefined && { signature: seal(signature, { maker, id }) }),
  };
  return { ...event, part: sealed };
}

/** A request that may hold seals of other vendors: each part says whose it is. */
export function openSeals(request: ChatRequest): ChatRequest {
  const isSealed = ({ type, signature, redacted }: Partial<Reasoning>): boolean =>
    type === "reasoning" && ((signature ?? redacted)?.startsWith(SEAL_MARK) ?? false);
  const messages = request.messages.map((message) =>
    message.parts.some((part) => isSealed(part as Partial<Reasoning>))
      ? { ...message, parts: message.parts.map((part) => (part.type === "reasoning" ? openSeal(part) : part)) }
      : message,
  );
  return { ...request, messages };
}

function seal(text: string, { maker, id = "" }: { maker: DialectName; id?: string | undefined }): string {
  return `${SEAL_MARK}${maker}.${id}.${text}`;
}

function openSeal(part: Reasoning): Reasoning {
  const [, maker, id, text] = SEAL.exec(part.signature ?? part.redacted ?? "") ?? [];
  if (maker === undefined || text === undefined) return part;
  const { signature: _, redacted: __, ...rest } = part;
  return {
    ...rest,
    ...(id && { id }),
    ...(part.redacted === undefined ? { signature: text } : { redacted: text }),
    sealed_by: maker as DialectName,
  };
}
