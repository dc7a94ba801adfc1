// One call with its bodies, as people read it.
import type { Ledger, RecordScope } from "../../../ledger/index.ts";
import type { BodyRef, CallDetail } from "../../../ledger/contract.ts";
import { type DialectName, readConversation, showBody } from "../../../providers/index.ts";
import { interfacesErrors } from "../../errors.ts";

/** Throws `interfaces.not_found`. */
export async function readCallDetail(ledger: Ledger, id: string, within?: RecordScope): Promise<CallDetail> {
  const record = await ledger.findCall(id, within);
  if (!record) throw interfacesErrors.not_found({ what: "call", id });
  const { request: requestRef, response: responseRef } = record.bodies;
  const isStored = [requestRef, responseRef].some((ref) => ref !== null && ref.hash !== "");
  const bodies = isStored ? await ledger.readBodies(id) : undefined;
  const request = viewBody(requestRef, bodies?.request);
  const response = viewBody(responseRef, bodies?.response);
  return {
    ...record,
    request_body: request,
    response_body: response,
    messages:
      record.operation !== "chat"
        ? []
        : readConversation({
            dialect: record.dialect as DialectName,
            model: record.model,
            stream: record.stream,
            request: request?.text,
            response: bodies?.response ?? undefined,
            mediaType: response?.media_type,
          }),
  };
}

/** As it is read; null where none was stored. */
export function viewBody(ref: BodyRef | null, bytes: Uint8Array | null | undefined): CallDetail["request_body"] {
  if (!ref || !bytes) return null;
  return {
    media_type: ref.media_type,
    size_bytes: ref.size_bytes,
    cut: ref.stored_bytes < ref.size_bytes,
    text: showBody(bytes, ref.media_type),
  };
}
