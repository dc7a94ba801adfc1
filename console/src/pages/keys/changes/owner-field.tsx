// Whom a key is for: a project, a team, a user, or nobody in particular; names of the directory are suggested.
import { useQueryClient } from "@tanstack/react-query";
import { useCallback } from "react";
import type { Entry } from "../../../../../src/governance/contract.ts";
import { pageSize, readAll, type ReadAll } from "../../../components/access/read-all.ts";
import { accessQuery } from "../../../components/access/use-access.ts";
import { ComboField } from "../../../components/inputs/choices/combo-field.tsx";
import { SelectField } from "../../../components/inputs/select-field.tsx";
import { useServices } from "../../../page/services.ts";
import type { KeyDraft, OwnerKind } from "./key-draft.ts";

const suggestedMax = 30;
const lists = { project: "projects", team: "teams", user: "users" } as const;

interface OwnerFieldProps {
  organisation: string;
  value: Pick<KeyDraft, "ownerKind" | "owner">;
  onChange: (value: Pick<KeyDraft, "ownerKind" | "owner">) => void;
}

export function OwnerField({ organisation, value, onChange }: OwnerFieldProps) {
  const { ownerKind, owner } = value;
  const suggest = useSuggest(ownerKind, organisation);
  return (
    <div className="grid gap-3 sm:grid-cols-2">
      <SelectField
        label="For"
        value={ownerKind}
        onChange={(kind) => onChange({ ownerKind: kind, owner: kind === ownerKind ? owner : "" })}
        options={[
          { value: "project", label: "a project" },
          { value: "team", label: "a team" },
          { value: "user", label: "a user" },
          { value: "nobody", label: "nobody in particular" },
        ]}
      />
      {ownerKind !== "nobody" && (
        <ComboField
          key={ownerKind}
          label={`Name of the ${ownerKind}`}
          name={ownerKind}
          value={owner}
          onChange={(next) => onChange({ ownerKind, owner: next })}
          suggest={suggest}
          required
        />
      )}
    </div>
  );
}

function useSuggest(kind: OwnerKind, organisation: string) {
  const { api } = useServices();
  const queries = useQueryClient();
  return useCallback(
    async (typed: string) => {
      if (kind === "nobody") return [];
      const list = lists[kind];
      const { rows } = await queries.fetchQuery<ReadAll<Entry>>({
        queryKey: [accessQuery, list, organisation],
        queryFn: () =>
          readAll(async (cursor) => {
            const page = await api.client[list].list({ limit: pageSize, cursor, organisation });
            return { rows: page.entries, next_cursor: page.next_cursor };
          }),
        staleTime: 30_000,
      });
      const wanted = typed.trim().toLowerCase();
      return rows
        .filter(({ name }) => name.toLowerCase().includes(wanted))
        .slice(0, suggestedMax)
        .map(({ name, teams }) => ({ value: name, note: teams.join(", ") }));
    },
    [api, queries, kind, organisation],
  );
}
