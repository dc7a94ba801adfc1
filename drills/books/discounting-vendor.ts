// A vendor of OpenAI's kind that serves chats in the tier that they ask for, and says so: batches at the discount that OpenAI's
// flex tier and batches have. Its answers are short; the usage is in them.
import type { DrillContext } from "../drill.ts";

const USAGE = { prompt_tokens: 1013, completion_tokens: 317, total_tokens: 1330 };
export const DISCOUNTED_MODEL = "gpt-4o-mini";

/** Its base URL. It listens on the loopback until the drill is over. */
export function serveDiscountingVendor({ defer }: Pick<DrillContext, "defer">): string {
  const server = Bun.serve({
    port: 0,
    hostname: "127.0.0.1",
    async fetch(request) {
      const { service_tier = "default" } = (await request.json()) as { service_tier?: string };
      const message = { role: "assistant", content: "Done." };
      return Response.json({
        id: crypto.randomUUID(),
        object: "chat.completion",
        created: 1_790_000_000,
        model: DISCOUNTED_MODEL,
        choices: [{ index: 0, message, finish_reason: "stop" }],
        usage: USAGE,
        service_tier,
      });
    },
  });
  defer(() => server.stop(true));
  return `${server.url.href}v1`;
}
