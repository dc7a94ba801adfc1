// What a route would do with a request, asked before anybody sends one: who would be tried, in which order, and why. Nobody is called.
import { useMutation } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import type { Explain, RouteView } from "../../../../../src/gateway/contract.ts";
import { curlPost } from "../../../api/curl.ts";
import { explainError } from "../../../api/explain-error.ts";
import { Panel } from "../../../components/figures/panel.tsx";
import { CodeEditor } from "../../../components/inputs/code/code-editor.tsx";
import { TextArea, TextField } from "../../../components/inputs/text-field.tsx";
import { Button } from "../../../components/parts/button.tsx";
import { Notice } from "../../../components/parts/notice.tsx";
import { Segmented } from "../../../components/parts/segmented.tsx";
import { useServices } from "../../../page/services.ts";
import { ExplanationView } from "./explanation-view.tsx";
import { explainFrom, firstDraft, readJson, type RequestDraft } from "./request-draft.ts";

const ways = [
  { value: "fields", label: "Fields" },
  { value: "json", label: "JSON" },
] as const;

export function TryRequest({ route }: { route: RouteView }) {
  const { api } = useServices();
  const [draft, setDraft] = useState<RequestDraft>(firstDraft);
  /** Null while the fields are used. */
  const [json, setJson] = useState<string | null>(null);
  const read = json === null ? { body: explainFrom(route.name, draft) } : readJson(json);
  const asked = useMutation({
    // What was typed as JSON may be anything: the server checks it and says what is wrong.
    mutationFn: (body: unknown) => api.client.routes.explain(body as Explain),
  });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if ("body" in read) asked.mutate(read.body);
  };
  const choose = (way: "fields" | "json"): void =>
    setJson(way === "fields" ? null : JSON.stringify(explainFrom(route.name, draft), null, 2));
  return (
    <div className="grid items-start gap-4 min-[72rem]:grid-cols-[minmax(0,5fr)_minmax(0,7fr)]">
      <Panel
        title="A request"
        aside={
          <Segmented label="Written as" options={ways} value={json === null ? "fields" : "json"} onChange={choose} />
        }
      >
        <form onSubmit={submit} className="grid gap-3">
          {json === null ? (
            <Fields draft={draft} onChange={setDraft} />
          ) : (
            <CodeEditor
              label="What is sent"
              language="json"
              value={json}
              onChange={setJson}
              height="20rem"
              diagnostics={"problem" in read ? [{ message: read.problem }] : []}
            />
          )}
          {asked.error !== null && <Notice problem={explainError(asked.error)} />}
          <div className="flex flex-wrap items-center justify-between gap-2">
            <span className="text-fine text-soft">Nobody is called, and nothing is recorded.</span>
            <Button kind="primary" type="submit" disabled={"problem" in read || asked.isPending}>
              Explain
            </Button>
          </div>
        </form>
      </Panel>
      <div className="grid gap-4" aria-live="polite" aria-busy={asked.isPending}>
        {asked.data === undefined ? (
          <Panel title="What would be tried">
            <p className="py-3 text-soft">
              {asked.isPending && "Asking … "}
              Press Explain: then the targets stand here in the order in which they would be tried, each with its
              reason, and where 1,000 such calls would go.
            </p>
          </Panel>
        ) : (
          <ExplanationView explanation={asked.data} curl={curlPost(api.origin, "/routes/explain", asked.variables)} />
        )}
      </div>
    </div>
  );
}

interface FieldsProps {
  draft: RequestDraft;
  onChange: (draft: RequestDraft) => void;
}

function Fields({ draft, onChange }: FieldsProps) {
  const set = (name: keyof RequestDraft) => (value: string) => onChange({ ...draft, [name]: value });
  return (
    <>
      <TextArea label="Message of the user" value={draft.message} onChange={set("message")} rows={4} />
      <div className="grid gap-3 sm:grid-cols-2">
        <TextField label="User" hint="x-binnacle-user" required={false} value={draft.user} onChange={set("user")} />
        <TextField label="Tags" hint="x-binnacle-tags" required={false} value={draft.tags} onChange={set("tags")} />
        <TextField
          label="Region"
          hint="x-binnacle-region"
          required={false}
          value={draft.region}
          onChange={set("region")}
        />
        <TextField
          label="Class of data"
          hint="x-binnacle-data-class"
          required={false}
          value={draft.dataClass}
          onChange={set("dataClass")}
        />
      </div>
    </>
  );
}
