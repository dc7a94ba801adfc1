// Cedar, once in each process: this file is loaded when it is first needed. Its 4 MB of WebAssembly are compiled on threads of
// their own, while the rest of a start goes on.
import { dirname, join } from "node:path";
import type * as cedar from "@cedar-policy/cedar-wasm/web";

const PACKAGE = "@cedar-policy/cedar-wasm/web";

export type Cedar = Omit<typeof cedar, "default">;

export const cedarInMemory: Promise<Cedar> = start();

async function start(): Promise<Cedar> {
  const folder = dirname(Bun.resolveSync(PACKAGE, import.meta.dir));
  const bytes = Bun.file(join(folder, "cedar_wasm_bg.wasm")).arrayBuffer();
  const { default: init, ...cedar } = await import(PACKAGE);
  await init({ module_or_path: bytes });
  return cedar;
}
