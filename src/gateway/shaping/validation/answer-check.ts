// How a call's answer is checked: what its route says, what its header says of that, and the shape that it should have.
import { hash } from "node:crypto";
import { type CallerRequest, type Dropped, readRequest } from "../../../providers/index.ts";
import { gatewayErrors } from "../../errors.ts";
import { type ValidationConfig, validationSchema } from "./config.ts";
import { badSchema, createJsonShape, type JsonShape } from "./json-shape.ts";
import { leaveOutPatterns } from "./leave-out-patterns.ts";
import { readValidationWish } from "./read-wish.ts";

export interface AnswerCheck {
  /** Answers that were checked otherwise, or not at all, are others. */
  id: string;
  shape: JsonShape;
  repairsMax: number;
  onInvalid: "fail" | "pass";
  /** What of the caller's schema is not checked. */
  dropped: readonly Dropped[];
}

interface Said {
  /** The route's. */
  config: ValidationConfig | undefined;
  /** Undefined or null where none was sent. */
  header: string | null | undefined;
  request: CallerRequest;
}

const USUAL = validationSchema.parse({});
const UNCHECKED: Dropped = {
  what: "response_validation.pattern",
  why: "regular expressions of a caller's schema are not run here",
};

/** Undefined where nothing is to be checked. Throws `gateway.bad_validation_header`, `gateway.nothing_to_validate`, `gateway.bad_schema`. */
export function answerCheckOf({ config, header, request }: Said): AnswerCheck | undefined {
  const wish = header ? readValidationWish(header) : undefined;
  if ((!config && !wish) || wish?.isOff) return undefined;
  const { schema, repairs_max, on_invalid } = { ...(config ?? USUAL), ...wish };
  const isChat = request.operation === "chat" && !request.native;
  const theirs = schema === "from_request" && isChat ? schemaIn(request) : undefined;
  const wanted = schema === "from_request" ? theirs && withoutPatterns(theirs) : schema;
  if (!isChat || !wanted) {
    if (wish) throw gatewayErrors.nothing_to_validate({ operation: request.operation });
    return undefined;
  }
  return {
    shape: createJsonShape(wanted),
    id: hash("sha256", JSON.stringify([wanted, on_invalid]), "hex"),
    repairsMax: repairs_max,
    onInvalid: on_invalid,
    dropped: theirs && theirs !== wanted ? [UNCHECKED] : [],
  };
}

function withoutPatterns(schema: Record<string, unknown>): Record<string, unknown> {
  try {
    return leaveOutPatterns(schema);
  } catch (cause) {
    throw badSchema(cause);
  }
}

function schemaIn(request: CallerRequest): Record<string, unknown> | undefined {
  const { response_format: format } = readRequest(request);
  if (format?.type === "json_schema") return format.schema;
  return format?.type === "json" ? { type: ["object", "array"] } : undefined;
}
