// How much CPU the default checks take for a text: personal data, secrets and attacks, as a request's texts are looked at.
import { createGuardrails, type GuardrailsConfig } from "../../src/guardrails/index.ts";

const TEXT = `Please summarise the notes of Tuesday's meeting for the harbour office. The new chart table arrives on 14 March at
pier 7, and somebody has to sign for it; last time the driver waited forty minutes. Two of the lamps on the eastern mole have
been dark since the storm, so the pilot asks that boats keep to the western channel until they are mended. The budget for rope
and paint is spent, but the committee may move 1,200 from repairs. Also: the school has asked whether the children may visit
the light on the 22nd, and what they should bring with them. A short paragraph for each point is enough, in plain words.
`;
const ROUNDS = 400;
const BATCHES = 7;
const BYTES_PER_KB = 1024;

export function measureChecks(config: GuardrailsConfig): { microsPerKb: number } {
  const guardrails = createGuardrails(config, {
    world: { fetch: () => Promise.reject(new Error("nobody")), nowMs: Date.now, random: Math.random },
    secret: () => "",
  });
  const text = TEXT.repeat(4);
  const check = (round: number): void => {
    // Another text each time: a detector may know the last one.
    guardrails.check(`${text}${round}`, { side: "input", policy: "usual" });
  };
  for (let round = 0; round < ROUNDS; round += 1) check(round);
  const times = Array.from({ length: BATCHES }, () => {
    const before = process.cpuUsage();
    for (let round = 0; round < ROUNDS; round += 1) check(round);
    const { user, system } = process.cpuUsage(before);
    return (user + system) / ROUNDS;
  });
  // The least disturbed of them.
  return { microsPerKb: Math.min(...times) / (text.length / BYTES_PER_KB) };
}
