// One team, project, user, key or organisation: what bounds it, what it spends, and what belongs to it.
import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { CapsList } from "../../../components/access/caps/caps-list.tsx";
import { KeyFacts } from "../../../components/access/keys/key-facts.tsx";
import { SpendChart } from "../../../components/access/spend-chart.tsx";
import { Moment } from "../../../components/figures/moment.tsx";
import { Drawer } from "../../../components/overlays/drawer.tsx";
import { Field, FieldList } from "../../../components/parts/field-list.tsx";
import { Section } from "../../../components/parts/section.tsx";
import type { DirectoryNode } from "../tree/build-tree.ts";
import { kindNames } from "../tree/kind-names.ts";
import { State } from "../tree/columns.tsx";
import { Members } from "./members.tsx";
import { Reference } from "./reference.tsx";

interface EntryDrawerProps {
  node: DirectoryNode;
  organisation: string;
  /** What can be done with it. */
  actions?: ReactNode;
  onClose: () => void;
}

export function EntryDrawer({ node, organisation, actions, onClose }: EntryDrawerProps) {
  const { kind, name, entry, key, caps } = node;
  return (
    <Drawer
      label={`${kindNames[kind]} ${name}`}
      title={name}
      aside={<State node={node} />}
      detail={kindNames[kind]}
      actions={actions}
      contentKey={node.what}
      onClose={onClose}
    >
      <Section title="What bounds it">
        <CapsList
          caps={caps}
          empty={
            kind === "organisation" && entry === undefined
              ? "No cap on it. The configuration gives the installation's own organisation its caps: governance.budgets with `of: organisation`."
              : "No budget and no limit of its own. Those of what it belongs to hold."
          }
        />
      </Section>
      {kind !== "people" && (
        <div className="border-t border-line px-5 py-4">
          <SpendChart kind={kind} name={key?.id ?? name} organisation={organisation} />
        </div>
      )}
      {entry !== undefined && (
        <Section title={`About this ${kind}`}>
          <FieldList>
            <Field name="Teams">
              {entry.teams.length === 0
                ? null
                : entry.teams.map((team) => <Reference key={team} what={`team:${team}`} name={team} />)}
            </Field>
            <Field name="Roles">{entry.roles.join(", ")}</Field>
            <Field name="When short">{shortWays(node)}</Field>
            <Field name="Made">
              <Moment ms={entry.created_at_ms} />
            </Field>
            <Field name="Changed">
              {entry.updated_at_ms === entry.created_at_ms ? null : <Moment ms={entry.updated_at_ms} />}
            </Field>
          </FieldList>
        </Section>
      )}
      {key !== undefined && (
        <Section
          title="About this key"
          aside={
            <Link to="/keys" search={{ open: key.id }} className="text-pen underline underline-offset-2">
              Open among the keys
            </Link>
          }
        >
          <KeyFacts apiKey={key} />
        </Section>
      )}
      <Members node={node} />
    </Drawer>
  );
}

const ways: Record<string, string> = {
  refuse: "calls that may cost more than is left are refused",
  lower_max_tokens: "answers are shortened to what is left",
  cheaper_target: "a cheaper target of the route is asked",
};

function shortWays({ entry }: DirectoryNode): string {
  return [...new Set(entry?.budgets.map(({ when_short: way }) => ways[way] ?? way) ?? [])].join("; ");
}
