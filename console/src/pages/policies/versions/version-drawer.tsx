// One version: what may be done with it now, what it changes, and what was done with it.
import { explainError } from "../../../api/explain-error.ts";
import { Moment } from "../../../components/figures/moment.tsx";
import { Drawer } from "../../../components/overlays/drawer.tsx";
import { Field, FieldList } from "../../../components/parts/field-list.tsx";
import { Notice } from "../../../components/parts/notice.tsx";
import { Section } from "../../../components/parts/section.tsx";
import { VersionCases } from "../cases/version-cases.tsx";
import { useVersion } from "../use-policies.ts";
import type { PolicyFile } from "./pair-files.ts";
import { VersionActions } from "./version-actions.tsx";
import { VersionDiff } from "./version-diff.tsx";
import { VersionState } from "./version-state.tsx";

interface VersionDrawerProps {
  number: number;
  onEdit: (files: readonly PolicyFile[]) => void;
  onClose: () => void;
}

export function VersionDrawer({ number, onEdit, onClose }: VersionDrawerProps) {
  const asked = useVersion(number);
  const detail = asked.data?.version.number === number ? asked.data : undefined;
  return (
    <Drawer
      label="A version of the policies"
      title={`Version ${number}`}
      contentKey={String(number)}
      onClose={onClose}
      aside={detail && <VersionState state={detail.version.state} />}
      detail={detail?.version.note}
    >
      {asked.isError && (
        <div className="px-5 py-4">
          <Notice problem={explainError(asked.error)} />
        </div>
      )}
      {detail !== undefined && (
        <>
          <VersionActions version={detail.version} onEdit={() => onEdit(detail.files)} />
          <Section title="What it changes">
            <VersionDiff detail={detail} />
          </Section>
          <Section title="Its cases">
            <VersionCases number={number} files={detail.files} />
          </Section>
          <Section title="What was done with it">
            <FieldList>
              {detail.events.map(({ event, at_ms: atMs, key_name: name }) => (
                <Field key={`${event} ${atMs}`} name={`${event.slice(0, 1).toUpperCase()}${event.slice(1)}`}>
                  <bdi>{name}</bdi>, <Moment ms={atMs} />
                </Field>
              ))}
              <Field name="Content">
                <code className="font-mono text-fine">{detail.version.content}</code>
              </Field>
            </FieldList>
          </Section>
        </>
      )}
    </Drawer>
  );
}
