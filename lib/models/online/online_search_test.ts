import { assertEquals, assertRejects } from "@std/assert";
import { FreshetError } from "../../shared/mod.ts";
import { localPrincipal } from "../../access/mod.ts";
import { FakeClock } from "../../host/testing.ts";
import { type FakeServer, fakeSites, type FakeSitesOptions } from "../../../tests/fakes/mod.ts";
import { variantsOf } from "./huggingface_search.ts";
import { OnlineSearch } from "./online_search.ts";

const LIBRARY = [
  {
    name: "qwen3",
    description: "Qwen3 is the latest generation &amp; dense",
    sizes: ["0.6b", "8b", "8x7b"],
    abilities: ["tools", "thinking"],
    pulls: "12.3M",
  },
  { name: "someone/qwen-tuned", sizes: [] },
  { name: "qwen-cloud", abilities: ["cloud"] },
];
const REPOSITORIES = [
  {
    id: "bartowski/Qwen3-8B-GGUF",
    downloads: 1_234,
    tags: ["license:apache-2.0", "region:us"],
    files: {
      "README.md": 10,
      "Qwen3-8B-Q8_0.gguf": 8_700,
      "Qwen3-8B-Q4_K_M.gguf": 5_000,
      "mmproj-Qwen3-8B-F16.gguf": 600,
      "BF16/Qwen3-8B-BF16-00001-of-00002.gguf": 9_000,
      "BF16/Qwen3-8B-BF16-00002-of-00002.gguf": 7_000,
    },
  },
  { id: "meta/Qwen-gated-GGUF", gated: "manual" as const, files: { "qwen.Q4_0.gguf": 100 } },
  { id: "empty/Qwen-GGUF", files: { "README.md": 1 } },
];

async function withSites(
  options: FakeSitesOptions,
  fn: (search: OnlineSearch, server: FakeServer, clock: FakeClock) => Promise<void>,
): Promise<void> {
  await using server = await fakeSites({ library: LIBRARY, repositories: REPOSITORIES, ...options });
  const clock = new FakeClock();
  const addresses = { ollama: server.url, huggingface: server.url };
  await fn(new OnlineSearch({ clock, fetch, addresses }), server, clock);
}

Deno.test("Ollama's library is searched by its page, with sizes reckoned of the parameters", () =>
  withSites({}, async (search) => {
    const { models } = await search.search(localPrincipal, "ollama", "qwen");
    assertEquals(models.map(({ id }) => id), ["qwen3", "someone/qwen-tuned", "qwen-cloud"]);
    const [qwen, tuned, cloud] = models;
    assertEquals(qwen?.description, "Qwen3 is the latest generation & dense");
    assertEquals([qwen?.downloads, qwen?.tags], [12_300_000, ["tools", "thinking"]]);
    assertEquals(qwen?.variants.map(({ label, sizeBytes }) => [label, sizeBytes]), [
      ["0.6b", 390_000_000],
      ["8b", 5_200_000_000],
      ["8x7b", 36_400_000_000],
    ]);
    assertEquals(qwen?.variants[1]?.names, { ollama: "qwen3:8b", localai: "ollama://qwen3:8b" });
    assertEquals([tuned?.variants[0]?.names.ollama, tuned?.url], [
      "someone/qwen-tuned:latest",
      "https://ollama.com/someone/qwen-tuned",
    ]);
    assertEquals(cloud?.variants, []);
    assertEquals((await search.search(localPrincipal, "ollama", "nothing of that")).models, []);
  }));

Deno.test("Hugging Face's repositories come with their files, parts summed up, and names for each kind of server", () =>
  withSites({}, async (search, server) => {
    const { models } = await search.search(localPrincipal, "huggingface", "qwen");
    assertEquals(models.map(({ id, isGated }) => [id, isGated]), [
      ["bartowski/Qwen3-8B-GGUF", false],
      ["meta/Qwen-gated-GGUF", true],
    ]);
    const [qwen] = models;
    assertEquals([qwen?.downloads, qwen?.tags], [1_234, ["license:apache-2.0"]]);
    assertEquals(qwen?.variants.map(({ label, sizeBytes }) => [label, sizeBytes]), [
      ["Q4_K_M", 5_000],
      ["Q8_0", 8_700],
      ["BF16", 16_000],
    ]);
    assertEquals(qwen?.variants[0]?.names, {
      ollama: "hf.co/bartowski/Qwen3-8B-GGUF:Q4_K_M",
      lmstudio: "hf.co/bartowski/Qwen3-8B-GGUF:Q4_K_M",
      localai: "huggingface://bartowski/Qwen3-8B-GGUF/Qwen3-8B-Q4_K_M.gguf",
    });
    assertEquals(qwen?.variants[2]?.names.localai, "hf.co/bartowski/Qwen3-8B-GGUF:BF16");
    const asked = server.requests[0]?.query;
    assertEquals([asked?.get("search"), asked?.get("filter")], ["qwen", "gguf"]);
  }));

Deno.test("what was found is kept for five minutes, and nothing is asked without words or where it is off", () =>
  withSites({}, async (search, server, clock) => {
    const ask = () => search.search(localPrincipal, "ollama", " Qwen3 ");
    await ask();
    await ask();
    assertEquals(server.requests.length, 1);
    await clock.advance(5 * 60_000);
    await ask();
    assertEquals(server.requests.length, 2);
    const empty = await assertRejects(() => search.search(localPrincipal, "ollama", "  "), FreshetError);
    assertEquals(empty.code, "invalid_request");
    const off = new OnlineSearch({ clock });
    assertEquals(off.isOn, false);
    const refused = await assertRejects(() => off.search(localPrincipal, "ollama", "qwen"), FreshetError);
    assertEquals([refused.code, server.requests.length], ["unsupported", 2]);
  }));

Deno.test("what goes wrong on the internet is told in words", async () => {
  const cases: [FakeSitesOptions, string, string][] = [
    [{ trouble: { status: 429, headers: { "retry-after": "30" } } }, "rate_limited", "limits the requests"],
    [{ trouble: { status: 503 } }, "upstream", "status 503"],
    [{ trouble: { status: 302, headers: { location: "http://elsewhere.test/" } } }, "upstream", "redirects"],
    [{ trouble: "cut" }, "unreachable", "Cannot reach"],
    [{ trouble: "garbage" }, "upstream", "Cannot read the answer"],
  ];
  for (const [options, code, words] of cases) {
    await withSites(options, async (search) => {
      for (const source of ["ollama", "huggingface"] as const) {
        const error = await assertRejects(
          () => search.search(localPrincipal, source, "qwen"),
          FreshetError,
          words,
        );
        assertEquals(error.code, code);
      }
    });
  }
});

Deno.test("files whose quantisation nobody can tell, or that say no size, are taken for what they are", () => {
  assertEquals(variantsOf("a/b", [{ rfilename: "model.gguf", size: 1 }, { rfilename: 7 }, null]), []);
  assertEquals(variantsOf("a/b", "nothing"), []);
  const [variant] = variantsOf("a/b", [{ rfilename: "x-UD-IQ2_XXS.gguf" }]);
  assertEquals([variant?.label, variant?.sizeBytes], ["UD-IQ2_XXS", null]);
});
