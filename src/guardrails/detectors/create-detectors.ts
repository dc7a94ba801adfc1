// All detectors of texts by their names, from the config. The pipeline chooses which of them look where.
import type { Detector } from "../contract.ts";
import type { DetectorsConfig } from "./config.ts";
import { createCategoryFinder } from "./content/category-finder.ts";
import { createTopicFinder } from "./content/topics.ts";
import { createInjectionFinder } from "./injection/injection-finder.ts";
import { birthDateFinder } from "./pii/birth-dates.ts";
import { cardFinder } from "./pii/cards.ts";
import { emailFinder } from "./pii/emails.ts";
import { ibanFinder } from "./pii/ibans.ts";
import { ipFinder } from "./pii/ip-addresses.ts";
import { addressFinder } from "./pii/names/addresses.ts";
import { particularsFinder } from "./pii/names/particulars.ts";
import { personFinder } from "./pii/names/persons.ts";
import { createNationalIdFinder } from "./pii/national/national-ids.ts";
import { createPhoneFinder } from "./pii/phones.ts";
import { urlCredentialsFinder } from "./pii/url-credentials.ts";
import { createCodeFinder } from "./policies/code.ts";
import { createLanguageFinder } from "./policies/language.ts";
import { createLinkFinder } from "./policies/links.ts";
import { createPatternFinder } from "./policies/patterns.ts";
import { createFinderDetector, createScanText, type Finder, type ScanText } from "./scanning/finder.ts";
import { assignedSecretFinder } from "./secrets/assigned-secrets.ts";
import { randomRunFinder } from "./secrets/entropy.ts";
import { privateKeyFinder } from "./secrets/private-keys.ts";
import { createVendorKeyFinder } from "./secrets/vendor-key-finder.ts";
import { webTokenFinder } from "./secrets/web-tokens.ts";

/** How much must be there before what it begins is told: so much of a stream waits. What is told may be longer. */
const PII_REACH = 176;
const SECRETS_REACH = 256;
const INJECTION_REACH = 256;
const NAMES_REACH = 256;
/** Words that say something only together are at most forty words apart, which is some 220 characters. */
const CONTENT_REACH = 256;
const LINKS_REACH = 256;
/** Looked at as a whole, or as much as there is of it. */
const CODE_REACH = 256;

/** They share one scan of each text, so they cost least when asked one after another about the same. */
export function createDetectors(config: DetectorsConfig): Detector[] {
  const scanOf = createScanText();
  return [
    createPii(config, scanOf),
    createNames(config, scanOf),
    createSecrets(config, scanOf),
    createInjection(config, scanOf),
    ...createContent(config, scanOf),
    ...createLimits(config, scanOf),
    ...config.patterns.map((pattern) => createPattern(pattern, scanOf)),
  ];
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

function createNames({ names }: DetectorsConfig, scanOf: ScanText): Detector {
  const finders = [personFinder, addressFinder, particularsFinder];
  const kinds = new Set<string>(names.kinds);
  return createFinderDetector({ name: "names", finders, kinds, reach: NAMES_REACH, scoreMin: names.score_min }, scanOf);
}

function createContent({ content, topics }: DetectorsConfig, scanOf: ScanText): Detector[] {
  const { categories, child_safe_categories, words } = content;
  const usual = createCategoryFinder({ categories, words, isStrict: false });
  const strict = createCategoryFinder({ categories: child_safe_categories, words, isStrict: true });
  const rest = { reach: CONTENT_REACH, scoreMin: 0 };
  return [
    createFinderDetector({ name: "content", finders: [usual], ...rest }, scanOf),
    createFinderDetector({ name: "child_safe", finders: [strict], ...rest }, scanOf),
    ...(topics.length > 0
      ? [createFinderDetector({ name: "topics", finders: [createTopicFinder(topics)], ...rest }, scanOf)]
      : []),
  ];
}

/** What is looked for only where the config says so. */
function createLimits({ links, code, languages }: DetectorsConfig, scanOf: ScanText): Detector[] {
  const made: Detector[] = [];
  const add = (name: string, finder: Finder, reach: number) =>
    made.push(createFinderDetector({ name, finders: [finder], reach, scoreMin: 0 }, scanOf));
  if (links !== undefined)
    add("links", createLinkFinder({ ...links, imagePathMax: links.image_path_max }), LINKS_REACH);
  if (code !== undefined) add("code", createCodeFinder(code), CODE_REACH);
  if (languages.length > 0) add("language", createLanguageFinder(languages), CODE_REACH);
  return made;
}

function createPattern(pattern: DetectorsConfig["patterns"][number], scanOf: ScanText): Detector {
  const finder = createPatternFinder({ ...pattern, ignoreCase: pattern.ignore_case });
  const options = { name: `pattern_${pattern.name}`, finders: [finder], reach: pattern.length_max, scoreMin: 0 };
  return createFinderDetector(options, scanOf);
}
