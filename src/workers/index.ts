// Workers' front door: processes of this program side by side, sharing a port; started, watched and ended by the first,
// and able to ask each other. What they are asked is the rooms' business.
export type { Channel, Message } from "./channel.ts";
export { workersConfigSchema } from "./config.ts";
export { workersErrors } from "./errors.ts";
export { createMember } from "./member.ts";
export { alone, type Answer, type Peers } from "./peers.ts";
export { placeFromEnv, type Place, settingsOf } from "./place.ts";
export { createSpawn } from "./spawn-worker.ts";
export { createTeam } from "./team.ts";
