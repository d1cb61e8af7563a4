import { type Features, FreshetError, type RateLimits, type UiSettings } from "../shared/mod.ts";
import { isLoopbackName, type Profiles } from "../access/mod.ts";
import type { LogLevel } from "../host/mod.ts";
import type { NodeSpec, Patience } from "../nodes/mod.ts";
import { type OptionName, readOptions } from "./options.ts";

/** What `fresh.config.ts` holds. */
export interface FreshetConfig {
  server: { host: string; port: number };
  features: Features;
  /** Defaults of the interface; a person's own choices go over them. */
  ui: Partial<UiSettings>;
  /** Inference servers that are always there. Keys are named by environment variable, never written here. */
  nodes: (Omit<NodeSpec, "apiKey"> & { apiKeyEnv?: string })[];
  /** Names for chains of models, of which the first that can answer does: `fast: ["qwen3:8b", "gpt-4o-mini"]`. */
  aliases?: Record<string, string[]>;
  /** How much of the models may be used in a minute by everybody together; API keys have limits of their own besides. */
  limits?: RateLimits;
}

/** Everything that the services are made from. */
export interface AppConfig {
  host: string;
  port: number;
  dataFolder: string;
  kvUrl?: string;
  token?: string;
  passphrase?: string;
  encryptAll: boolean;
  allowedHosts: string[];
  /** Addresses and networks of proxies that are believed on where requests come from. */
  trustedProxies?: string[];
  logLevel: LogLevel;
  drainMs: number;
  patience: Partial<Patience>;
  features: Features;
  /** Whether to look for model servers at start; on demand it goes by the feature. */
  discoverAtStart: boolean;
  /** Whether this machine is sampled all the time, or only while somebody looks; so unless it is false. */
  sampling?: boolean;
  /** Whether nodes at http:// addresses are asked by the own client of HTTP/1.1; so unless it is false. */
  http1?: boolean;
  ui: Partial<UiSettings>;
  nodes: NodeSpec[];
  aliases?: Record<string, string[]>;
  /** Of each profile; nothing is limited where absent. */
  limits?: RateLimits;
  /** Where projects are checked and run in place of this machine. */
  e2b?: { apiKey: string; template?: string };
}

const LOG_LEVELS: readonly LogLevel[] = ["debug", "info", "warn", "error"];

/**
 * Whether everybody has to log in: wherever there is a token, and wherever somebody else than the person at this machine can come,
 * which is on any but a loopback address, under any but a loopback name, and through a proxy.
 */
export function needsLogin(
  config: Pick<AppConfig, "host" | "token" | "allowedHosts" | "trustedProxies">,
): boolean {
  return config.token !== undefined || openings(config).length > 0;
}

/** By what settings others than the person at this machine can come, and what starts without each of them. */
function openings(
  { host, allowedHosts, trustedProxies = [] }: Pick<AppConfig, "host" | "allowedHosts" | "trustedProxies">,
): { how: string; closed: string }[] {
  const found: { how: string; closed: string }[] = [];
  if (!isLoopbackName(host)) found.push({ how: `listen on ${host}`, closed: "with HOST=127.0.0.1" });
  const name = allowedHosts.find((each) => each !== host.toLowerCase() && !isLoopbackName(each));
  if (name !== undefined) {
    found.push({ how: `answer for ${name}`, closed: "without FRESHET_ALLOWED_HOSTS" });
  }
  if (trustedProxies.length > 0) {
    found.push({ how: "answer through a proxy", closed: "without FRESHET_TRUSTED_PROXIES" });
  }
  return found;
}

/**
 * Refuses to listen where anybody could come and nobody could log in. Throws `invalid_request` without a token and without an
 * administrator who has a password.
 */
export async function refuseOpenAddress(
  config: AppConfig,
  profiles: Pick<Profiles, "hasGuardedAdministrator">,
): Promise<void> {
  const found = openings(config);
  const [first] = found;
  if (!first || config.token || await profiles.hasGuardedAdministrator()) return;
  throw new FreshetError(
    "invalid_request",
    `Cannot ${first.how} without a token or a password: anybody could use your models`,
    {
      hint: `Set FRESHET_TOKEN to a long secret; or start once ${
        found.map(({ closed }) => closed).join(" and ")
      }, and give yourself a password in Settings → Your profile`,
    },
  );
}

