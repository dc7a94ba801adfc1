// Passwords for one person of each role, so that the console can be tried at once. They are as well known as this file.
import type { BinnacleClient } from "../../../client/index.ts";
import { createDice } from "../dice.ts";
import { people } from "./people.ts";

export interface SignIn {
  user: string;
  password: string;
  roles: readonly string[];
}

const USERS = ["mara.lindqvist", "tomas.reyes", "ingrid.solheim", "yuki.tanaka", "lena.fischer", "juno.bell"];
const WORDS = [
  "anchor",
  "beacon",
  "compass",
  "drogue",
  "ensign",
  "fender",
  "galley",
  "halyard",
  "jetty",
  "keel",
  "lantern",
  "mooring",
];

export async function setPasswords(owner: BinnacleClient, seed: number): Promise<SignIn[]> {
  const dice = createDice(seed, "passwords");
  const signIns = people
    .filter(({ user }) => USERS.includes(user))
    .map(({ user, roles }) => ({
      user,
      roles,
      password: `${dice.pick(WORDS)}-${dice.pick(WORDS)}-${dice.between(100, 999)}`,
    }));
  for (const { user, password } of signIns) await owner.people.setPassword({ user, password });
  return signIns;
}
