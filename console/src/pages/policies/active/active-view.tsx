// The policies that decide now: where they are from, each with what it says of itself, and the way back.
import { useMemo, useState } from "react";
import type { ActivePoliciesView, PolicyVersionView, PolicyView } from "../../../../../src/policy/contract.ts";
import { curlFor } from "../../../api/curl.ts";
import { explainError } from "../../../api/explain-error.ts";
import { Moment } from "../../../components/figures/moment.tsx";
import { Panel } from "../../../components/figures/panel.tsx";
import { StateWord } from "../../../components/figures/state-word.tsx";
import { CodeEditor } from "../../../components/inputs/code/code-editor.tsx";
import { Button } from "../../../components/parts/button.tsx";
import { Loading } from "../../../components/parts/loading.tsx";
import { Field, FieldList } from "../../../components/parts/field-list.tsx";
import { Notice } from "../../../components/parts/notice.tsx";
import { Segmented } from "../../../components/parts/segmented.tsx";
import { type Column, DataTable } from "../../../components/tables/data-table.tsx";
import { useServices } from "../../../page/services.ts";
import { useAddress } from "../address.ts";
import { languageOf } from "../editor/edit-files.ts";
import { useActivePolicies, useVersions } from "../use-policies.ts";
import { RollBackDialog } from "./roll-back-dialog.tsx";

const rowKey = ({ id, file }: PolicyView): string => `${file} ${id}`;
const isShipped = ({ file }: PolicyView): boolean => file.startsWith("shipped/");

const columns: readonly Column<PolicyView>[] = [
  {
    id: "id",
    head: "Policy",
    width: "minmax(10rem, 1fr)",
    priority: 1,
    sort: (a, b) => a.id.localeCompare(b.id),
    cell: ({ id }) => <bdi className="font-mono text-fine">{id}</bdi>,
  },
  {
    id: "effect",
    head: "Effect",
    width: "6.5rem",
    priority: 1,
    sort: (a, b) => a.effect.localeCompare(b.effect),
    cell: ({ effect }) => <StateWord tone={effect === "permit" ? "ok" : "warn"}>{effect}</StateWord>,
  },
  { id: "why", head: "Says", width: "minmax(14rem, 3fr)", cell: ({ why }) => <bdi title={why}>{why}</bdi> },
  {
    id: "obligations",
    head: "Demands",
    width: "minmax(7rem, 1fr)",
    priority: 3,
    cell: ({ obligations }) => <bdi className="font-mono text-fine">{obligations.join(" ")}</bdi>,
  },
  {
    id: "file",
    head: "File",
    width: "minmax(8rem, 1fr)",
    priority: 3,
    sort: (a, b) => a.file.localeCompare(b.file),
    cell: ({ file }) => <bdi className="font-mono text-fine">{file}</bdi>,
  },
];

export function ActiveView() {
  const { api, session } = useServices();
  const { whose, goTo } = useAddress();
  const active = useActivePolicies();
  const versions = useVersions();
  const [isGoingBack, setGoingBack] = useState(false);
  const data = active.data;
  const rows = useMemo(
    () => data?.policies.filter((policy) => whose === null || isShipped(policy) === (whose === "shipped")) ?? [],
    [data, whose],
  );
  const version = versions.data?.versions.find(({ number }) => number === data?.number);
  if (active.isLoading || versions.isLoading) return <Loading />;
  const mayGoBack = session.operations.includes("policies.rollBack") && data?.source === "api";
  return (
    <>
      {active.isError && <Notice problem={explainError(active.error)} />}
      {data !== undefined && (
        <Panel
          title={titleOf(data)}
          curl={curlFor(api.origin, "/policies/active")}
          aside={mayGoBack && <Button onClick={() => setGoingBack(true)}>Roll back</Button>}
        >
          <Facts active={data} version={version} />
        </Panel>
      )}
      <Panel
        title="What decides"
        note={data && String(rows.length)}
        flush
        aside={
          <Segmented
            label="Whose policies"
            value={whose ?? "all"}
            options={[
              { value: "all", label: "All" },
              { value: "own", label: "Your own" },
              { value: "shipped", label: "Shipped" },
            ]}
            onChange={(next) => goTo({ whose: next === "all" ? null : next }, { replace: true })}
          />
        }
      >
        <DataTable
          label="Policies that decide"
          rows={rows}
          rowKey={rowKey}
          columns={columns}
          empty={<p className="px-4 py-3 text-soft">No policies of your own: the shipped ones alone decide.</p>}
        />
      </Panel>
      {data?.files.map(({ name, text }) => (
        <Panel key={name} title={name}>
          <CodeEditor
            label={name}
            value={text}
            language={languageOf({ name })}
            readOnly
            height={`${Math.min(24, text.split("\n").length * 1.25 + 1.5)}rem`}
          />
        </Panel>
      ))}
      {isGoingBack && data !== undefined && <RollBackDialog active={data} onClose={() => setGoingBack(false)} />}
    </>
  );
}

function titleOf({ source, number }: ActivePoliciesView): string {
  if (source === "shipped") return "The shipped policies alone decide";
  return source === "folder" ? "Policies of the folder decide" : `Version ${number ?? "?"} decides`;
}

function Facts({ active, version }: { active: ActivePoliciesView; version: PolicyVersionView | undefined }) {
  const { content, source } = active;
  return (
    <FieldList>
      <Field name="Note">{version?.note}</Field>
      <Field name="Proposed by">{version && <Who who={version.proposed} />}</Field>
      <Field name="Approved by">{version?.approved && <Who who={version.approved} />}</Field>
      <Field name="Content">
        <code className="font-mono text-fine">{content}</code>{" "}
        <span className="text-soft">stands on every decision as its version</span>
      </Field>
      <Field name="Known">
        on every process within a second of its activation
        {source === "folder" && "; changed in the files of policy.folder, not here"}
      </Field>
    </FieldList>
  );
}

function Who({ who: { key_name: name, at_ms: atMs } }: { who: PolicyVersionView["proposed"] }) {
  return (
    <>
      <bdi>{name}</bdi>, <Moment ms={atMs} />
    </>
  );
}
