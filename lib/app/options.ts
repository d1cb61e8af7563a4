import { FreshetError } from "../shared/mod.ts";

/** One setting of the process: its environment variable, its flag and what it does. The README's table is made of these. */
export interface ProcessOption {
  env: string;
  flag: string;
  /** As shown in the README. */
  fallback: string;
  description: string;
}

/** All settings of the process; a flag wins over its variable. */
export const PROCESS_OPTIONS = [
  { env: "PORT", flag: "--port", fallback: "13000", description: "Port to listen on; 0 for any free one" },
  {
    env: "HOST",
    flag: "--host",
    fallback: "127.0.0.1",
    description:
      "Address to listen on; any but a loopback address needs `FRESHET_TOKEN` or an administrator with a password",
  },
  {
    env: "FRESHET_DATA",
    flag: "--data",
    fallback: "the platform's data folder",
    description: "Data folder: database, key file, lock",
  },
  {
    env: "FRESHET_KV",
    flag: "--kv",
    fallback: "a file in the data folder",
    description: "KV Connect URL of a database that several processes share",
  },
  {
    env: "FRESHET_TOKEN",
    flag: "--token",
    fallback: "none",
    description:
      "Everybody has to log in, with a profile's password or with this token (programs: or an API key)",
  },
  {
    env: "FRESHET_ALLOWED_HOSTS",
    flag: "--allowed-hosts",
    fallback: "loopback names",
    description: "Further host names to answer for, separated by commas; everybody has to log in",
  },
  {
    env: "FRESHET_TRUSTED_PROXIES",
    flag: "--trusted-proxies",
    fallback: "none",
    description:
      "Reverse proxies believed on who sends a request (addresses, networks); everybody has to log in",
  },
  {
    env: "FRESHET_PASSPHRASE",
    flag: "--passphrase",
    fallback: "`secret.key` in the data folder",
    description: "Derives the key that seals the keys of model servers",
  },
  {
    env: "FRESHET_ENCRYPT",
    flag: "--encrypt",
    fallback: "0",
    description: "1 encrypts every stored value, not only keys; choose it before the first start",
  },
  {
    env: "FRESHET_DISCOVERY",
    flag: "--discovery",
    fallback: "1",
    description: "0 does not look for model servers at start",
  },
  {
    env: "FRESHET_HTTP1",
    flag: "--http1",
    fallback: "1",
    description: "0 asks nodes at http:// addresses by Deno's own client",
  },
  {
    env: "FRESHET_FIRST_TOKEN_MS",
    flag: "--first-token-ms",
    fallback: "120000",
    description: "Patience until a model begins to answer",
  },
  {
    env: "FRESHET_BETWEEN_TOKENS_MS",
    flag: "--between-tokens-ms",
    fallback: "60000",
    description: "Patience between two tokens before an answer counts as stalled",
  },
  {
    env: "FRESHET_REQUESTS_PER_MINUTE",
    flag: "--requests-per-minute",
    fallback: "0",
    description: "Calls of models that everybody together may make in a minute; 0 for any number",
  },
  {
    env: "FRESHET_TOKENS_PER_MINUTE",
    flag: "--tokens-per-minute",
    fallback: "0",
    description: "Tokens of prompts and answers in the same way",
  },
  {
    env: "FRESHET_DRAIN_MS",
    flag: "--drain-ms",
    fallback: "5000",
    description: "Time that running answers get when the process is asked to end",
  },
  {
    env: "FRESHET_E2B_KEY",
    flag: "--e2b-key",
    fallback: "none",
    description: "Checks and runs projects in E2B's cloud with this key, not on this machine",
  },
  {
    env: "FRESHET_E2B_TEMPLATE",
    flag: "--e2b-template",
    fallback: "E2B's base",
    description: "Template of those sandboxes; one with Deno 2.9.6 starts sooner",
  },
  {
    env: "FRESHET_LOG",
    flag: "--log",
    fallback: "info",
    description: "Level of the log: `debug`, `info`, `warn` or `error`",
  },
] as const satisfies readonly ProcessOption[];

/** The environment variable of a setting. */
export type OptionName = (typeof PROCESS_OPTIONS)[number]["env"];

/** Reads the settings from flags (`--port 1` or `--port=1`) and variables. Throws `invalid_request` for unknown flags. */
export function readOptions(
  args: readonly string[],
  env: (name: string) => string | undefined,
): Partial<Record<OptionName, string>> {
  const values: Partial<Record<OptionName, string>> = {};
  for (const option of PROCESS_OPTIONS) {
    const value = env(option.env);
    if (value !== undefined && value !== "") values[option.env] = value;
  }
  for (let i = 0; i < args.length; i++) {
    const [flag = "", inline] = (args[i] ?? "").split(/=(.*)/s);
    const option = PROCESS_OPTIONS.find((candidate) => candidate.flag === flag);
    const value = inline ?? args[++i];
    if (!option || value === undefined) {
      const known = PROCESS_OPTIONS.map(({ flag }) => flag).join(", ");
      throw new FreshetError("invalid_request", `Cannot read the flag ${flag}`, {
        hint: `There are ${known}`,
      });
    }
    values[option.env] = value;
  }
  return values;
}
