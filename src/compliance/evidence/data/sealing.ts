// Whether what people said is sealed where it is kept, and when keys were changed.
import type { Collector } from "../evidence.ts";
import { counted, facts, firstFinding, tableOf } from "../evidence.ts";
import { ENTRY_COLUMNS, rowOf } from "../authority/trail-rows.ts";

const ROTATIONS = new Set(["vault.rotate", "vault.rotated", "audit.key.rotate", "audit.rotateKey"]);

export const sealing: Collector = {
  title: "Sealing of content, and keys",
  async collect({ sources: { vault, trail }, rows_max, ...period }) {
    const [state, { items, is_cut }] = await Promise.all([
      vault.state(),
      trail.list({ ...period, outcome: "ok", without_calls: true, limit: rows_max * LOOKED_THROUGH }),
    ]);
    const rotations = items.filter(({ action }) => ROTATIONS.has(action));
    return {
      expects: "What was asked and answered is sealed before it is written.",
      finding: firstFinding(
        [
          [!state.enabled, "not_met"],
          [state.clear_text !== "none", "for_a_person"],
        ],
        "met",
      ),
      says: state.enabled
        ? `Bodies are sealed (AES-256-GCM), a key for each owner; the master key is from ${state.master ?? "nowhere yet, as nothing was sealed"}. ${state.clear_text === "none" ? "Nothing of them stays readable beside" : `Readable beside them: ${state.clear_text.replaceAll("_", " ")}`}. Keys were rotated ${counted(rotations.length, "time")}${is_cut ? " at least" : ""}.`
        : "Bodies are not sealed by Binnacle (vault.enabled is off). Encryption of the disk or the database would be outside of what is seen here.",
      facts: facts({
        sealed: state.enabled ? "yes" : "no",
        "master key": state.master,
        "wrapping key, version": state.wrapping_version,
        "data keys": state.keys,
        "data keys destroyed": state.destroyed_keys,
        "data keys under an older wrapping key": state.to_rewrap,
        "readable beside": state.clear_text,
      }),
      tables: [
        tableOf("Rotations", { columns: ENTRY_COLUMNS, rows: rotations.map(rowOf), most: rows_max, isCut: is_cut }),
      ],
      links: [{ title: "vault", path: "/api/v1/vault" }],
    };
  },
};

/** Rotations are few among the entries. */
const LOOKED_THROUGH = 5;
