// The error of an answer that is no file: what the server said, or its status.
import { z } from "zod";
import { AppError } from "../../../../kernel/index.ts";

const refusalSchema = z.object({
  error: z.object({ message: z.string(), code: z.string().nullish(), fix: z.string().nullish() }),
});

export async function readRefusal(response: Response): Promise<AppError> {
  const told = refusalSchema.safeParse(await response.json().catch(() => undefined)).data?.error;
  return new AppError({
    code: told?.code ?? "cli.refused",
    status: response.status,
    retry: "never",
    message: told?.message ?? `The server answered with HTTP ${response.status}.`,
    fix: told?.fix ?? "`binnacle doctor` checks what is needed.",
    params: {},
  });
}
