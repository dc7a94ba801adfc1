// Who is told of what waits for them. What is to be told is written with the change that it is about, and sent afterwards by
// whichever process comes first, again and again until it is there or has been tried often enough.
import type { World } from "../../kernel/index.ts";
import type { ApprovalsConfig, RecipientConfig } from "../config.ts";
import type { Links } from "../links/links.ts";
import type { Person } from "../request.ts";
import { seatOf } from "../requests/eligible.ts";
import type { Notice, NoticeAbout, NoticeStore } from "../store/links.ts";
import type { Open, RequestStore, Row } from "../store/requests.ts";
import type { Send } from "./send.ts";

export interface Notices {
  /** To all recipients who may decide it. */
  add(open: Open, row: Row, about: NoticeAbout): Promise<void>;
  /** Sends what waits. */
  sendWaiting(): Promise<void>;
}

export interface NoticesDeps {
  store: NoticeStore;
  requests: Pick<RequestStore, "find">;
  links: Pick<Links, "make">;
  world: Pick<World, "log">;
  send: Send;
}

const AGAIN_AFTER_MS = 2000;
const AGAIN_AFTER_MAX_MS = 600_000;

export function createNotices(config: ApprovalsConfig, { store, requests, links, world, send }: NoticesDeps): Notices {
  const recipients = new Map(Object.entries(config.notify));

  function mayDecide(row: Row, recipient: RecipientConfig): boolean {
    return typeof seatOf(row, personOf(recipient, row), []) === "object";
  }

  async function sendOne(notice: Notice): Promise<void> {
    const recipient = recipients.get(notice.recipient);
    const row = await requests.find(notice.requestId);
    // Of a recipient who is not configured here any more, or of what is settled, nobody need hear.
    if (!recipient || row?.state !== "pending") return store.sent(notice.id);
    const isLinked = recipient.links && config.base_url !== undefined;
    const token = isLinked ? await links.make(row.id, personOf(recipient, row)) : undefined;
    const link = token === undefined ? null : new URL(`/approvals/links/${token}`, config.base_url).href;
    await send(recipient, { row, about: notice.about, link });
    await store.sent(notice.id);
  }

  return {
    async add(open, row, about) {
      const wanted = [...recipients].filter(([, recipient]) => mayDecide(row, recipient));
      await store.add(
        open,
        row.id,
        wanted.map(([recipient]) => ({ about, recipient })),
      );
    },
    async sendWaiting() {
      for (const notice of await store.claim(2 * config.notice_timeout, config.notice_tries_max)) {
        try {
          await sendOne(notice);
        } catch (err) {
          const { recipient, tries } = notice;
          world.log.warn({ err, recipient, tries }, "a message about an approval could not be sent");
          const againMs = Math.min(AGAIN_AFTER_MAX_MS, AGAIN_AFTER_MS * 2 ** tries);
          await store.failed(notice.id, err instanceof Error ? err.message : String(err), againMs);
        }
      }
    },
  };
}

function personOf({ user, roles }: RecipientConfig, { organisation }: Row): Person {
  return { kind: "person", id: user, name: user, user, organisation, roles };
}
