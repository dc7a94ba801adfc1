// Cedar, loaded when it is first needed: its WebAssembly is 4 MB, and most commands and tests get along without.
import type * as cedar from "@cedar-policy/cedar-wasm/nodejs";

export type Cedar = typeof cedar;
export type { DetailedError, EntityJson, PolicyJson } from "@cedar-policy/cedar-wasm/nodejs";

export const loadCedar = (): Promise<Cedar> => import("@cedar-policy/cedar-wasm/nodejs");
