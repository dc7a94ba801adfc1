// What a version changes against the one that decides now, file by file; of the one that decides, its files.
import { useMemo, useState } from "react";
import { DiffView } from "../../../components/inputs/code/diff/diff-view.tsx";
import { SelectField } from "../../../components/inputs/select-field.tsx";
import type { PolicyVersionView } from "../../../../../src/policy/contract.ts";
import { useActivePolicies, useVersion, useVersions } from "../use-policies.ts";
import { pairFiles, type PolicyFile } from "./pair-files.ts";

interface Detail {
  version: PolicyVersionView;
  files: readonly PolicyFile[];
}

export function VersionDiff({ detail: { version, files } }: { detail: Detail }) {
  const active = useActivePolicies();
  const versions = useVersions();
  const isActive = version.state === "active";
  const before = versions.data?.versions.find(({ number }) => number < version.number)?.number;
  const [chosen, setChosen] = useState<string | null>(null);
  const against = chosen ?? (isActive ? (before === undefined ? "none" : String(before)) : "active");
  const other = useVersion(against === "active" || against === "none" ? null : Number(against));
  const base =
    against === "active"
      ? active.data?.files
      : against === "none"
        ? []
        : other.data?.version.number === Number(against)
          ? other.data.files
          : undefined;
  const label = against === "active" ? "decides now" : against === "none" ? "nothing" : `version ${against}`;
  const options = [
    ...(isActive ? [] : [{ value: "active", label: "What decides now" }]),
    ...(versions.data?.versions ?? [])
      .filter(({ number }) => number !== version.number)
      .map(({ number, note }) => ({
        value: String(number),
        label: `Version ${number}${note === "" ? "" : `: ${note}`}`,
      })),
    { value: "none", label: "No policies of one’s own" },
  ];
  const pairs = useMemo(() => (base === undefined ? [] : pairFiles(base, files)), [base, files]);
  return (
    <div className="grid gap-3">
      <SelectField label="Compared with" options={options} value={against} onChange={setChosen} />
      {base !== undefined && pairs.length === 0 && <p className="text-soft">The same, file by file.</p>}
      {pairs.map(({ name, before: old, after }) => (
        <div key={name} className="grid min-w-0 gap-1">
          <h4 className="foreign font-mono text-fine font-semibold">{name}</h4>
          <DiffView before={old} after={after} labelBefore={label} labelAfter={`version ${version.number}`} />
        </div>
      ))}
    </div>
  );
}
