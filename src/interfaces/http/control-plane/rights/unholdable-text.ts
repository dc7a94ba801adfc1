// PostgreSQL's texts hold every character but one. Whatever has it is refused at the door: no name, filter or body needs it.
import { interfacesErrors } from "../../../errors.ts";

/** Throws `interfaces.bad_character`. In a loop, for hostile input is nested as deep as it likes. */
export function requireHoldable(input: unknown): void {
  const waiting: unknown[] = [input];
  while (waiting.length > 0) {
    const value = waiting.pop();
    if (typeof value === "string") {
      if (value.includes("\0")) throw interfacesErrors.bad_character({});
    } else if (Array.isArray(value)) {
      for (const item of value as unknown[]) waiting.push(item);
    } else if (typeof value === "object" && value !== null) {
      for (const [name, item] of Object.entries(value)) waiting.push(name, item);
    }
  }
}
