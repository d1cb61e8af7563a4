/** Every feature that `fresh.config.ts` may switch off, switched on; chat is always there. A new one is added here. */
export const ALL_FEATURES = {
  gateway: true,
  studio: true,
  attachments: true,
  tools: true,
  sketch: true,
  discovery: true,
  models: true,
  /** Searching for models on the internet, when a person asks for it. */
  onlineSearch: true,
  dashboard: true,
  /** The page of this machine and of the log. */
  system: true,
  /** The files in folders that a person has added. */
  files: true,
  terminal: true,
};

/** The name of a feature. */
export type Feature = keyof typeof ALL_FEATURES;

/** Which features are switched on. */
export type Features = { [Name in Feature]: boolean };
