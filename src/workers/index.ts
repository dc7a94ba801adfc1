// Workers' front door: processes of this program side by side, sharing a port; started, watched and ended by the first,
// and able to ask each other. What they are asked is the rooms' business.
export type { Channel, Message } from "./channel.ts";
export { workersConfigSchema } from "./config.ts";
export { workersErrors } from "./errors.ts";
export { createMember } from "./member.ts";
export { type Aide, alone, type Answer, countProcesses, type Peers, type Reply } from "./peers.ts";
export { AIDE_FOLDER, folderOf, placeFromEnv, type Place, settingsOf } from "./place.ts";
export { createSpawn } from "./first/spawn-worker.ts";
export { createTeam } from "./first/team.ts";