/** Reads the configuration: the file, then variables, then flags. Throws `invalid_request` with a hint where it makes no sense. */
export function loadConfig(
  file: FreshetConfig,
  args: readonly string[],
  env: (name: string) => string | undefined,
): AppConfig {
  const options = readOptions(args, env);
  const host = options.HOST ?? file.server.host;
  const token = options.FRESHET_TOKEN;
  const firstTokenMs = whole(options, "FRESHET_FIRST_TOKEN_MS");
  const betweenTokensMs = whole(options, "FRESHET_BETWEEN_TOKENS_MS");
  return {
    host,
    port: whole(options, "PORT", 65_535) ?? file.server.port,
    dataFolder: options.FRESHET_DATA ?? defaultDataFolder(env),
    ...(options.FRESHET_KV ? { kvUrl: options.FRESHET_KV } : {}),
    ...(token ? { token } : {}),
    ...(options.FRESHET_PASSPHRASE ? { passphrase: options.FRESHET_PASSPHRASE } : {}),
    encryptAll: options.FRESHET_ENCRYPT === "1",
    allowedHosts: hostsOf(options.FRESHET_ALLOWED_HOSTS, host),
    trustedProxies: listOf(options.FRESHET_TRUSTED_PROXIES),
    logLevel: levelOf(options.FRESHET_LOG),
    drainMs: whole(options, "FRESHET_DRAIN_MS") ?? 5_000,
    patience: {
      ...(firstTokenMs === undefined ? {} : { firstTokenMs }),
      ...(betweenTokensMs === undefined ? {} : { betweenTokensMs }),
    },
    features: file.features,
    discoverAtStart: file.features.discovery && options.FRESHET_DISCOVERY !== "0",
    http1: options.FRESHET_HTTP1 !== "0",
    ui: file.ui,
    nodes: file.nodes.map((node) => nodeOf(node, env)),
    ...(file.aliases ? { aliases: file.aliases } : {}),
    limits: limitsOf(file.limits, options),
    ...(options.FRESHET_E2B_KEY ? { e2b: e2bOf(options.FRESHET_E2B_KEY, options.FRESHET_E2B_TEMPLATE) } : {}),
  };
}

function e2bOf(apiKey: string, template: string | undefined): NonNullable<AppConfig["e2b"]> {
  return template ? { apiKey, template } : { apiKey };
}

function limitsOf(file: RateLimits = {}, options: Partial<Record<OptionName, string>>): RateLimits {
  const requestsPerMinute = whole(options, "FRESHET_REQUESTS_PER_MINUTE") ?? file.requestsPerMinute;
  const tokensPerMinute = whole(options, "FRESHET_TOKENS_PER_MINUTE") ?? file.tokensPerMinute;
  return {
    ...(requestsPerMinute ? { requestsPerMinute: limitOf("requestsPerMinute", requestsPerMinute) } : {}),
    ...(tokensPerMinute ? { tokensPerMinute: limitOf("tokensPerMinute", tokensPerMinute) } : {}),
  };
}

function limitOf(name: keyof RateLimits, value: number): number {
  if (Number.isSafeInteger(value) && value >= 0) return value;
  throw new FreshetError("invalid_request", `Cannot read limits.${name}: ${value} is not a whole number`);
}

function nodeOf(
  { apiKeyEnv, ...spec }: FreshetConfig["nodes"][number],
  env: (name: string) => string | undefined,
): NodeSpec {
  const apiKey = apiKeyEnv ? env(apiKeyEnv) : undefined;
  return apiKey ? { ...spec, apiKey } : spec;
}

function listOf(text: string | undefined): string[] {
  return (text ?? "").split(",").map((part) => part.trim().toLowerCase()).filter(Boolean);
}

function hostsOf(list: string | undefined, host: string): string[] {
  const names = listOf(list);
  return host === "0.0.0.0" || host === "::" ? names : [...names, host.toLowerCase()];
}

function levelOf(value: string | undefined): LogLevel {
  return LOG_LEVELS.find((level) => level === value) ?? "info";
}

function whole(
  options: Partial<Record<OptionName, string>>,
  name: OptionName,
  max = Number.MAX_SAFE_INTEGER,
): number | undefined {
  const text = options[name];
  if (text === undefined) return undefined;
  const value = Number(text);
  if (Number.isSafeInteger(value) && value >= 0 && value <= max) return value;
  const bounds = max === Number.MAX_SAFE_INTEGER ? "" : ` from 0 to ${max}`;
  throw new FreshetError("invalid_request", `Cannot read ${name}: "${text}" is not a whole number${bounds}`);
}

/** Where the platform keeps the data of programs. */
function defaultDataFolder(env: (name: string) => string | undefined): string {
  const home = env("HOME") ?? env("USERPROFILE") ?? ".";
  if (Deno.build.os === "windows") return `${env("LOCALAPPDATA") ?? home}\\Freshet`;
  if (Deno.build.os === "darwin") return `${home}/Library/Application Support/Freshet`;
  return `${env("XDG_DATA_HOME") ?? `${home}/.local/share`}/freshet`;
}
