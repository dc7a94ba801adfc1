// What an answer depends on beside the request and whose it is: whom it was asked of, how it was checked, by which guardrails, and where it may have
// been made. An answer from anywhere is none to a caller who says where.
import { residencyOf } from "../../routing/facts/residency.ts";
import type { ShapedCall } from "../../shaping/shaped-call.ts";

/** `model` itself for the usual call. */
export function answeredAs(
  model: string,
  { shaped, header, guard }: Pick<ShapedCall, "shaped" | "header" | "guard">,
): string {
  const check = shaped?.check?.id;
  const { region, dataClass } = residencyOf({ header });
  if (guard) return JSON.stringify([model, check, region, dataClass, guard.id]);
  if (check === undefined && region === null && dataClass === null) return model;
  return JSON.stringify([model, check, region, dataClass]);
}
