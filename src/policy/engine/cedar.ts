// Cedar, loaded when it is first needed: most commands and tests get along without.
import type { Cedar } from "./cedar-in-memory.ts";

export type { Cedar } from "./cedar-in-memory.ts";
export type { DetailedError, EntityJson, PolicyJson } from "@cedar-policy/cedar-wasm/web";

export const loadCedar = async (): Promise<Cedar> => (await import("./cedar-in-memory.ts")).cedarInMemory;
