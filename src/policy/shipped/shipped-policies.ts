// The policies that are part of the program: what each role may do, and that organisations are apart.
import admin from "./admin.cedar" with { type: "text" };
import auditor from "./auditor.cedar" with { type: "text" };
import child from "./child.cedar" with { type: "text" };
import developer from "./developer.cedar" with { type: "text" };
import member from "./member.cedar" with { type: "text" };
import operator from "./operator.cedar" with { type: "text" };
import organisations from "./organisations.cedar" with { type: "text" };
import owner from "./owner.cedar" with { type: "text" };
import reviewer from "./reviewer.cedar" with { type: "text" };
import type { PolicyText } from "../engine/policy-text.ts";

const texts = { owner, admin, operator, developer, reviewer, auditor, member, child, organisations };

export const shippedPolicies: readonly PolicyText[] = Object.entries(texts).map(([name, text]) => ({
  name: `shipped/${name}.cedar`,
  text,
}));
