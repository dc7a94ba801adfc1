// What is kept of calls and how, what was found in them, and where they went.
import type { Gateway } from "../../gateway/index.ts";
import type { Guardrails } from "../../guardrails/index.ts";
import type { Ledger, LedgerConfig } from "../../ledger/index.ts";
import type { ProvidersConfig } from "../../providers/index.ts";
import { isGenuine, type Vault } from "../../vault/index.ts";
import type { Sources } from "../sources.ts";
import { placesIn } from "./places-in-routes.ts";

export interface ContentRooms {
  guardrails: Guardrails;
  ledger: Ledger;
  vault: Vault;
  gateway: Pick<Gateway, "routes">;
  /** Of all processes. */
  status(): Promise<{ ledger: ReturnType<Ledger["state"]> }>;
}

export interface ContentConfig {
  ledger: LedgerConfig;
  providers: ProvidersConfig;
}

export function contentOf(
  config: ContentConfig,
  { guardrails, ledger, vault, gateway, status }: ContentRooms,
): Pick<Sources, "guardrails" | "findings" | "retention" | "vault" | "disclosures" | "records"> {
  const where = { own: ["true"] };
  return {
    guardrails: () =>
      guardrails.view().policies.map(({ name, checks }) => ({
        name,
        checks: checks.flatMap(({ kinds, mode }) => kinds.map((kind) => ({ kind, mode }))),
      })),
    async findings({ limit, ...period }) {
      const { findings: items } = await ledger.guardrailFindings({ ...period, bucket: "none", limit: limit + 1 });
      return { items: items.slice(0, limit), is_cut: items.length > limit };
    },
    retention: () => retentionOf(config, ledger),
    vault: {
      state: async () => ({ ...(await vault.state()), clear_text: vault.clearText }),
      erasures: async (limit) =>
        (await vault.erasures(limit)).map((each) => ({ ...each, is_genuine: isGenuine(each) })),
      holds: (limit) => vault.holds(limit),
    },
    disclosures: {
      async sent({ limit, ...period }) {
        const by = ["vendor", "model", "project"] as const;
        const { rows } = await ledger.sums({ ...period, by, where, limit, order: "records", spreads: false });
        const items = rows.filter(({ is_rest }) => !is_rest);
        return {
          items: items.map(({ key, records, tokens }) => ({
            vendor: key["vendor"] ?? null,
            model: key["model"] ?? null,
            project: key["project"] ?? null,
            records,
            input_tokens: tokens.input,
            output_tokens: tokens.output,
          })),
          is_cut: items.length < rows.length,
        };
      },
      places: () => Promise.resolve(placesIn(gateway.routes.list(), config.providers)),
    },
    records: {
      async calls(period) {
        const { rows } = await ledger.sums({ ...period, where, spreads: false });
        const [{ records, failed, refused }] = [rows[0] ?? { records: 0, failed: 0, refused: 0 }];
        return { records, failed, refused };
      },
      state: async () => (await status()).ledger,
    },
  };
}

async function retentionOf(config: ContentConfig, ledger: Ledger): ReturnType<Sources["retention"]> {
  const { records, bodies, projects, kinds, disk_max } = config.ledger.retention;
  const { sweeps } = await ledger.stored();
  const overrides = [
    ...Object.entries(projects).map(([name, keep]) => ({ what: `project ${name}`, ...keep })),
    ...Object.entries(kinds).map(([name, keep]) => ({ what: `kind ${name}`, ...keep })),
  ];
  return {
    records_ms: records,
    bodies_ms: bodies,
    overrides: overrides.map((each) => ({
      what: each.what,
      records_ms: each.records ?? null,
      bodies_ms: each.bodies ?? null,
    })),
    disk_max_bytes: disk_max ?? null,
    stores_bodies: config.ledger.bodies.store,
    sweeps,
  };
}
