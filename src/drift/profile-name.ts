// A profile as one text, as it is stored, and back.
import type { Profile } from "./contract.ts";

export function nameOf({ model, route, prompt }: Profile): string {
  return JSON.stringify([model, route, prompt]);
}

export function profileOf(name: string): Profile {
  const [model, route, prompt] = JSON.parse(name) as [string, string | null, string | null];
  return { model, route, prompt };
}
