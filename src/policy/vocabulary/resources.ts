// The kinds of things that policies decide about. Each becomes an entity type of the Cedar schema; all have an `organisation`.
import type { AttributeSpec } from "./attributes.ts";

export interface ResourceSpec {
  /** The entity type in policies. */
  readonly entity: string;
  readonly what: string;
  /** Those that may be missing are asked for with `resource has …` first. */
  readonly attributes: Readonly<Record<string, AttributeSpec & { optional?: boolean }>>;
}

const owned = {
  user: { type: "text", what: "whose it is", optional: true },
  team: { type: "text", what: "which team's it is", optional: true },
  project: { type: "text", what: "which project's it is", optional: true },
} as const;

export const resources = {
  installation: { entity: "Installation", what: "the whole; it belongs to the organisation `default`", attributes: {} },
  organisation: { entity: "Organisation", what: "an organisation, with all that is in it", attributes: {} },
  model: {
    entity: "Model",
    what: "a model or route, as the caller names it",
    attributes: {},
  },
  target: {
    entity: "Target",
    what: "one model of one vendor that a call may go to",
    attributes: {
      vendor: { type: "text", what: "its vendor" },
      model: { type: "text", what: "the vendor's name of the model" },
      region: { type: "text", what: "where it runs, where that is configured", optional: true },
      input_usd_micros: { type: "number", what: "the price of a million input tokens", optional: true },
      output_usd_micros: { type: "number", what: "the price of a million output tokens", optional: true },
    },
  },
  tool: { entity: "Tool", what: "a tool that a model is offered", attributes: {} },
  program: { entity: "Program", what: "an agent that can be run", attributes: owned },
  memory: { entity: "Memory", what: "a space of memories", attributes: owned },
  approval: { entity: "Approval", what: "something that waits for a person", attributes: owned },
  record: { entity: "Record", what: "what is on record about a call or a run", attributes: owned },
  entry: { entity: "Entry", what: "a user, team, project or key of the directory", attributes: owned },
} as const satisfies Record<string, ResourceSpec>;

export type ResourceType = keyof typeof resources;
export const resourceTypes = Object.keys(resources) as ResourceType[];
