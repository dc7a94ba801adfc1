// What a request holds, before its records are read: they stand in groups of one resource and scope, and are read one by
// one, so that a long request lets others have a turn, and one bad record spoils no other.
import type { WireResource, WireScope } from "./wire-span.ts";

/** `Item` is a record that is not yet read: its bytes, or what JSON says of it. */
export interface Group<Item> {
  resource: WireResource;
  scope: WireScope;
  items: readonly Item[];
  /** What of the resource and the scope was cut: it is so in all of their records. */
  cut: readonly string[];
}

export const noResource: WireResource = { attributes: {}, schemaUrl: "" };
export const noScope: WireScope = { name: "", version: "", attributes: {}, schemaUrl: "" };
