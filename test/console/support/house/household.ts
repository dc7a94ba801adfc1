// A household: one route over a model that says what its children ask for, and limits for each of them.
import { startScriptedVendor } from "../../../support/vendors/scripted.ts";
import { PICTURES, SCRIPTS } from "../hostile.ts";
import { nothing } from "../data.ts";
import type { House, StartHouse } from "./house.ts";
import { startHouse } from "./start-house.ts";

export const QUESTIONS_A_DAY = 40;
export const GENTLE = "Ahoy. The **sea** is salty.\n\n- rivers\n- rocks\n\nSee [the tides](https://tides.example/now).";

/** What is asked for by name; anything else is answered gently. */
function answerTo(question: string): string {
  if (question.includes("harm")) return `${SCRIPTS}\n\n${PICTURES}`;
  return GENTLE;
}

export const startHousehold: StartHouse = async ({ consoleFolder }): Promise<House> => {
  const vendor = startScriptedVendor({ gentle: { says: answerTo }, slow: { says: GENTLE, isHeldMidway: true } });
  const config = `
providers:
  vendors:
    home: { kind: openai-compatible, base_url: "${vendor.url}", models: [gentle, slow], price: free }
gateway:
  routes:
    home: { targets: [home/gentle] }
    slowly: { targets: [home/slow] }
governance:
  limits:
    - { of: user, requests: ${QUESTIONS_A_DAY}, every: day }
`;
  try {
    const house = await startHouse({ consoleFolder, data: nothing, config });
    return {
      ...house,
      async close() {
        vendor.letGo();
        await house.close();
        await vendor.close();
      },
    };
  } catch (error) {
    await vendor.close();
    throw error;
  }
};
