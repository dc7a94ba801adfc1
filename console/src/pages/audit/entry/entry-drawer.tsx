// One entry beside the list: who did what, how it ended, and that it stands where it was put.
import { CopyButton } from "../../../components/parts/copy-button.tsx";
import { Notice } from "../../../components/parts/notice.tsx";
import { Outcome } from "../../../components/parts/outcome.tsx";
import { Section } from "../../../components/parts/section.tsx";
import { JsonView } from "../../../components/record/json-view.tsx";
import { Drawer } from "../../../components/overlays/drawer.tsx";
import { EntryFacts } from "./entry-facts.tsx";
import { PersonalPart } from "./personal-part.tsx";
import { PlaceInTree } from "./place-in-tree.tsx";
import { EntryProof } from "./proof/entry-proof.tsx";
import { useEntry } from "./use-entry.ts";

export function EntryDrawer({ id, onClose }: { id: string; onClose: () => void }) {
  const { entry, call, isPending, problem } = useEntry(id);
  const shown = call?.view ?? (entry?.id === id ? entry : null);
  return (
    <Drawer
      label="Audit entry"
      title={shown?.action ?? (isPending ? "Entry" : "No such entry")}
      aside={shown !== null && <Outcome outcome={shown.outcome} />}
      detail={
        <span className="flex flex-wrap items-center gap-x-1">
          <span className="foreign font-mono">{id}</span>
          <CopyButton text={id} label="the id of the entry" />
        </span>
      }
      contentKey={id}
      onClose={onClose}
    >
      {problem !== null && (
        <div className="px-5 py-4">
          <Notice problem={problem} />
        </div>
      )}
      {shown !== null && entry !== null && (
        <>
          <EntryFacts entry={shown} isCall={call !== null} />
          <EntryProof shown={shown} isPlaced={entry.index !== null} isCall={call !== null} />
          <PersonalPart id={id} isSealed={shown.is_sealed} />
          {shown.details !== null && (
            <Section title="Details">
              <div className="rounded-md border border-line">
                <JsonView text={JSON.stringify(shown.details)} label="Details of the entry" />
              </div>
            </Section>
          )}
          <PlaceInTree entry={entry} call={call} />
        </>
      )}
    </Drawer>
  );
}
