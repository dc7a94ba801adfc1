// One model call over HTTP: bytes to a call, and its answer, or its error, to bytes in the caller's dialect.
import type { Gateway } from "../../../gateway/index.ts";
import type { World } from "../../../kernel/index.ts";
import {
  type CallerRequest,
  checkRequest,
  type DialectName,
  type Said,
  type SaidInAddress,
} from "../../../providers/index.ts";
import type { InterfacesConfig } from "../../config.ts";
import { type ControlCallers, identifyByKey, identifyModelCaller } from "../credential.ts";
import { parseJson, readBody } from "../read-body.ts";
import { readPriority, readTrace } from "./read-trace.ts";
import { answerResponse, errorResponse } from "./respond.ts";

export interface ModelApiDeps extends ControlCallers {
  config: InterfacesConfig;
  world: World;
  gateway: Gateway;
}

/** What is asked at an address. */
export interface Asked {
  /** Whose errors the caller knows. */
  dialect: DialectName;
  /** For what is answered in a vendor's own words, which might be a page: no session of the console opens it. */
  isForKeysOnly?: boolean;
  /** Reads the request, once it is known who calls. */
  read(request: Request, config: InterfacesConfig): Promise<CallerRequest>;
}

export async function serveCall(
  request: Request,
  { dialect, read, isForKeysOnly = false }: Asked,
  deps: ModelApiDeps,
): Promise<Response> {
  const { config, world, gateway, addressOf } = deps;
  const startedMs = world.monotonicMs();
  try {
    const trace = readTrace(request.headers);
    const principal = await (isForKeysOnly ? identifyByKey : identifyModelCaller)(deps, request);
    const answer = await gateway.complete({
      principal,
      request: await read(request, config),
      isStrict: isStrict(request),
      ip: () => addressOf(request),
      priority: readPriority(request.headers),
      signal: request.signal,
      startedMs,
      cacheHeader: request.headers.get("x-binnacle-cache"),
      trace,
      header: (name) => request.headers.get(name),
    });
    return answerResponse(answer, trace);
  } catch (error) {
    return errorResponse(error, world, dialect);
  }
}

export function isStrict(request: Request): boolean {
  return request.headers.get("x-binnacle-strict-translation") === "true";
}

/** A chat; some dialects say model and streaming in the address. */
export function chatIn(dialect: DialectName, address?: SaidInAddress): Asked {
  return askedIn({ dialect, ...(address && { address }) });
}

/** How many tokens a chat would take in. */
export function countIn(dialect: DialectName, address?: SaidInAddress): Asked {
  return askedIn({ dialect, operation: "count_tokens", ...(address && { address }) });
}

function askedIn({ dialect, ...fixed }: Pick<Said, "operation" | "address"> & { dialect: DialectName }): Asked {
  return {
    dialect,
    async read(request, { body_bytes_max }) {
      const text = await readBody(request, body_bytes_max);
      return checkRequest(dialect, { ...fixed, text, body: parseJson(text), headers: request.headers });
    },
  };
}
