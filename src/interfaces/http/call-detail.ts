// One call with its bodies, as people read it.
import type { Ledger } from "../../ledger/index.ts";
import type { BodyRef, CallDetail } from "../../ledger/contract.ts";
import { readTranscript } from "../../providers/index.ts";
import { interfacesErrors } from "../errors.ts";

/** Throws `interfaces.not_found`. */
export async function readCallDetail(ledger: Ledger, id: string): Promise<CallDetail> {
  const record = await ledger.findCall(id);
  if (!record) throw interfacesErrors.not_found({ what: "call", id });
  const [request, response] = await Promise.all([
    readBodyView(ledger, record.bodies.request),
    readBodyView(ledger, record.bodies.response),
  ]);
  return {
    ...record,
    request_body: request,
    response_body: response,
    messages: readTranscript(request?.text, response?.text, response?.media_type),
  };
}

async function readBodyView(ledger: Ledger, ref: BodyRef | null): Promise<CallDetail["request_body"]> {
  if (ref === null || ref.hash === "") return null;
  const body = await ledger.readBody(ref.hash);
  if (!body) return null;
  return {
    media_type: ref.media_type,
    size_bytes: ref.size_bytes,
    cut: ref.stored_bytes < ref.size_bytes,
    text: Buffer.from(body.bytes).toString("utf8"),
  };
}
