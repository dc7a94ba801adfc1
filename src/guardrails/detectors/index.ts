// The detectors' front door: what looks at texts, made from the config.
export { detectorsConfigSchema, type DetectorsConfig } from "./config.ts";
export { createDetectors } from "./create-detectors.ts";
export { createTopicMeaningDetector, type TopicMeaningDeps, type TopicSettings } from "./content/topics.ts";
