// The console's sign-in by API key.
import { z } from "zod";
import { fromOf, letIn, readOwn, type SignInDeps } from "./answer.ts";

const bodySchema = z.object({ key: z.string().max(1000) });

export async function signInByKey(request: Request, deps: SignInDeps): Promise<Response> {
  const body = await readOwn(request, deps, bodySchema);
  return letIn(request, deps, await deps.identity.signIn.byKey(body?.key.trim(), fromOf(request, deps)));
}
