// What happens to a request before it is planned. A call that asks for none of it is given back as it is.
import type { Prompts } from "../../prompts/index.ts";
import type { CallerRequest } from "../../providers/index.ts";
import { gatewayErrors } from "../errors.ts";
import type { Route } from "../routing/language/language.ts";
import type { IncomingCall } from "../incoming-call.ts";
import { compress } from "./compression/compress.ts";
import { fillPrompt } from "./fill-prompt.ts";
import type { Shaped, ShapedCall } from "./shaped-call.ts";
import { answerCheckOf } from "./validation/answer-check.ts";
import { VALIDATE_HEADER } from "./validation/read-wish.ts";

export interface Shaping {
  /** Throws what the parts throw of wishes that cannot be followed. */
  shape<Call extends ShapeableCall>(call: Call): Call & Pick<ShapedCall, "shaped">;
}

type ShapeableCall = Pick<IncomingCall, "request" | "header">;

interface ShapingDeps {
  prompts: Pick<Prompts, "fill">;
}

export function createShaping({ routes }: { routes: Readonly<Record<string, Route>> }, deps: ShapingDeps): Shaping {
  const isShaped = ({ response_validation, compression }: Route): boolean =>
    (response_validation ?? compression) !== undefined;
  const shapedRoutes = new Map(Object.entries(routes).filter(([, route]) => isShaped(route)));

  function shapeMeant({ request, header }: ShapeableCall): { request: CallerRequest; shaped: Shaped } {
    const filled = request.prompt && fillPrompt(deps.prompts, request, request.prompt);
    const whole = filled?.request ?? request;
    const route = shapedRoutes.get(whole.model);
    const compression = isOff(header?.(COMPRESSION_HEADER)) ? undefined : route?.compression;
    const less = compression && compress(whole, compression);
    const asked = less?.request ?? whole;
    const check = answerCheckOf({
      config: route?.response_validation,
      header: header?.(VALIDATE_HEADER),
      request: asked,
    });
    const dropped = [...(filled?.dropped ?? []), ...(check?.dropped ?? [])];
    return { request: asked, shaped: { dropped, prompt: filled?.prompt, compression: less?.compression, check } };
  }

  return {
    shape(call) {
      const { request, header } = call;
      const isMeant = request.prompt ?? shapedRoutes.get(request.model) ?? header?.(VALIDATE_HEADER);
      return isMeant ? { ...call, ...shapeMeant(call) } : call;
    },
  };
}

const COMPRESSION_HEADER = "x-binnacle-compression";

/** Throws `gateway.bad_compression_header`. */
function isOff(header: string | null | undefined): boolean {
  if (header === null || header === undefined) return false;
  if (header !== "off") throw gatewayErrors.bad_compression_header({ header });
  return true;
}
