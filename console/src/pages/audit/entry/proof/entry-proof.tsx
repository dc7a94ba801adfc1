// The proof of one entry, checked by this browser and shown step by step. Nothing of the server is believed but its words.
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { Inclusion } from "../../../../../../src/audit/contract.ts";
import { explainError } from "../../../../api/explain-error.ts";
import { Button } from "../../../../components/parts/button.tsx";
import { Loading } from "../../../../components/parts/loading.tsx";
import { Notice } from "../../../../components/parts/notice.tsx";
import { Section } from "../../../../components/parts/section.tsx";
import { StateWord } from "../../../../components/figures/state-word.tsx";
import { useShortcuts } from "../../../../page/shortcuts.ts";
import { canHash } from "../../proof/hashing.ts";
import { type ShownFields, verifyEntry, type VerifiedEntry } from "../../proof/verify-entry.ts";
import { useTrustedKeys } from "../../tree/use-tree.ts";
import { useProof } from "../use-entry.ts";
import { ProofSteps } from "./proof-steps.tsx";

interface EntryProofProps {
  shown: ShownFields;
  isPlaced: boolean;
  isCall: boolean;
}

export function EntryProof({ shown, isPlaced, isCall }: EntryProofProps) {
  const [isWanted, setWanted] = useState(false);
  const proof = useProof(shown.id, isWanted || isCall);
  const verified = useVerified(shown, isWanted ? proof.data : undefined);
  useShortcuts({ v: () => setWanted(isPlaced && canHash()) });
  return (
    <Section title="Proof" aside={verified.data !== undefined && <Verdict verified={verified.data} />}>
      {!canHash() && <NoHashing />}
      {canHash() && !isPlaced && (
        <p className="text-soft">It has no place in the tree yet, and gets one in a moment.</p>
      )}
      {canHash() && isPlaced && !isWanted && (
        <div className="flex flex-wrap items-center gap-x-3 gap-y-1.5">
          <Button kind="primary" onClick={() => setWanted(true)} title="v">
            Verify
          </Button>
          <span className="min-w-0 flex-1 text-fine text-soft">
            This browser works out the hashes from the entry up to the signed root, and checks the signature.
          </span>
        </div>
      )}
      {isWanted && proof.isError && <Notice problem={explainError(proof.error)} />}
      {isWanted && verified.isPending && !proof.isError && <Loading>Working out the hashes.</Loading>}
      {verified.data !== undefined && <ProofSteps verified={verified.data} />}
    </Section>
  );
}

function useVerified(shown: ShownFields, inclusion: Inclusion | undefined) {
  const keys = useTrustedKeys();
  return useQuery({
    queryKey: ["audit", "verified", shown, inclusion?.checkpoint, inclusion?.leaf, keys],
    queryFn: () => (inclusion === undefined ? null : verifyEntry({ shown, inclusion, keys: keys ?? [] })),
    enabled: inclusion !== undefined && keys !== null,
    retry: false,
    select: (verified) => verified ?? undefined,
  });
}

function Verdict({ verified: { state } }: { verified: VerifiedEntry }) {
  return (
    <span aria-live="polite">
      {state === "ok" && <StateWord tone="ok">proven</StateWord>}
      {state === "fail" && <StateWord tone="fail">not proven</StateWord>}
      {state === "unknown" && <StateWord tone="warn">in part</StateWord>}
    </span>
  );
}

function NoHashing() {
  return (
    <p className="text-soft">
      This browser works out hashes only over HTTPS or on the server’s own machine. The commands below check the same.
    </p>
  );
}
