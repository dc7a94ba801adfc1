// What there is to know of a key: whose it is, what it may do, from where, and how long.
import { Link } from "@tanstack/react-router";
import type { Key } from "../../../../../src/governance/contract.ts";
import { Age, Moment } from "../../figures/moment.tsx";
import { Field, FieldList } from "../../parts/field-list.tsx";
import { ownersOf, rightsOf } from "./say-key.ts";

export function KeyFacts({ apiKey: key }: { apiKey: Key }) {
  return (
    <FieldList>
      <Field name="Id">
        <code className="font-mono text-fine">{key.id}</code>
      </Field>
      <Field name="Belongs to">
        {ownersOf(key).length === 0
          ? "nobody in particular"
          : ownersOf(key).map(({ kind, name }) => (
              <span key={kind} className="mr-3 inline-block">
                <span className="text-soft">{kind} </span>
                <Link
                  to="/directory"
                  search={{ open: `${kind}:${name}` }}
                  className="text-pen underline underline-offset-2"
                >
                  <bdi>{name}</bdi>
                </Link>
              </span>
            ))}
      </Field>
      <Field name="May">{rightsOf(key)}</Field>
      <Field name="Kind">{key.kind === "service" ? "service account" : null}</Field>
      <Field name="Models">{key.models === null ? "any" : key.models.join(", ")}</Field>
      <Field name="From">{key.allowed_ips === null ? "anywhere" : key.allowed_ips.join(", ")}</Field>
      <Field name="Under the key">{key.parent}</Field>
      <Field name="Made">
        <Moment ms={key.created_at_ms} />
      </Field>
      <Field name="Last used">{key.last_used_at_ms === null ? "never" : <Age ms={key.last_used_at_ms} />}</Field>
      <Field name="Expires">{key.expires_at_ms === null ? "never" : <Moment ms={key.expires_at_ms} />}</Field>
      <Field name="Secret before">
        {key.previous_until_ms === null ? null : (
          <>
            works until <Moment ms={key.previous_until_ms} />
          </>
        )}
      </Field>
      <Field name="Revoked">{key.revoked_at_ms === null ? null : <Moment ms={key.revoked_at_ms} />}</Field>
    </FieldList>
  );
}
