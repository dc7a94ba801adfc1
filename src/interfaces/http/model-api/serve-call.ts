// One model call over HTTP, in any dialect: bytes to a call, and its answer, or its error, to bytes in the same dialect.
import type { Gateway } from "../../../gateway/index.ts";
import type { Governance } from "../../../governance/index.ts";
import type { World } from "../../../kernel/index.ts";
import { checkRequest, type DialectName } from "../../../providers/index.ts";
import type { InterfacesConfig } from "../../config.ts";
import { identifyByKey } from "../credential.ts";
import { parseJson, readBody } from "../read-body.ts";
import { readTrace } from "./read-trace.ts";
import { answerResponse, errorResponse } from "./respond.ts";

export interface ModelApiDeps {
  config: InterfacesConfig;
  world: World;
  governance: Governance;
  gateway: Gateway;
}

/** What the address says: the dialect, and in some of them the model. */
export interface Spoken {
  dialect: DialectName;
  address?: { model: string; stream: boolean };
}

export async function serveModelCall(
  request: Request,
  { dialect, address }: Spoken,
  { config, world, governance, gateway }: ModelApiDeps,
): Promise<Response> {
  const startedMs = world.monotonicMs();
  try {
    const principal = await identifyByKey(governance, request.headers);
    const text = await readBody(request, config.body_bytes_max);
    const answer = await gateway.complete({
      principal,
      request: checkRequest(dialect, {
        text,
        body: parseJson(text),
        headers: request.headers,
        ...(address && { address }),
      }),
      isStrict: request.headers.get("x-binnacle-strict-translation") === "true",
      signal: request.signal,
      startedMs,
      trace: readTrace(request.headers),
    });
    return answerResponse(answer);
  } catch (error) {
    return errorResponse(error, world, dialect);
  }
}
