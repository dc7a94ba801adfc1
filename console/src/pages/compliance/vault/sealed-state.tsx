// Whether bodies are sealed, by which keys, and where the master key comes from.
import type { VaultState } from "../../../../../src/vault/contract.ts";
import { curlFor } from "../../../api/curl.ts";
import { explainError } from "../../../api/explain-error.ts";
import { Panel } from "../../../components/figures/panel.tsx";
import { StateWord } from "../../../components/figures/state-word.tsx";
import { CodeBlock } from "../../../components/parts/code-block.tsx";
import { Field, FieldList } from "../../../components/parts/field-list.tsx";
import { Loading } from "../../../components/parts/loading.tsx";
import { formatCount } from "../../../format/figures.ts";
import { useServices } from "../../../page/services.ts";
import { useVaultState } from "./use-vault.ts";

export function SealedState() {
  const { api } = useServices();
  const state = useVaultState();
  return (
    <Panel
      title="Sealed content"
      curl={curlFor(api.origin, "/vault")}
      problem={state.isError ? explainError(state.error) : null}
    >
      {state.isPending && <Loading>Asking.</Loading>}
      {state.data !== undefined && <Facts state={state.data} />}
    </Panel>
  );
}

function Facts({ state }: { state: VaultState }) {
  const { enabled, master, wrapping_version: version, keys, destroyed_keys: destroyed, to_rewrap: left } = state;
  return (
    <div className="grid gap-3">
      <p>
        <StateWord tone={enabled ? "ok" : "off"}>
          {enabled ? "bodies are sealed before they are written" : "bodies are not sealed from now on"}
        </StateWord>
      </p>
      <FieldList>
        <Field name="Master key">{master ?? (enabled ? "made with the first body that is sealed" : null)}</Field>
        <Field name="Wrapping key">{version === null ? null : `version ${version}`}</Field>
        <Field name="Data keys">
          {`${formatCount(keys)} in use, ${formatCount(destroyed)} destroyed`}
          {left > 0 && `, ${formatCount(left)} still wrapped by an older key`}
        </Field>
      </FieldList>
      {!enabled && (
        <>
          <p className="max-w-prose text-soft">
            What people ask and are answered lies in clear in the journal and in PostgreSQL. Sealed with a key for each
            owner, a copy of either says nothing, and destroying a key erases all that it sealed.
          </p>
          <CodeBlock title="In binnacle.yaml" code="vault: { enabled: true }" />
        </>
      )}
    </div>
  );
}
