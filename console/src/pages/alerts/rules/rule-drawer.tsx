// One rule: what it says, how it was last read, what it told of, and what can be done with it.
import { useChange } from "../../../page/asking/use-change.ts";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import type { RuleView } from "../../../../../src/alerts/contract.ts";
import { Age, Moment } from "../../../components/figures/moment.tsx";
import { StateWord } from "../../../components/figures/state-word.tsx";
import { CodeEditor } from "../../../components/inputs/code/code-editor.tsx";
import { ConfirmDialog } from "../../../components/overlays/confirm-dialog.tsx";
import { Drawer } from "../../../components/overlays/drawer.tsx";
import { Menu } from "../../../components/overlays/menu.tsx";
import { toast } from "../../../components/overlays/show-toast.ts";
import { Field, FieldList } from "../../../components/parts/field-list.tsx";
import { Section } from "../../../components/parts/section.tsx";
import { useMayDo, useServices } from "../../../page/services.ts";
import { RuleDialog } from "./rule-dialog.tsx";
import { textOf } from "./spec-text.ts";

export function RuleDrawer({ rule, onClose }: { rule: RuleView; onClose: () => void }) {
  return (
    <Drawer
      label="Rule"
      title={rule.name}
      aside={<StateWord tone={rule.enabled ? "ok" : "off"}>{rule.enabled ? "watches" : "off"}</StateWord>}
      actions={rule.source === "api" && <RuleActions rule={rule} onGone={onClose} />}
      detail={rule.kind.replaceAll("_", " ")}
      contentKey={rule.name}
      onClose={onClose}
    >
      <div className="px-5 py-4">
        <FieldList>
          <Field name="From">
            <Source rule={rule} />
          </Field>
          <Field name="Last look">{rule.read_at_ms === null ? "not yet" : <Age ms={rule.read_at_ms} />}</Field>
          <Field name="Series">{rule.series}</Field>
          <Field name="Problem">{rule.error === null ? null : <span className="text-fail">{rule.error}</span>}</Field>
        </FieldList>
      </div>
      <Section
        title="What it says"
        aside={
          <Link
            to="/alerts"
            search={{ tab: "history", rule: rule.name }}
            className="text-pen underline underline-offset-2"
          >
            What it told of
          </Link>
        }
      >
        <CodeEditor label={`The rule ${rule.name}`} language="json" value={textOf(rule.spec)} readOnly height="22rem" />
      </Section>
    </Drawer>
  );
}

function Source({ rule: { name, source, changed_by: by, changed_at_ms: atMs } }: { rule: RuleView }) {
  if (source === "default")
    return <>there by itself; a rule of this name under alerts.rules in binnacle.yaml takes its place</>;
  if (source === "config") return <>binnacle.yaml, alerts.rules.{name}: changed there</>;
  return (
    <>
      API{by !== null && <bdi>{`, ${by.key_name}`}</bdi>}
      {atMs !== null && (
        <>
          , <Moment ms={atMs} />
        </>
      )}
    </>
  );
}

function RuleActions({ rule, onGone }: { rule: RuleView; onGone: () => void }) {
  const { client } = useServices().api;
  const change = useChange("alerts");
  const [shown, setShown] = useState<"edit" | "delete" | null>(null);
  const mayPut = useMayDo("alerts.rules.put");
  const mayDelete = useMayDo("alerts.rules.delete");
  const turn = async (enabled: boolean): Promise<void> => {
    const put = (on: boolean) => client.alerts.rules.put({ name: rule.name, spec: { ...rule.spec, enabled: on } });
    const problem = await change(() => put(enabled));
    if (problem !== null) return toast({ text: `${problem.message} ${problem.fix}`, tone: "fail" });
    const undo = async (): Promise<void> => void (await change(() => put(!enabled)));
    toast({
      text: enabled ? `${rule.name} watches again.` : `${rule.name} is off; what it told of is resolved.`,
      undo,
    });
  };
  if (!mayPut && !mayDelete) return null;
  const close = (): void => setShown(null);
  return (
    <>
      <Menu
        label={`Actions for ${rule.name}`}
        items={[
          { label: "Edit", onSelect: () => setShown("edit"), disabled: !mayPut },
          { label: rule.enabled ? "Turn off" : "Turn on", onSelect: () => void turn(!rule.enabled), disabled: !mayPut },
          { label: "Delete", onSelect: () => setShown("delete"), tone: "danger", isApart: true, disabled: !mayDelete },
        ]}
      />
      {shown === "edit" && <RuleDialog rule={rule} onClose={close} />}
      {shown === "delete" && (
        <ConfirmDialog
          title={`Delete ${rule.name}`}
          consequence="It watches no more, and what it told of is resolved. Its history stays."
          confirmLabel="Delete the rule"
          tone="danger"
          // Closed before the rules are read anew: by then, another may have been opened.
          onConfirm={() =>
            change(async () => {
              await client.alerts.rules.delete({ name: rule.name });
              onGone();
            }, `${rule.name} is deleted.`)
          }
          onClose={close}
        />
      )}
    </>
  );
}
