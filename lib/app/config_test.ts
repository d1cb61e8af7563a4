import { assertEquals, assertRejects, assertStringIncludes, assertThrows } from "@std/assert";
import { ALL_FEATURES, FreshetError } from "../shared/mod.ts";
import { type FreshetConfig, loadConfig, needsLogin, refuseOpenAddress } from "./config.ts";

const file: FreshetConfig = {
  server: { host: "127.0.0.1", port: 13000 },
  features: ALL_FEATURES,
  ui: { theme: "light" },
  nodes: [{
    name: "Hosted",
    kind: "openai",
    baseUrl: "https://api.openai.com/v1",
    apiKeyEnv: "OPENAI_API_KEY",
  }],
};

const load = (args: string[] = [], env: Record<string, string> = {}) =>
  loadConfig(file, args, (name) => env[name]);

Deno.test("a flag wins over its variable, that over the file", () => {
  assertEquals(load().port, 13000);
  assertEquals(load([], { PORT: "1" }).port, 1);
  assertEquals(load(["--port", "2"], { PORT: "1" }).port, 2);
  assertEquals(load(["--port=3"], { PORT: "1" }).port, 3);
  assertEquals(load([], { FRESHET_DISCOVERY: "0" }).discoverAtStart, false);
  assertEquals(
    load([], { HOME: "/home/ada" }).dataFolder,
    Deno.build.os === "linux" ? "/home/ada/.local/share/freshet" : load([], { HOME: "/home/ada" }).dataFolder,
  );
});

Deno.test("keys of configured nodes come from the environment", () => {
  assertEquals(load([], { OPENAI_API_KEY: "sk-1" }).nodes[0]?.apiKey, "sk-1");
  assertEquals(load().nodes[0]?.apiKey, undefined);
});

Deno.test("an open address is refused where nobody could log in, with what to do", async () => {
  const nobody = { hasGuardedAdministrator: () => Promise.resolve(false) };
  const config = load(["--host", "0.0.0.0"]);
  const error = await assertRejects(() => refuseOpenAddress(config, nobody), FreshetError, "without a token");
  assertStringIncludes(
    error.hint ?? "",
    "Set FRESHET_TOKEN to a long secret; or start once with HOST=127.0.0.1,",
  );
  const named = load([], { FRESHET_ALLOWED_HOSTS: "box.lan", FRESHET_TRUSTED_PROXIES: "127.0.0.1" });
  const refusal = await assertRejects(
    () => refuseOpenAddress(named, nobody),
    FreshetError,
    "answer for box.lan",
  );
  assertStringIncludes(
    refusal.hint ?? "",
    "without FRESHET_ALLOWED_HOSTS and without FRESHET_TRUSTED_PROXIES, and",
  );
  await refuseOpenAddress(config, { hasGuardedAdministrator: () => Promise.resolve(true) });
  await refuseOpenAddress(load(["--host", "0.0.0.0", "--token", "t"]), nobody);
  await refuseOpenAddress(load(), nobody);
  assertEquals([needsLogin(config), needsLogin(load(["--token", "t"])), needsLogin(load())], [
    true,
    true,
    false,
  ]);
  const open = load(["--host", "0.0.0.0", "--token", "t", "--allowed-hosts", "Box.lan, box"]);
  assertEquals(open.allowedHosts, ["box.lan", "box"]);
});

Deno.test("limits come from the file, variables and flags; 0 is none", () => {
  assertEquals(load().limits, {});
  const limited = { ...file, limits: { requestsPerMinute: 60, tokensPerMinute: 9_000 } };
  const read = (env: Record<string, string>) => loadConfig(limited, [], (name) => env[name]).limits;
  assertEquals(read({}), { requestsPerMinute: 60, tokensPerMinute: 9_000 });
  assertEquals(read({ FRESHET_REQUESTS_PER_MINUTE: "0", FRESHET_TOKENS_PER_MINUTE: "5" }), {
    tokensPerMinute: 5,
  });
  assertThrows(() => read({ FRESHET_TOKENS_PER_MINUTE: "-1" }), FreshetError, "FRESHET_TOKENS_PER_MINUTE");
  assertThrows(
    () => loadConfig({ ...file, limits: { requestsPerMinute: 0.5 } }, [], () => undefined),
    FreshetError,
    "Cannot read limits.requestsPerMinute",
  );
});

Deno.test("nonsense is named", () => {
  assertThrows(() => load(["--prot", "1"]), FreshetError, "Cannot read the flag --prot");
  assertThrows(() => load([], { PORT: "abc" }), FreshetError, "Cannot read PORT");
  assertThrows(() => load([], { PORT: "70000" }), FreshetError, "from 0 to 65535");
});
