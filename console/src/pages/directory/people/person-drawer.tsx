// One person: what they may do, how they sign in, and where they are signed in now.
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { type ReactNode, useState } from "react";
import { explainError } from "../../../api/explain-error.ts";
import { accessQuery } from "../../../components/access/use-access.ts";
import { useChange } from "../../../components/access/use-change.ts";
import { Age, Moment } from "../../../components/figures/moment.tsx";
import { StateWord } from "../../../components/figures/state-word.tsx";
import { ConfirmDialog } from "../../../components/overlays/confirm-dialog.tsx";
import { Drawer } from "../../../components/overlays/drawer.tsx";
import { Button } from "../../../components/parts/button.tsx";
import { Field, FieldList } from "../../../components/parts/field-list.tsx";
import { Notice } from "../../../components/parts/notice.tsx";
import { Section } from "../../../components/parts/section.tsx";
import { useMay, useServices } from "../../../page/services.ts";
import { Reference } from "../drawer/reference.tsx";
import { type PersonRow, stateOfPerson } from "./person-rows.ts";

interface PersonDrawerProps {
  row: PersonRow;
  actions: ReactNode;
  onClose: () => void;
}

export function PersonDrawer({ row, actions, onClose }: PersonDrawerProps) {
  const { name, entry, person, roles } = row;
  const maySessions = useMay("change_people");
  const { tone, word } = stateOfPerson(row, Date.now());
  const invitedUntil = person?.invited_until_ms ?? null;
  const lastMs = person?.last_sign_in_at_ms ?? null;
  return (
    <Drawer
      label={`Person ${name}`}
      title={name}
      aside={<StateWord tone={tone}>{word}</StateWord>}
      detail="Person"
      actions={actions}
      contentKey={name}
      onClose={onClose}
    >
      <Section
        title="Who they are"
        aside={
          <Link to="/users/$user" params={{ user: name }} className="text-pen underline underline-offset-2">
            What they did
          </Link>
        }
      >
        <FieldList>
          <Field name="Roles">{roles.length === 0 ? "none" : roles.join(", ")}</Field>
          <Field name="Of these">
            {entry.roles.length > 0 && (person?.roles.length ?? 0) > 0
              ? `by the directory ${entry.roles.join(", ")}; by sign-in ${person?.roles.join(", ")}`
              : null}
          </Field>
          <Field name="Teams">{entry.teams.join(", ")}</Field>
          <Field name="Last sign-in">{lastMs === null ? "never" : <Age ms={lastMs} />}</Field>
          <Field name="Invited until">{invitedUntil === null ? null : <Moment ms={invitedUntil} />}</Field>
          <Field name="What they spend">
            <Reference what={`user:${name}`} name="in the tree" />
          </Field>
        </FieldList>
      </Section>
      <Section title="Signs in by">
        <Ways row={row} />
      </Section>
      {person !== undefined && maySessions && (
        <Section title="Signed in now">
          <Sessions user={name} />
        </Section>
      )}
    </Drawer>
  );
}

function Ways({ row: { name, person } }: { row: PersonRow }) {
  const { api } = useServices();
  const may = useMay("change_people");
  const change = useChange();
  const [letGo, setLetGo] = useState<string | null>(null);
  if (person === undefined) return <p className="text-soft">Not at all yet. An invitation lets them.</p>;
  return (
    <>
      <FieldList>
        <Field name="Password">{person.has_password ? "set" : "none"}</Field>
        <Field name="Passkeys">{String(person.passkeys)}</Field>
        {person.accounts.map(({ provider, subject }) => (
          <Field key={provider} name={provider}>
            {subject}{" "}
            {may && (
              <Button kind="bare" onClick={() => setLetGo(provider)}>
                Let go
              </Button>
            )}
          </Field>
        ))}
      </FieldList>
      {letGo !== null && (
        <ConfirmDialog
          title={`Let go of the account at ${letGo}`}
          consequence={`${name} no longer comes in by it, and it can become another user's.`}
          confirmLabel="Let go of it"
          tone="danger"
          onConfirm={() => change(() => api.client.people.unlink({ user: name, provider: letGo }))}
          onClose={() => setLetGo(null)}
        />
      )}
    </>
  );
}

function Sessions({ user }: { user: string }) {
  const { api } = useServices();
  const asked = useQuery({
    queryKey: [accessQuery, "sessions of", user],
    queryFn: ({ signal }) => api.client.people.sessions({ user }, { signal }),
  });
  if (asked.error !== null) return <Notice problem={explainError(asked.error)} />;
  const sessions = asked.data?.sessions ?? [];
  if (sessions.length === 0)
    return (
      <p aria-busy={asked.isPending} className="text-soft">
        {asked.isPending ? "Asking …" : "Nowhere."}
      </p>
    );
  return (
    <ul className="divide-y divide-line border-y border-line">
      {sessions.map(({ id, way, agent, address, seen_at_ms: seenMs }) => (
        <li key={id} className="py-1.5">
          <p className="foreign truncate">{agent === "" ? "an unnamed program" : agent}</p>
          <p className="text-fine text-soft">
            by {way} from {address}, seen <Age ms={seenMs} />
          </p>
        </li>
      ))}
    </ul>
  );
}
