// All detectors of texts by their names, from the config. The pipeline chooses which of them look where.
import type { Detector } from "../contract.ts";
import type { DetectorsConfig } from "./config.ts";
import { createInjectionFinder } from "./injection/injection-finder.ts";
import { birthDateFinder } from "./pii/birth-dates.ts";
import { cardFinder } from "./pii/cards.ts";
import { emailFinder } from "./pii/emails.ts";
import { ibanFinder } from "./pii/ibans.ts";
import { ipFinder } from "./pii/ip-addresses.ts";
import { createNationalIdFinder } from "./pii/national/national-ids.ts";
import { createPhoneFinder } from "./pii/phones.ts";
import { urlCredentialsFinder } from "./pii/url-credentials.ts";
import { createFinderDetector, createScanText, type ScanText } from "./scanning/finder.ts";
import { assignedSecretFinder } from "./secrets/assigned-secrets.ts";
import { randomRunFinder } from "./secrets/entropy.ts";
import { privateKeyFinder } from "./secrets/private-keys.ts";
import { createVendorKeyFinder } from "./secrets/vendor-key-finder.ts";
import { webTokenFinder } from "./secrets/web-tokens.ts";

/** A match and the words that announce it. */
const PII_REACH = 176;
const SECRETS_REACH = 480;
const INJECTION_REACH = 480;

/** They share one scan of each text, so they cost least when asked one after another about the same. */
export function createDetectors(config: DetectorsConfig): Detector[] {
  const scanOf = createScanText();
  return [createPii(config, scanOf), createSecrets(config, scanOf), createInjection(config, scanOf)];
}

function createPii({ pii }: DetectorsConfig, scanOf: ScanText): Detector {
  const finders = [
    cardFinder,
    ibanFinder,
    createNationalIdFinder(),
    createPhoneFinder(pii.regions),
    emailFinder,
    ipFinder,
    urlCredentialsFinder,
    birthDateFinder,
  ];
  const kinds = new Set<string>(pii.kinds);
  return createFinderDetector({ name: "pii", finders, kinds, reach: PII_REACH, scoreMin: pii.score_min }, scanOf);
}

function createSecrets({ secrets }: DetectorsConfig, scanOf: ScanText): Detector {
  const finders = [createVendorKeyFinder(), privateKeyFinder, webTokenFinder, assignedSecretFinder, randomRunFinder];
  return createFinderDetector({ name: "secrets", finders, reach: SECRETS_REACH, scoreMin: secrets.score_min }, scanOf);
}

function createInjection({ injection }: DetectorsConfig, scanOf: ScanText): Detector {
  const finder = createInjectionFinder({ directMin: injection.direct_min, indirectMin: injection.indirect_min });
  const options = { name: "injection", finders: [finder], reach: INJECTION_REACH, scoreMin: injection.score_min };
  return createFinderDetector(options, scanOf);
}
