import { assert, assertEquals, assertFalse, assertMatch, assertStringIncludes } from "@std/assert";
import { App, csp, type CSPOptions } from "../mod.ts";
import { request } from "../testdata/request.ts";

const HEADER = "content-security-policy";

async function policy(options?: CSPOptions, header = HEADER): Promise<string> {
  const app = new App().use(csp(options)).get("/", (ctx) => ctx.text("x"));
  const response = await request(app, "/");
  await response.body?.cancel();
  return response.headers.get(header) ?? "";
}

Deno.test("there is a default policy", async () => {
  assertMatch(
    await policy(),
    /^default-src 'self'; script-src 'self' 'unsafe-inline'; .*; upgrade-insecure-requests$/,
  );
});

Deno.test("directives join the default policy, in place of those of the same name", async () => {
  const text = await policy({ csp: ["img-src *", "frame-src 'none';"] });
  assertStringIncludes(text, "img-src *;");
  assertFalse(text.includes("img-src 'self'"));
  assert(text.endsWith("frame-src 'none'"));
});

Deno.test("with a default-src they are the whole policy", async () => {
  assertEquals(
    await policy({ csp: ["default-src 'none'", "img-src 'self'"] }),
    "default-src 'none'; img-src 'self'",
  );
});

Deno.test("a policy may be reported on only", async () => {
  const options = { reportOnly: true, reportTo: "/reports", csp: ["default-src 'self'"] };
  assertEquals(await policy(options), "");
  assertEquals(
    await policy(options, `${HEADER}-report-only`),
    "default-src 'self'; report-to csp-endpoint; report-uri /reports",
  );
  assertEquals(await policy(options, "reporting-endpoints"), 'csp-endpoint="/reports"');
});

Deno.test("with useNonce the nonce of the page takes the place of unsafe-inline", async () => {
  const app = new App()
    .use(csp({ useNonce: true }))
    .get("/page", (ctx) => ctx.render(<style>{"a {}"}</style>))
    .get("/text", (ctx) => ctx.text("x"));
  const page = await request(app, "/page");
  const nonce = /<style nonce="(\w+)">/.exec(await page.text())?.[1];
  const text = page.headers.get(HEADER) ?? "";
  assertStringIncludes(text, `script-src 'self' 'nonce-${nonce}'; style-src 'self' 'nonce-${nonce}'`);
  assertFalse(text.includes("unsafe-inline"));
  const plain = await request(app, "/text");
  assertStringIncludes(plain.headers.get(HEADER) ?? "", "script-src 'self' 'unsafe-inline'");
  await plain.body?.cancel();
});
