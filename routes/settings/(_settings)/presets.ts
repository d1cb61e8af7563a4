import type { ServerPreset } from "../../../lib/client/settings/node_draft.ts";
import { DEFAULT_LOCAL_SERVERS, HOSTED_SERVICES } from "../../../lib/providers/mod.ts";

/** A server that nobody made a preset for. */
const OTHER: ServerPreset = { id: "other", name: "", kind: "openai", baseUrl: "", hosted: false };

/** The servers that the settings offer to add. */
export const PRESETS: readonly ServerPreset[] = [
  ...DEFAULT_LOCAL_SERVERS.map((server) => ({ id: slug(server.name), ...server, hosted: false })),
  ...HOSTED_SERVICES.map((service) => ({ id: slug(service.name), ...service, hosted: true })),
  OTHER,
];

/** The ports that are looked at for servers, each once. */
export const LOOKED_AT_PORTS = [
  ...new Set(DEFAULT_LOCAL_SERVERS.map(({ baseUrl }) => new URL(baseUrl).port)),
].join(", ");

function slug(name: string): string {
  return name.toLowerCase().replaceAll(/[^a-z0-9]+/g, "-");
}
