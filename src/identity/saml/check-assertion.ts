// What an assertion must say beside its signature, which the library has checked: from whom, for whom, for what, until when. The
// library leaves some of this to those who use it, so all of it is looked at here, in the very bytes that were signed.
import { z } from "zod";
import type { SamlProviderConfig } from "./config.ts";

export interface CheckedAssertion {
  id: string;
  subject: string;
  user: string | undefined;
  groups: string[];
  /** The provider's own session. */
  session: string | undefined;
}

export interface ExpectedAssertion {
  provider: Pick<SamlProviderConfig, "idp_issuer" | "user_attribute" | "groups_attribute">;
  recipient: string;
  /** Undefined where the provider began, and may. */
  requestId: string | undefined;
}

const text = z.object({ _: z.string() });
const one = <Item extends z.ZodType>(item: Item) => z.tuple([item]);
const attribute = z.object({
  $: z.object({ Name: z.string() }),
  AttributeValue: z.array(z.object({ _: z.string().optional() })).default([]),
});
const BEARER = "urn:oasis:names:tc:SAML:2.0:cm:bearer";

/** As xml2js gives it: a list for each element. */
const assertionSchema = z.object({
  Assertion: z.object({
    $: z.object({ ID: z.string().min(1).max(500), IssueInstant: z.iso.datetime({ offset: true }) }),
    Issuer: one(text),
    Subject: one(
      z.object({
        NameID: one(text),
        SubjectConfirmation: one(
          z.object({
            $: z.object({ Method: z.literal(BEARER, "the subject is not confirmed as bearer") }),
            SubjectConfirmationData: one(
              z.object({
                $: z.object({
                  Recipient: z.string(),
                  NotOnOrAfter: z.iso.datetime({ offset: true }),
                  InResponseTo: z.string().optional(),
                }),
              }),
            ),
          }),
        ),
      }),
    ),
    Conditions: one(z.object({ AudienceRestriction: z.array(z.object({ Audience: z.array(text).min(1) })).min(1) })),
    AuthnStatement: z
      .array(z.object({ $: z.object({ SessionIndex: z.string().max(500).optional() }).default({}) }))
      .min(1),
    AttributeStatement: z.array(z.object({ Attribute: z.array(attribute).default([]) })).default([]),
  }),
});

const GROUPS_MAX = 5000;

/** Throws an Error that says why. */
export function checkAssertion(
  given: unknown,
  { provider, recipient, requestId }: ExpectedAssertion,
): CheckedAssertion {
  const read = assertionSchema.safeParse(given);
  if (!read.success) {
    const [issue] = read.error.issues;
    throw new Error(`it lacks ${issue?.path.filter((part) => typeof part === "string").join(".")}: ${issue?.message}`);
  }
  const { $, Issuer, Subject, AuthnStatement, AttributeStatement } = read.data.Assertion;
  const [{ NameID, SubjectConfirmation }] = Subject;
  const said = SubjectConfirmation[0].SubjectConfirmationData[0].$;
  if (Issuer[0]._.trim() !== provider.idp_issuer) throw new Error("it comes from another issuer");
  if (said.Recipient !== recipient) throw new Error("it is meant for another recipient");
  if (said.InResponseTo !== requestId) throw new Error("it answers another request");
  const subject = NameID[0]._.trim();
  if (subject === "" || subject.length > 500) throw new Error("it names nobody");
  const attributes = AttributeStatement.flatMap((statement) => statement.Attribute);
  const valuesOf = (name: string): string[] =>
    attributes
      .filter((each) => each.$.Name === name)
      .flatMap((each) => each.AttributeValue.flatMap(({ _ }) => (_ === undefined ? [] : [_.trim()])));
  const { user_attribute, groups_attribute } = provider;
  return {
    id: $.ID,
    subject,
    user: user_attribute === "NameID" ? subject : valuesOf(user_attribute)[0],
    groups: valuesOf(groups_attribute).slice(0, GROUPS_MAX),
    session: AuthnStatement[0]?.$.SessionIndex,
  };
}
