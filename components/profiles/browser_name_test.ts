import { assertEquals } from "@std/assert";
import { browserOf } from "./browser_name.ts";

const AGENTS: Record<string, [string, string] | null> = {
  "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0": ["Firefox", "Linux"],
  "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0 Safari/537.36 Edg/126.0":
    ["Edge", "Windows"],
  "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.4 Safari/605.1.15":
    ["Safari", "macOS"],
  "Mozilla/5.0 (iPhone; CPU iPhone OS 17_4 like Mac OS X) AppleWebKit/605.1.15 CriOS/126.0 Safari/604.1": [
    "Chrome",
    "iOS",
  ],
  "Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0 Mobile Safari/537.36":
    [
      "Chrome",
      "Android",
    ],
  "curl/8.5.0": null,
};

Deno.test("a browser is told by what it calls itself", () => {
  for (const [agent, expected] of Object.entries(AGENTS)) {
    const found = browserOf(agent);
    assertEquals(found && [found.browser, found.system], expected, agent);
  }
});
