// Arguments and results of tools: objects here, text in the canonical model.
import type { Extra } from "../../../contract.ts";
import { isObject } from "../../fields.ts";

/** Undefined where this is not the text of a JSON object. No text is an empty object. */
export function objectFromText(text: string): Extra | undefined {
  if (text.trim() === "") return {};
  try {
    const found: unknown = JSON.parse(text);
    return isObject(found) ? found : undefined;
  } catch {
    return undefined;
  }
}
