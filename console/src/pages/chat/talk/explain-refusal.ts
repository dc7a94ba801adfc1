// A refusal as somebody at home is told of it: what it means for them first, then the server's own reason.
import type { Problem } from "../../../api/explain-error.ts";

export interface KindRefusal {
  title: string;
  /** What they can do themselves. */
  advice: string;
}

export function explainRefusal({ code, kind }: Problem): KindRefusal {
  if (code.startsWith("guardrails.")) {
    return {
      title: "Binnacle did not pass this on.",
      advice: "Ask it in other words, or talk about it with somebody you trust. Everything else can still be asked.",
    };
  }
  if (/budget|limit|quota|exceeded/.test(code) || code === "governance.unpriced") {
    return {
      title: "This is as much as can be asked for now.",
      advice: "Your limits say when there is more.",
    };
  }
  if (kind === "away") return { title: "Nobody answers.", advice: "Wait a moment, then send it again." };
  if (kind === "signed_out") return { title: "You are signed out.", advice: "Load the page and sign in again." };
  return { title: "That did not work.", advice: "Send it again, or ask whoever looks after Binnacle." };
}
