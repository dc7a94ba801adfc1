// What was found in a text: the text with its findings marked, each of them in words, and the text as it would go on.
import { useMemo } from "react";
import type { CheckedText } from "../../../../../src/guardrails/contract.ts";
import { Panel } from "../../../components/figures/panel.tsx";
import { type StateTone, StateWord } from "../../../components/figures/state-word.tsx";
import { Section } from "../../../components/parts/section.tsx";
import { modeTones, modeWords } from "../words.ts";
import { markText } from "./mark-text.ts";

type Finding = CheckedText["findings"][number];

const results: Record<CheckedText["outcome"], { tone: StateTone; words: string }> = {
  passed: { tone: "ok", words: "Nothing was found: it goes on as it is." },
  observed: { tone: "off", words: "It goes on as it is; what was found stands on the record." },
  masked: { tone: "warn", words: "It goes on with marks in the place of what was found." },
  asked: { tone: "warn", words: "A person must agree before it goes on." },
  blocked: { tone: "fail", words: "It is refused." },
};

export function Checked({ text, checked }: { text: string; checked: CheckedText }) {
  const { outcome, findings } = checked;
  const result = results[outcome];
  return (
    <Panel title="What comes of it" note={`${findings.length} ${findings.length === 1 ? "finding" : "findings"}`} flush>
      <div aria-live="polite" className="grid gap-3 px-4 pb-4">
        <StateWord tone={result.tone}>{result.words}</StateWord>
        <MarkedText text={text} findings={findings} />
      </div>
      {findings.length > 0 && (
        <Section title="Findings">
          <ul className="grid gap-2">
            {findings.map((finding, index) => (
              <FindingLine key={index} finding={finding} />
            ))}
          </ul>
        </Section>
      )}
      {checked.text !== text && (
        <Section title="As it would go on">
          <p className="foreign text-read break-words whitespace-pre-wrap">{checked.text}</p>
        </Section>
      )}
    </Panel>
  );
}

/** Always text: what stands in it is never markup. */
function MarkedText({ text, findings }: { text: string; findings: readonly Finding[] }) {
  const stretches = useMemo(() => markText(text, findings), [text, findings]);
  return (
    <p
      tabIndex={0}
      aria-label="The text with its findings marked"
      role="group"
      className="foreign max-h-96 overflow-y-auto rounded-md border border-line bg-paper px-3 py-2 text-read break-words whitespace-pre-wrap"
    >
      {stretches.map((stretch, index) =>
        stretch.findings.length === 0 ? (
          stretch.text
        ) : (
          <mark
            key={index}
            title={stretch.findings.map(({ kind, mode }) => `${kind}: ${mode}`).join(", ")}
            className={`rounded-sm text-ink underline decoration-2 underline-offset-3 ${lookOf(stretch.findings)}`}
          >
            {stretch.text}
          </mark>
        ),
      )}
    </p>
  );
}

function lookOf(findings: readonly Finding[]): string {
  const stops = findings.some(({ mode }) => mode === "block" || mode === "ask");
  return stops ? "bg-alarm decoration-fail" : "bg-tide decoration-warn";
}

function FindingLine({ finding }: { finding: Finding }) {
  const { kind, mode, detector, policy, score, why, start, end } = finding;
  return (
    <li className="grid gap-0.5">
      <p className="flex flex-wrap items-baseline gap-x-3">
        <StateWord tone={modeTones[mode] ?? "off"}>{modeWords[mode] ?? mode}</StateWord>
        <bdi className="font-semibold">{kind.replaceAll("_", " ")}</bdi>
        <span className="text-soft">
          characters {start} to {end}, score {score.toFixed(2)}
        </span>
        <span className="ml-auto text-fine text-soft">
          <bdi>{detector}</bdi>
          {policy !== "" && (
            <>
              , by <bdi>{policy}</bdi>
            </>
          )}
        </span>
      </p>
      {why !== "" && <p className="foreign text-soft">{why}</p>}
    </li>
  );
}
