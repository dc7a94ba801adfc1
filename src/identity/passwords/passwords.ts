// Passwords: who gives the right one is that person. A name that nobody has costs the same work, and wrong ones are counted where
// they come from, so that nobody can lock another person out.
import type { World } from "../../kernel/index.ts";
import { identityErrors } from "../errors.ts";
import { isSame, randomToken, sealOf } from "../secrets.ts";
import type { PeopleStore } from "../store/people-store.ts";
import type { TriesStore } from "../store/tries-store.ts";
import type { WithDatabase } from "../../storage/index.ts";
import type { PasswordsConfig } from "./config.ts";
import type { Hasher } from "./hasher.ts";

export interface PasswordTry {
  name: string;
  password: string;
  address: string;
  /** What a browser was given when this person signed in there. */
  known?: string | undefined;
}

export interface Passwords {
  /** Throws `identity.wrong_credentials`, `.too_many_tries`, `.busy`, `.way_disabled`. */
  prove(attempt: PasswordTry): Promise<void>;
  /** Throws `identity.password_weak`. */
  check(name: string, password: string): void;
  /** The same, and keeps it. */
  set(name: string, password: string): Promise<void>;
  /** For a browser in which a person has signed in: wrong passwords of others do not count there. */
  knownBrowser(name: string): string;
}

export interface PasswordsDeps {
  people: Pick<PeopleStore, "find" | "setPassword">;
  tries: TriesStore;
  hasher: Hasher;
  world: Pick<World, "nowMs">;
  withDatabase: WithDatabase;
  secret: string;
}

const LENGTH_MAX = 1000;

export function createPasswords(config: PasswordsConfig, deps: PasswordsDeps): Passwords {
  const { people, tries, hasher, world, withDatabase, secret } = deps;
  let nobody: Promise<string> | undefined;
  /** Of a password that nobody has: checked where there is none, so that this takes as long. */
  const hashOfNobody = (): Promise<string> => (nobody ??= hasher.hash(randomToken()).catch(forgetNobody));
  const forgetNobody = (error: unknown): never => {
    nobody = undefined;
    throw error;
  };
  const sealOfBrowser = (name: string, id: string): string => sealOf(`known:${id}:${name}`, secret);

  function browserOf(name: string, known: string | undefined): string | undefined {
    const [id = "", seal = ""] = known?.split(".") ?? [];
    return isSame(seal, sealOfBrowser(name, id)) ? id : undefined;
  }

  /** What a try counts for, and how often it may: a known browser stands for itself. */
  function countedFor({ name, address, known }: PasswordTry): { what: string; max: number }[] {
    const browser = browserOf(name, known);
    if (browser !== undefined) return [{ what: sealOf(`browser:${browser}:${name}`, secret), max: config.tries_max }];
    // The address first: where it has tried too often, nothing more is written down of it.
    return [
      { what: sealOf(`address:${address}`, secret), max: config.tries_per_address_max },
      { what: sealOf(`name:${address}:${name}`, secret), max: config.tries_max },
    ];
  }

  async function countTry(counted: { what: string; max: number }[]): Promise<void> {
    const nowMs = world.nowMs();
    for (const { what, max } of counted) {
      const { count, untilMs } = await tries.count(what, { nowMs, windowMs: config.tries_window });
      if (count > max) throw identityErrors.too_many_tries({ retryAfterMs: untilMs - nowMs });
    }
  }

  return {
    prove: (attempt) =>
      withDatabase(async () => {
        if (!config.enabled) throw identityErrors.way_disabled({ way: "password" });
        if (attempt.password.length > LENGTH_MAX) throw identityErrors.wrong_credentials({});
        const counted = countedFor(attempt);
        await countTry(counted);
        const [person, hash] = await Promise.all([people.find(attempt.name), hashOfNobody()]);
        const isRight = await hasher.verify(attempt.password, person?.password ?? hash);
        if (!isRight || !person?.password) throw identityErrors.wrong_credentials({});
        const [last, ...others] = counted.toReversed();
        if (last) await tries.forget(last.what);
        for (const { what } of others) await tries.forgive(what);
      }),
    check: (name, password) => checkPassword(name, password, config.length_min),
    async set(name, password) {
      checkPassword(name, password, config.length_min);
      const hash = await hasher.hash(password);
      await withDatabase(() => people.setPassword(name, hash, world.nowMs()));
    },
    knownBrowser(name) {
      const id = randomToken();
      return `${id}.${sealOfBrowser(name, id)}`;
    },
  };
}

function checkPassword(name: string, password: string, lengthMin: number): void {
  const { length } = [...password];
  const refuse = (why: string): never => {
    throw identityErrors.password_weak({ why });
  };
  if (length < lengthMin) refuse(`it is shorter than ${lengthMin} characters`);
  if (password.length > LENGTH_MAX) refuse(`it is longer than ${LENGTH_MAX} characters`);
  if (new Set(password).size < 4) refuse("it is hardly more than one character over and over");
  if (password.toLowerCase() === name.toLowerCase()) refuse("it is the name");
}
