// Whether the tree only grew since an older state of it: one that was noted down, or that this browser saw before.
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import type { AuditState } from "../../../../../../src/audit/contract.ts";
import { curlFor } from "../../../../api/curl.ts";
import type { Problem } from "../../../../api/explain-error.ts";
import { tryChange } from "../../../../api/try-change.ts";
import { Panel } from "../../../../components/figures/panel.tsx";
import { StateWord } from "../../../../components/figures/state-word.tsx";
import { Form } from "../../../../components/inputs/form.tsx";
import { TextArea } from "../../../../components/inputs/text-field.tsx";
import { formatCount } from "../../../../format/figures.ts";
import { useServices } from "../../../../page/services.ts";
import { canHash } from "../../proof/hashing.ts";
import { type VerifiedGrowth, verifyGrowth } from "../../proof/verify-growth.ts";
import { useTrustedKeys } from "../use-tree.ts";
import { GrowthSteps } from "./growth-steps.tsx";
import { readOlder } from "./read-older.ts";

export function Growth({ state }: { state: AuditState }) {
  const { api } = useServices();
  const keys = useTrustedKeys();
  const [text, setText] = useState("");
  const [shown, setShown] = useState<VerifiedGrowth | null>(null);
  const check = useMutation({
    mutationFn: async (older: { size: number; root: string | null }) => {
      const answer = await api.client.audit.consistency({ from: older.size });
      return verifyGrowth({ answer, knownRoot: older.root, keys: keys ?? [] });
    },
  });
  const submit = async (): Promise<Problem | null> => {
    const older = readOlder(text, state.origin);
    if ("message" in older) return older;
    return tryChange(async () => setShown(await check.mutateAsync(older)));
  };
  return (
    <Panel title="Only grown" curl={curlFor(api.origin, "/audit/consistency", { from: shown?.from ?? 1 })}>
      <div className="grid gap-3">
        <p className="text-soft">
          Put in a checkpoint that you noted down, or a size. This browser works out whether the tree of then is the
          beginning of the tree of now.
        </p>
        {canHash() ? (
          <Form onSubmit={submit} submitLabel="Hold it against the tree of now">
            <TextArea
              rows={5}
              label="Older checkpoint, or a size"
              isCode
              value={text}
              onChange={setText}
              required
              hint={`A size from 1 to ${formatCount(state.size)}, or the lines of a signed note.`}
            />
          </Form>
        ) : (
          <p className="text-soft">This browser works out hashes only over HTTPS or on the server’s own machine.</p>
        )}
        {shown !== null && (
          <div aria-live="polite" className="grid gap-2">
            <StateWord tone={shown.state === "ok" ? "ok" : shown.state === "fail" ? "fail" : "warn"}>
              {shown.state === "ok"
                ? `nothing before ${formatCount(shown.from)} was changed since`
                : shown.state === "fail"
                  ? "does not hold"
                  : "holds but for the signature, which this browser cannot check"}
            </StateWord>
            <GrowthSteps growth={shown} />
          </div>
        )}
      </div>
    </Panel>
  );
}
