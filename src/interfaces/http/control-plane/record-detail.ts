// One record of any kind, whole, with its bodies as people read them.
import type { RecordDetail } from "../../../ledger/contract.ts";
import type { RecordReader, RecordScope } from "../../../ledger/index.ts";
import { interfacesErrors } from "../../errors.ts";
import { viewBody } from "./call-detail.ts";

/** Throws `interfaces.not_found`. */
export async function readRecordDetail(records: RecordReader, id: string, within?: RecordScope): Promise<RecordDetail> {
  const found = await records.findRecord(id, within);
  if (!found) throw interfacesErrors.not_found({ what: "record", id });
  const { request, response } = found.record.bodies;
  const isStored = [request, response].some((ref) => ref !== null && ref.stored_bytes > 0);
  const bodies = isStored ? await records.readRecordBodies(id) : undefined;
  return {
    ...found,
    request_body: viewBody(request, bodies?.request),
    response_body: viewBody(response, bodies?.response),
  };
}
