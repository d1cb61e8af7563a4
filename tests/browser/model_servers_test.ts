import { assertEquals } from "@std/assert";
import { AT_MACHINE } from "../../lib/access/mod.ts";
import type { NodeInfo, ProviderKind } from "../../lib/shared/mod.ts";
import { fakeLmStudio, fakeLocalAI, fakeOllama, fakeSites, LocalAIDisk } from "../fakes/mod.ts";
import { type BrowserTest, browserTest } from "./browser.ts";
import type { Site } from "./site.ts";

const GALLERY = [
  {
    name: "qwen3-8b",
    description: "Qwen3 is the latest generation of large language models in the Qwen series.",
    license: "apache-2.0",
    tags: ["llm", "gguf", "reasoning"],
    size: "5.2GB",
    bytes: 5_200_000_000,
    steps: 200,
  },
  { name: "qwen3-embedding-0.6b", description: "Embeddings", license: "apache-2.0", tags: ["embedding"] },
];
const BACKENDS = [
  { name: "llama-cpp", isInstalled: true, isSystem: true },
  { name: "vllm", description: "A fast engine for serving many at once", isInstalled: true },
  { name: "whisper", description: "Hears what is said", steps: 4 },
];

async function startWithServers(test: BrowserTest): Promise<{ site: Site; ids: Record<string, string> }> {
  const sites = test.use(
    await fakeSites({
      library: [
        {
          name: "qwen3",
          description: "Dense and mixture-of-experts models",
          sizes: ["0.6b", "8b", "235b"],
          abilities: ["tools"],
        },
        { name: "qwen-cloud", description: "Only there", abilities: ["cloud"] },
      ],
      repositories: [],
    }),
  );
  const addresses = { ollama: sites.url, huggingface: sites.url };
  const site = await test.start({}, { providers: { pollMs: 50 }, online: { addresses } });
  const loaded = [{ id: "qwen/qwen3-4b", config: { context_length: 8_192, flash_attention: true } }];
  const studio = test.use(
    await fakeLmStudio({ models: [{ key: "qwen/qwen3-4b", loaded }, { key: "openai/gpt-oss-20b" }] }),
  );
  const localai = test.use(
    await fakeLocalAI({ disk: new LocalAIDisk({ gallery: GALLERY, backends: BACKENDS }) }),
  );
  const ollama = test.use(await fakeOllama());
  const ids: Record<string, string> = {};
  const nodes: [string, ProviderKind, string][] = [
    ["Workstation", "ollama", ollama.url],
    ["Studio", "lmstudio", `${studio.url}/v1`],
    ["Rack", "localai", `${localai.url}/v1`],
  ];
  for (const [name, kind, baseUrl] of nodes) {
    ids[name] = (await site.app.json<NodeInfo>("POST", "/api/nodes", { name, kind, baseUrl }, 201)).id;
  }
  const { nodes: known, authenticator } = site.app.services;
  await known.catalog.refresh(await authenticator.authenticate(new Headers(), AT_MACHINE));
  return { site, ids };
}

for (const [width, kind] of [[1440, "desktop"], [820, "tablet"], [390, "phone"]] as const) {
  browserTest(`the pages of servers and of the search online are in order on a ${kind}`, async (test) => {
    const { site, ids } = await startWithServers(test);
    const page = await test.open(site, { path: "/models/servers", width, still: true });
    const { page: tab } = page;
    const current = tab.getByRole("navigation", { name: "What to look at" }).locator(
      '[aria-current="page"]',
    );
    const box = await current.boundingBox();
    assertEquals(
      (box?.x ?? -1) >= 0 && (box?.x ?? 0) + (box?.width ?? 0) <= width,
      true,
      "the view is in sight",
    );
    await page.assertAccessible(`servers on a ${kind}`);
    await page.screenshot(`models servers ${kind}`);
    await tab.getByRole("link", { name: "Open Studio" }).click();
    await tab.getByRole("listitem", { name: "qwen/qwen3-4b" }).getByText("Load anew with settings").click();
    await page.assertAccessible(`the settings of loading on a ${kind}`);
    await page.screenshot(`models lmstudio ${kind}`);
    await page.goto(`/models/servers/${ids.Rack}?gallery=qwen&backends=1&configure=phi-4-mini`);
    await page.assertAccessible(`a LocalAI on a ${kind}`);
    await page.screenshot(`models localai ${kind}`);
    await tab.getByRole("link", { name: "Online" }).click();
    await tab.getByRole("searchbox").fill("qwen");
    await page.button("Search online").click();
    await tab.getByRole("listitem", { name: "qwen3", exact: true }).getByText("about").first().waitFor();
    assertEquals(await tab.getByText("Only in Ollama's cloud").count(), 1);
    await page.assertAccessible(`what was found online on a ${kind}`);
    await page.screenshot(`models online ${kind}`);
  });
}

browserTest(
  "a model is loaded with settings, a file of settings saved, a gallery's model pulled, paused and cancelled",
  async (test) => {
    const { site, ids } = await startWithServers(test);
    const page = await test.open(site, { path: `/models/servers/${ids.Studio}`, width: 820, still: true });
    const { page: tab } = page;
    const qwen = tab.getByRole("listitem", { name: "qwen/qwen3-4b" });
    await qwen.getByText("Load anew with settings").click();
    await qwen.getByRole("spinbutton", { name: "Context length" }).fill("16384");
    await qwen.getByRole("combobox", { name: "Flash attention" }).selectOption("Off");
    await qwen.getByRole("button", { name: "Load", exact: true }).click();
    await tab.getByText("qwen/qwen3-4b is in memory").waitFor();
    await qwen.getByText("16384").waitFor();
    await qwen.getByRole("button", { name: "Unload" }).click();
    await tab.getByText("qwen/qwen3-4b was unloaded").waitFor();
    await page.goto(`/models/servers/${ids.Rack}?configure=phi-4-mini`);
    await tab.getByRole("spinbutton", { name: "Threads" }).fill("8");
    await page.button("Save settings").click();
    await tab.getByText("The settings of phi-4-mini were saved").waitFor();
    await tab.getByRole("searchbox", { name: "Search the gallery" }).fill("qwen3-8b");
    await tab.keyboard.press("Enter");
    await page.button("Download qwen3-8b").click();
    const item = tab.getByRole("list", { name: "Downloads" }).getByRole("listitem");
    await item.getByRole("progressbar", { name: "localai@qwen3-8b" }).waitFor();
    await page.button("Pause localai@qwen3-8b").click();
    await item.getByText("Paused", { exact: true }).waitFor();
    await page.reload();
    await item.getByText("Paused", { exact: true }).waitFor();
    await page.button("Go on with localai@qwen3-8b").click();
    await item.getByText("Downloading", { exact: true }).waitFor();
    await page.assertAccessible("a download that goes on in its server");
    await page.screenshot("models localai download");
    await page.button("Cancel localai@qwen3-8b").click();
    await item.waitFor({ state: "detached" });
  },
);
