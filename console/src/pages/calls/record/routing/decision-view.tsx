// How it was decided, from what was asked for to who answered: one step below the other, each with its reason and who had a say.
import type { ReactNode } from "react";
import type { CallDetail } from "../../../../../../src/ledger/contract.ts";
import { formatUsd } from "../../../../format/figures.ts";
import { Field, FieldList } from "../../../../components/parts/field-list.tsx";
import { Section } from "../../../../components/parts/section.tsx";
import { Words } from "../../../../components/parts/words.tsx";
import { Considered } from "./considered.tsx";
import { Findings } from "./findings.tsx";
import { Proof } from "./proof.tsx";
import { Tries } from "./tries.tsx";

export function DecisionView({ call }: { call: CallDetail }) {
  const { authority, route, considered, attempts, answer } = call;
  const isRouted = route.name !== "" || considered.length > 0;
  return (
    <>
      <Section title="Route and attempts">
        <ol className="ml-1.5 grid border-l border-control">
          <Step name="Asked for">
            <p className="foreign font-semibold">{call.model}</p>
            <p className="text-soft">
              {`${call.operation.replaceAll("_", " ")} in the dialect ${call.dialect}${call.stream ? ", streamed" : ""}`}
            </p>
          </Step>
          <Step name={call.outcome === "refused" ? "Refused by" : "Allowed by"} tone={authorityTone(call)}>
            <p className="foreign font-semibold">{authority.policy}</p>
            <p className="text-soft">
              <Words text={authority.rule} />
            </p>
          </Step>
          {isRouted ? (
            <Step name="Route">
              <p className="foreign font-semibold">{route.name}</p>
              <p className="text-soft">
                {route.strategy}: <Words text={route.reason} />
              </p>
            </Step>
          ) : (
            <Step name="Route">
              <p className="text-soft">The call ended before a route was found for it.</p>
            </Step>
          )}
          {considered.length > 0 && (
            <Step name={`${considered.length} considered`}>
              <Considered considered={considered} />
            </Step>
          )}
          <Step name="Tried">
            <Tries attempts={attempts} />
          </Step>
          <Step name="Answered by" tone={answer === null ? "fail" : "ok"}>
            {answer === null ? (
              <p className="text-soft">Nobody.</p>
            ) : (
              <>
                <p className="foreign font-semibold">{answer.target}</p>
                <p className="foreign text-soft">
                  {`${answer.model}${answer.finish_reason === null ? "" : `, finished: ${answer.finish_reason}`}`}
                </p>
              </>
            )}
            {call.decision !== undefined && (
              <p className="text-soft">
                <Words text={call.decision} />
              </p>
            )}
          </Step>
        </ol>
      </Section>
      <Findings guardrails={call.guardrails} />
      <Circumstances call={call} />
      <Proof callId={call.id} />
    </>
  );
}

type Tone = "ok" | "warn" | "fail" | "plain";
const dots: Record<Tone, string> = { ok: "bg-ok", warn: "bg-warn", fail: "bg-fail", plain: "bg-control" };

function authorityTone({ outcome, attempts }: CallDetail): Tone {
  return outcome === "refused" && attempts.length === 0 ? "warn" : "plain";
}

function Step({ name, tone = "plain", children }: { name: string; tone?: Tone; children: ReactNode }) {
  return (
    <li className="relative grid gap-x-3 pb-3.5 pl-4 last:pb-0 sm:grid-cols-[6.5rem_minmax(0,1fr)]">
      <span
        aria-hidden="true"
        className={`absolute top-1.5 -left-[4.5px] size-2 rounded-full ring-2 ring-sheet ${dots[tone]}`}
      />
      <span className="text-soft">{name}</span>
      <div className="min-w-0">{children}</div>
    </li>
  );
}

function describeCache({ cache, cached }: CallDetail): string {
  if (!cached) return cache;
  const { saved_usd_micros: saved, call_id: made } = cached;
  const parts = [
    cache,
    `from ${cached.from}`,
    made !== null && `made for ${made}`,
    saved !== null && `saved ${formatUsd(saved)}`,
  ];
  return parts.filter(Boolean).join(", ");
}

function Circumstances({ call }: { call: CallDetail }) {
  const { budget, validation, prompt, compression } = call;
  return (
    <Section title="What else had a say">
      <FieldList>
        <Field name="Cache">{describeCache(call)}</Field>
        <Field name="Budget">
          {budget &&
            `held ${formatUsd(budget.held_usd_micros)}, charged ${formatUsd(budget.charged_usd_micros)} in the end`}
        </Field>
        <Field name="Prompt">{prompt && `${prompt.id}${prompt.version === null ? "" : `@${prompt.version}`}`}</Field>
        <Field name="Schema">
          {validation && `${validation.outcome}${validation.problem === null ? "" : `: ${validation.problem}`}`}
        </Field>
        <Field name="Left out">
          {compression && `${compression.input_tokens_before} tokens came to ${compression.input_tokens_after}`}
        </Field>
        <Field name="Not carried over">{call.dropped.join(", ")}</Field>
        <Field name="Went on">
          {call.continued
            ?.map(({ from, to, at_characters: at }) => `${from} broke off at ${at}, ${to} went on`)
            .join("\n")}
        </Field>
        <Field name="Copy of">{call.shadow_of}</Field>
        <Field name="Copies">
          {call.shadows?.map(({ target, call_id: id, left_out: why }) => `${target}: ${id ?? why ?? ""}`).join("\n")}
        </Field>
        <Field name="Vendor's id">{call.answer?.response_id}</Field>
      </FieldList>
    </Section>
  );
}
