// Where requests to the fake server come in: one key opens, and refusals look as the real ones do.
import { implement, ORPCError } from "@orpc/server";
import { apiContract } from "../../contract.ts";

export const GOOD_KEY = "bk_good";

export function createDoor() {
  return implement(apiContract)
    .$context<{ request: Request }>()
    .use(({ context, next }) => {
      if (context.request.headers.get("authorization") === `Bearer ${GOOD_KEY}`) return next();
      throw refusal(401, { message: "This API key is not valid.", fix: "Check that it was copied whole." });
    });
}

export function refusal(
  status: number,
  { message, fix }: { message: string; fix: string },
): ORPCError<string, unknown> {
  return new ORPCError("test.refused", { status, message, data: { fix } });
}
