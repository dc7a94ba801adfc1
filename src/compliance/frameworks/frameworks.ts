// The frameworks that can be reported on. They are data, with their sources and the day on which they were known: see the files
// beside this one.
import { z } from "zod";
import { frameworkSchema, type FrameworkView } from "../contract.ts";
import euAiAct from "./eu-ai-act.json" with { type: "json" };
import gdpr from "./gdpr.json" with { type: "json" };
import hipaa from "./hipaa.json" with { type: "json" };
import iso42001 from "./iso-42001.json" with { type: "json" };
import soc2 from "./soc2.json" with { type: "json" };

export const frameworks: readonly FrameworkView[] = z
  .array(frameworkSchema)
  .parse([euAiAct, gdpr, hipaa, soc2, iso42001]);
