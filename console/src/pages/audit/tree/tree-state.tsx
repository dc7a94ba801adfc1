// How large the tree is, when it was signed last, and the checkpoint that says so.
import type { AuditState } from "../../../../../src/audit/contract.ts";
import { curlFor } from "../../../api/curl.ts";
import { Age } from "../../../components/figures/moment.tsx";
import { Panel } from "../../../components/figures/panel.tsx";
import { Stat } from "../../../components/figures/stat.tsx";
import { CodeBlock } from "../../../components/parts/code-block.tsx";
import { formatCount } from "../../../format/figures.ts";
import { useServices } from "../../../page/services.ts";

export function TreeState({ state }: { state: AuditState }) {
  const { api } = useServices();
  const { size, waiting, gaps, signed_at_ms: signedAtMs, keys, fault, checkpoint, origin } = state;
  return (
    <>
      <div className="grid grid-cols-2 gap-3 lg:grid-cols-4">
        <Stat label="Entries in the tree" value={formatCount(size)} />
        <Stat
          label="Signed last"
          value={signedAtMs === null ? null : <Age ms={signedAtMs} />}
          tone={fault === null ? "ok" : "fail"}
          detail={fault === null ? "again with the next entry" : "nothing is signed now"}
        />
        <Stat
          label="Waiting for a place"
          value={formatCount(waiting)}
          detail={gaps > 0 ? `${formatCount(gaps)} more were not kept, and are not told of yet` : "a moment each"}
          {...(gaps > 0 && { tone: "warn" as const })}
        />
        <Stat label="Keys that signed it" value={formatCount(keys.length)} detail={keyIds(keys)} />
      </div>
      <Panel title="Last checkpoint" note={origin} curl={curlFor(api.origin, "/audit")}>
        {checkpoint === null ? (
          <p className="text-soft">Nothing is signed yet. The first entry is, half a second after it came.</p>
        ) : (
          <div className="grid gap-2">
            <p className="text-soft">Whoever notes this down can tell later whether anything before it was changed.</p>
            <CodeBlock title="Signed note" code={checkpoint.trimEnd()} />
          </div>
        )}
      </Panel>
    </>
  );
}

/** The newest first. */
function keyIds(keys: readonly string[]): string {
  return keys.map((key) => /\+([0-9a-f]{8})\+/.exec(key)?.[1] ?? "").join(", ");
}
