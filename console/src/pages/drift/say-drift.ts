// What drift looks at, in words: figures and their units, detectors, kinds of finding, profiles. Pure.
import type { Evidence, Figures, Finding, Profile } from "../../../../src/drift/contract.ts";
import { formatCount, formatDuration } from "../../format/figures.ts";
import { onFirstUse } from "../../format/on-first-use.ts";

const figureWords: Readonly<Record<string, string>> = {
  input_tokens: "Length of requests",
  output_tokens: "Length of answers",
  ms_per_token: "Time per token",
  first_token_ms: "Time to the first token",
  refusals: "Refusals",
  tool_calls: "Calls of tools",
  failures: "Failures",
  finish_reasons: "How answers end",
  request_words: "Words of requests",
  answer_words: "Words of answers",
  answer_meaning: "Meaning of answers",
  answer_model: "Model that answers",
  fingerprint: "Fingerprint of the vendor",
};

const detectorWords: Readonly<Record<string, string>> = {
  wasserstein: "Wasserstein",
  ks: "Kolmogorov–Smirnov",
  kolmogorov_smirnov: "Kolmogorov–Smirnov",
  psi: "Population stability",
  jensen_shannon: "Jensen–Shannon",
  chi_square: "χ²",
  centroid: "Distance of means",
  cusum: "CUSUM",
  page_hinkley: "Page–Hinkley",
  adwin: "ADWIN",
};

export const kindWords: Record<Finding["kind"], string> = {
  distribution: "is different",
  stream: "has shifted",
  version: "is new",
  erosion: "erodes",
};

const places = onFirstUse(() => new Intl.NumberFormat("en-GB", { maximumSignificantDigits: 3 }));

export const sayFigure = (figure: string): string => figureWords[figure] ?? figure.replaceAll("_", " ");
export const sayDetector = (detector: string): string => detectorWords[detector] ?? detector.replaceAll("_", " ");
export const sayNumber = (value: number): string => places().format(value);

/** `p < 0.0001`, `p 0.012`. */
export function sayChance(p: number): string {
  return p < 0.0001 ? "< 0.0001" : places().format(p);
}

/** `helpdesk`; what else tells it apart follows: `fast, route helpdesk, prompt greeting@v2`. */
export function sayProfile({ model, route, prompt }: Profile): string {
  const rest = [route === null || route === model ? "" : `route ${route}`, prompt === null ? "" : `prompt ${prompt}`];
  return [model, ...rest].filter(Boolean).join(", ");
}

/** `86.9 tokens`, `13.0 ms`, `6.38 %`. */
export function saySize(figure: string, value: number): string {
  if (figure.endsWith("_tokens")) return `${places().format(value)} tokens`;
  if (figure === "ms_per_token") return `${places().format(value)} ms`;
  if (figure === "first_token_ms") return formatDuration(value);
  return places().format(value);
}

export const sayShare = (share: number): string => `${places().format(share * 100)} %`;

/** The one figure that stands for all: a share, or the middle. */
export function sayInShort(figure: string, figures: Figures | null): string | null {
  if (figures === null) return null;
  if (figures.share !== null) return sayShare(figures.share);
  return figures.p50 === null ? null : saySize(figure, figures.p50);
}

/** `6.38 % → 12 %`; of versions their names; null where nothing says it in short. */
export function sayChange(figure: string, { before, now, names, erosion, change }: Evidence): string | null {
  if (names.length > 0) return names.join(", ");
  const [was, is] = [sayInShort(figure, before), sayInShort(figure, now)];
  if (was !== null && is !== null) return `${was} → ${is}`;
  if (erosion !== null) return `${sayShare(erosion.change)} in ${formatCount(erosion.profiles)} profiles`;
  return change === null ? null : `${sayNumber(change.level)} deviations`;
}

/** The measure that is farthest above its bound. */
export function strongest(measures: Evidence["measures"]): Evidence["measures"][number] | null {
  const over = ({ effect, threshold }: Evidence["measures"][number]): number => effect / threshold;
  return [...measures].sort((one, other) => over(other) - over(one)).find(({ drift }) => drift) ?? null;
}
