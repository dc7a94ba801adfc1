// Who works at Harbour, and who lives there: names, teams and roles, all invented.
import type { RoleName } from "../../../src/policy/contract.ts";

export interface Person {
  user: string;
  team: string;
  roles: RoleName[];
}

const person = (user: string, team: string, ...roles: RoleName[]): Person => ({ user, team, roles });

export const people: readonly Person[] = [
  person("mara.lindqvist", "engineering", "admin"),
  person("tomas.reyes", "finance", "auditor"),
  person("ingrid.solheim", "engineering", "operator", "reviewer"),
  person("kwame.boateng", "finance", "reviewer"),
  person("yuki.tanaka", "engineering", "developer"),
  person("aylin.demir", "engineering", "developer"),
  person("pierre.moreau", "engineering", "developer"),
  person("nadia.haddad", "support", "developer"),
  person("lena.fischer", "support", "member"),
  person("joão.pereira", "support", "member"),
  person("priya.nair", "support", "member"),
  person("oskar.nowak", "support", "member"),
  person("chidi.eze", "support", "member"),
  person("sofia.rossi", "support", "member"),
  person("daniel.cohen", "support", "member"),
  person("mei.chen", "finance", "member"),
  person("carlos.mendoza", "finance", "member"),
  person("hanna.virtanen", "finance", "member"),
  person("emre.kaya", "finance", "member"),
  person("anna.kowalska", "engineering", "member"),
  person("rashid.karimi", "engineering", "member"),
  person("grace.bell", "home", "member"),
  person("owen.bell", "home", "member"),
  person("juno.bell", "home", "child"),
  person("theo.bell", "home", "child"),
];

export function usersOf(team: string): string[] {
  return people.filter((each) => each.team === team).map(({ user }) => user);
}
