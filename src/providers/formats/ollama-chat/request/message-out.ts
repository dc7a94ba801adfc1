// Canonical messages as Ollama's: one text, pictures beside it, and the tool's name with its result.
import type { Extra, Message, Part, ToolCall } from "../../../contract.ts";
import { definedOnly, isObject } from "../../fields.ts";
import { objectFromText } from "../../gemini/parts/json-object.ts";
import { idForVendor } from "../call-ids.ts";
import { writePart } from "./part-out.ts";
import { NO_WORD, tellExtra, type Writing } from "./writing.ts";

export function writeMessages(messages: readonly Message[], writing: Writing): Extra[] {
  const names = new Map(messages.flatMap(({ tool_calls: calls = [] }) => calls.map(({ id, name }) => [id, name])));
  return messages.flatMap((message, index) => {
    const path = `messages.${index}`;
    const written = writeMessage(message, path, writing);
    if (written === undefined) return [];
    return [message.role === "tool" ? { ...written, ...whoseResult(message, names) } : written];
  });
}

/** Undefined for one of another dialect of which nothing could be carried over. */
function writeMessage(message: Message, path: string, writing: Writing): Extra | undefined {
  const { role, name, parts, tool_calls: calls, is_error: isError, extra } = message;
  if (name !== undefined && role !== "tool") writing.drop(`${path}.name`, NO_WORD);
  if (isError) writing.drop(`${path}.is_error`, "Ollama is told of a failure by the result's words alone");
  tellExtra(extra, path, writing);
  const said = writeParts(parts, { path, role }, writing);
  const written = calls?.map((call, index) => writeCall(call, `${path}.tool_calls.${index}`, writing));
  const isSilent = said.content === "" && !said.thinking && !said.images && !written?.length;
  // A tool has always answered.
  if (isSilent && !writing.isOwn && role !== "tool") return undefined;
  return definedOnly<Extra>({
    role: role === "developer" ? "system" : role,
    ...said,
    tool_calls: written,
    ...(writing.isOwn && extra),
  });
}

function whoseResult({ name, tool_call_id: id }: Message, names: ReadonlyMap<string, string>): Extra {
  return definedOnly<Extra>({ tool_name: name ?? names.get(id ?? ""), tool_call_id: idForVendor(id) });
}

interface Said {
  content: string;
  thinking: string | undefined;
  images: string[] | undefined;
}

function writeParts(parts: readonly Part[], where: { path: string; role: Message["role"] }, writing: Writing): Said {
  const written = parts.map((part, index) =>
    writePart(part, { ...where, path: `${where.path}.parts.${index}` }, writing),
  );
  const ofKind = (kind: "text" | "thinking" | "image"): string[] =>
    written.flatMap((each) => (each?.kind === kind && each.said !== "" ? [each.said] : []));
  const [thinking, images] = [ofKind("thinking").join("\n\n"), ofKind("image")];
  return {
    // What a model said goes on where it stopped; what it is told comes piece by piece.
    content: ofKind("text").join(where.role === "assistant" ? "" : "\n\n"),
    thinking: thinking === "" ? undefined : thinking,
    images: images.length === 0 ? undefined : images,
  };
}

function writeCall({ id, name, arguments: text, extra }: ToolCall, path: string, writing: Writing): Extra {
  tellExtra(extra, path, writing);
  const { function: inner, ...more } = (writing.isOwn ? extra : undefined) ?? {};
  const given = objectFromText(text);
  if (!given) writing.drop(`${path}.arguments`, "they are no JSON object; they go as text, under `arguments`");
  const said = { name, arguments: given ?? { arguments: text } };
  return definedOnly<Extra>({ id: idForVendor(id), function: { ...said, ...(isObject(inner) && inner) }, ...more });
}
