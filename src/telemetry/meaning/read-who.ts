// Whose a span is, and which service it came from: what the span says comes before what its resource says, and both before
// what is known of the key that sent it.
import type { SpanRecord } from "../../ledger/contract.ts";
import type { MeaningConfig } from "./config.ts";
import type { Sender } from "../wire/wire-span.ts";
import { cutText } from "../../kernel/index.ts";
import type { Field } from "./names/field-names.ts";
import { readText, readTexts } from "./names/read-value.ts";
import type { Said } from "./names/said.ts";

export interface Labels {
  /** A text of the span, or of its resource; null where neither says it. */
  label(field: Field): string | null;
  /** A text that is short enough to count by. */
  bounded(text: string | undefined): string | null;
}

export function createLabels(said: Said, resource: Said, { label_characters_max: max }: MeaningConfig): Labels {
  const bounded = (text: string | undefined): string | null => (text === undefined ? null : cutText(text, max));
  return { bounded, label: (field) => bounded(said.take(field, readText) ?? resource.take(field, readText)) };
}

export function readWho(
  said: Said,
  resource: Said,
  options: { sender: Sender; labels: Labels; config: MeaningConfig },
): SpanRecord["who"] {
  const { sender, labels, config } = options;
  const saidTags = said.take("tags", readTexts) ?? resource.take("tags", readTexts) ?? [];
  const tags = saidTags.map((tag) => cutText(tag, config.label_characters_max));
  return {
    key_id: sender.key_id,
    key_name: sender.key_name,
    user: labels.label("user") ?? sender.user,
    team: sender.team,
    project: sender.project,
    ...(sender.organisation !== undefined && { organisation: sender.organisation }),
    tags: tags.length > 1 ? [...new Set(tags)].slice(0, config.tags_max) : tags,
  };
}

/** Without the name that SDKs give to a service that nobody named. */
function serviceNamed(name: string | null): string | null {
  return name?.startsWith("unknown_service") ? null : name;
}

export function readService({ label }: Labels): SpanRecord["service"] {
  return {
    name: serviceNamed(label("service")),
    version: label("service_version"),
    environment: label("environment"),
    release: label("release"),
  };
}
