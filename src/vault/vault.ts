// The vault: seals what is stored of people's words, a key for each owner of data; destroys such keys; and holds data that must not go.
import type { SecretSources, World } from "../kernel/index.ts";
import { createFollower, type Storage } from "../storage/index.ts";
import { createSigner } from "./certificate.ts";
import type { VaultConfig } from "./config.ts";
import type { DataSubject, ErasureCertificate, VaultState } from "./contract.ts";
import { createErasing } from "./erasing.ts";
import { createHolding, type Holding } from "./holding.ts";
import { createKeyWrapper, type KeyWrapper } from "./keys/key-wrapper.ts";
import { createKeyRing } from "./keys/key-ring.ts";
import { createNewKeys } from "./keys/new-keys.ts";
import { rotateWrapping } from "./keys/rotate.ts";
import { createWrapping } from "./keys/wrapping.ts";
import type { Masters } from "./masters/contract.ts";
import { createMasters } from "./masters/master.ts";
import { createSealing, type Sealing } from "./sealing.ts";
import { createHoldStore } from "./store/hold-store.ts";
import { createKeyStore } from "./store/key-store.ts";
import { createWrappingStore } from "./store/wrapping-store.ts";

export interface Vault extends Holding, Sealing {
  /** Opens the wrapping keys. Throws `vault.wrong_master_key`, `vault.kms_unavailable`, `kernel.secret_missing`. */
  start(): Promise<void>;
  close(): Promise<void>;
  enabled: boolean;
  clearText: VaultConfig["clear_text"];
  /** For keys of other rooms. */
  readonly wrapper: KeyWrapper;
  state(): Promise<VaultState>;
  rotate(): Promise<VaultState>;
  /** Throws `vault.on_hold`, `vault.nothing_to_erase`. */
  erase(subject: DataSubject, about: { reason: string; by: string }): Promise<ErasureCertificate>;
  erasures(limit: number): Promise<ErasureCertificate[]>;
}

export interface VaultDeps {
  storage: Storage;
  world: World;
  secrets: SecretSources;
  /** This process's own data folder. */
  folder: string;
  /** Of the installation. */
  keysFolder: string;
  /** Takes away what of such records lies in clear; gives how many records there are, and of how many something was taken. */
  clearText(subject: DataSubject, onStep: () => Promise<unknown>): Promise<{ records: number; texts: number }>;
  /** What was erased, here or by another process, must be given by nobody any more. */
  onErased(): void;
  /** Keys that `wrapper` has wrapped with older wrapping keys are wrapped with the present one when it comes back. */
  rewrapOthers(): Promise<void>;
}

export function createVault(config: VaultConfig, deps: VaultDeps): Vault {
  const { storage, world, folder, keysFolder, onErased } = deps;
  const keyStore = createKeyStore(storage);
  const wrappingStore = createWrappingStore(storage);
  const holdStore = createHoldStore(storage);
  const { openMasters, masterName } = mastersWhenNeeded(config, deps);
  const wrapping = createWrapping(openMasters, { store: wrappingStore, isEnabled: config.enabled });
  const newKeys = createNewKeys(folder, keyStore);
  let revision = "";
  const following = createFollower(
    {
      intervalMs: config.changes_interval,
      isAvailable: storage.isAvailable,
      log: world.log,
      what: "changes of the vault",
    },
    async () => {
      await newKeys.flush();
      const now = await keyStore.revision();
      if (now === revision) return;
      await wrapping.load();
      ring.forgetAll();
      onErased();
      revision = now;
    },
  );
  const ring = createKeyRing(config, {
    wrapping,
    store: keyStore,
    newKeys,
    world,
    onNew: () => void following.look(),
  });

  const state = async (): Promise<VaultState> => ({
    enabled: config.enabled,
    master: masterName(),
    wrapping_version: wrapping.version() || null,
    ...(await keyStore.counts()),
    to_rewrap: await wrappingStore.countOlder(wrapping.version()),
  });

  return {
    async start() {
      await wrapping.load();
      await following.start();
    },
    async close() {
      await following.close();
      if (storage.isAvailable()) await newKeys.flush().catch(() => undefined);
    },
    ...createSealing(ring),
    wrapper: createKeyWrapper(wrapping, config.enabled),
    enabled: config.enabled,
    clearText: config.clear_text,
    state,
    rotate: () =>
      rotateWrapping({ ...deps, wrapping, store: wrappingStore, atOnce: config.rewrap_at_once }).then(state),
    erase: createErasing({
      ...deps,
      keyStore,
      holdStore,
      newKeys,
      signer: createSigner(keysFolder),
      seen: following.look,
    }),
    erasures: keyStore.erasures,
    ...createHolding(holdStore, world),
  };
}

/** Where nothing is sealed there is no key to be made or asked for. */
function mastersWhenNeeded(config: VaultConfig, { secrets, world, keysFolder }: VaultDeps) {
  let masters: Masters | undefined;
  return {
    openMasters: (): Masters => (masters ??= createMasters(config, { secrets, world, folder: keysFolder })),
    masterName: (): string | null => masters?.present.name ?? null,
  };
}
