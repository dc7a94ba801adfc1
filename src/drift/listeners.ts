// Those who want to hear of findings at once. What one of them throws is logged, and keeps nobody else from hearing.
import type { Log } from "../kernel/index.ts";
import type { Finding } from "./contract.ts";

export type FindingListener = (finding: Finding) => void;

export function createDriftListeners(log: Pick<Log, "error">) {
  const listeners = new Set<FindingListener>();
  return {
    add(listener: FindingListener): () => void {
      const own: FindingListener = (finding) => listener(finding);
      listeners.add(own);
      return () => void listeners.delete(own);
    },
    tell(finding: Finding): void {
      for (const listener of listeners) {
        try {
          listener(finding);
        } catch (error) {
          log.error(error, `a listener failed on the finding ${finding.id}`);
        }
      }
    },
  };
}
