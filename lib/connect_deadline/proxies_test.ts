import { assertEquals } from "@std/assert";
import { readProxies } from "./proxies.ts";

/** Whether a proxy takes the request, as Deno's `fetch` was seen to decide. */
function takes(variables: Record<string, string>, url: string): boolean {
  return readProxies((name) => variables[name]).take(new URL(url));
}

Deno.test("a proxy is for its scheme, or for all", () => {
  const seen = ["HTTPS_PROXY", "https_proxy", "HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"].map((
    name,
  ) => [
    name,
    takes({ [name]: "http://proxy:1" }, "https://a.test/"),
    takes({ [name]: "http://proxy:1" }, "http://a.test/"),
  ]);
  assertEquals(seen, [
    ["HTTPS_PROXY", true, false],
    ["https_proxy", true, false],
    ["HTTP_PROXY", false, true],
    ["http_proxy", false, true],
    ["ALL_PROXY", true, true],
    ["all_proxy", true, true],
  ]);
  assertEquals([takes({}, "https://a.test/"), takes({ HTTPS_PROXY: "" }, "https://a.test/")], [false, false]);
});

Deno.test("NO_PROXY is read as Deno reads it", () => {
  const cases: [string, string, boolean][] = [
    ["", "https://a.test/", true],
    [",", "https://a.test/", true],
    ["*", "https://a.test/", false],
    ["*", "https://10.0.0.1/", true],
    ["a.test", "https://a.test:8443/", false],
    ["x, a.test", "https://a.test/", false],
    ["x a.test", "https://a.test/", true],
    ["a.test", "https://b.a.test/", false],
    ["a.test", "https://ba.test/", true],
    [".a.test", "https://b.a.test/", false],
    [".a.test", "https://a.test/", false],
    ["*.a.test", "https://b.a.test/", true],
    ["a.test:443", "https://a.test/", true],
    ["A.TEST", "https://a.test/", true],
    ["10.0.0.1", "https://10.0.0.1/", false],
    ["10.0.0.0/8", "https://10.9.9.9/", false],
    ["10.0.0.0/8", "https://11.0.0.1/", true],
    ["10.0.0.0/99", "https://10.0.0.1/", true],
    ["0.0.1", "https://10.0.0.1/", true],
    ["::1", "https://[::1]/", false],
    ["fd00::/8", "https://[fd12::1]/", false],
    ["[::1]", "https://[::1]/", true],
  ];
  for (const [NO_PROXY, url, expected] of cases) {
    const variables = { HTTPS_PROXY: "http://proxy:1", NO_PROXY };
    assertEquals(takes(variables, url), expected, `${NO_PROXY} and ${url}`);
  }
  assertEquals(takes({ ALL_PROXY: "socks5://p", no_proxy: "a.test" }, "https://a.test/"), false);
  // An empty one in capitals goes before the other.
  assertEquals(takes({ ALL_PROXY: "socks5://p", NO_PROXY: "", no_proxy: "a.test" }, "https://a.test/"), true);
});

Deno.test("without the permission to read the environment, everything counts as taken by a proxy", async () => {
  const module = new URL("./proxies.ts", import.meta.url).href;
  const code = `import { readProxies } from "${module}";
    Deno.exit(readProxies().take(new URL("https://a.test/")) ? 7 : 1);`;
  const file = await Deno.makeTempFile({ suffix: ".ts" });
  await Deno.writeTextFile(file, code);
  const { code: exit } = await new Deno.Command(Deno.execPath(), {
    args: ["run", "--no-config", "--no-prompt", "--allow-read", file],
    stderr: "null",
  }).output();
  await Deno.remove(file);
  assertEquals(exit, 7);
});
