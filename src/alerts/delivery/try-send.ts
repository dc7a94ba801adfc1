// One try at a channel, whatever becomes of it.
import type { Channel, Delivered, Message } from "../channels/message.ts";

/** Never throws. */
export async function trySend(channel: Channel, message: Message): Promise<Delivered> {
  try {
    return await channel.send(message);
  } catch (error) {
    return { ok: false, isFinal: false, status: null, why: error instanceof Error ? error.message : String(error) };
  }
}
