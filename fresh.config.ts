import type { FreshetConfig } from "./lib/app/mod.ts";

/**
 * What this Freshet is like before anybody changes a setting. Environment variables and flags go over `server`, a person's
 * choices on the Settings page over `ui`; `ui` takes every setting of that page, and what is absent here has the default of
 * `lib/shared/settings.ts`.
 */
export const config: FreshetConfig = {
  server: { host: "127.0.0.1", port: 13000 },
  features: {
    gateway: true,
    studio: true,
    attachments: true,
    tools: true,
    sketch: true,
    discovery: true,
    models: true,
    onlineSearch: true,
    dashboard: true,
    system: true,
    files: true,
    terminal: true,
  },
  ui: {
    theme: "deep-dark",
    density: "comfortable",
    language: "auto",
  },
  // For example { name: "Workstation", kind: "ollama", baseUrl: "http://10.0.0.5:11434" }, or a hosted service with
  // apiKeyEnv: "OPENAI_API_KEY", so that the key itself stays out of this file.
  nodes: [],
  // How much of the models may be used in a minute by everybody together, chats and projects included: for example
  // { requestsPerMinute: 60, tokensPerMinute: 100_000 }. An API key has limits of its own besides, on the Settings page.
  limits: {},
};
