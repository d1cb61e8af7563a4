import { assertEquals } from "@std/assert";
import { defaultUiSettings, SETTING_FIELDS } from "../shared/mod.ts";
import { keys, openStore, records } from "../store/mod.ts";
import { localPrincipal, Preferences, settingsPatchSchema } from "./mod.ts";

Deno.test("a person's choices go over the file's defaults, those over the table's", async () => {
  const store = await openStore({ folder: ":memory:" });
  const preferences = new Preferences(store, { theme: "llama", temperature: 0.2 });
  assertEquals((await preferences.get(localPrincipal)).theme, "llama");
  const changed = await preferences.update(localPrincipal, { theme: "light" });
  assertEquals([changed.theme, changed.temperature, changed.density], ["light", 0.2, "comfortable"]);
  await Promise.all([
    preferences.update(localPrincipal, { fontSize: 18 }),
    preferences.update(localPrincipal, { density: "compact" }),
  ]);
  const again = new Preferences(store, {});
  assertEquals(await again.get(localPrincipal), {
    ...defaultUiSettings(),
    theme: "light",
    fontSize: 18,
    density: "compact",
  });
  assertEquals((await preferences.reset(localPrincipal)).theme, "llama");
  assertEquals((await again.get({ ...localPrincipal, profileId: "other" })).theme, defaultUiSettings().theme);
  store.close();
});

Deno.test("what another process has changed is read once it is known of", async () => {
  const store = await openStore({ folder: ":memory:" });
  const [here, elsewhere] = [new Preferences(store, {}), new Preferences(store, {})];
  await here.get(localPrincipal);
  await elsewhere.update(localPrincipal, { fontSize: 18 });
  here.forget("other");
  assertEquals((await here.get(localPrincipal)).fontSize, defaultUiSettings().fontSize);
  here.forget(localPrincipal.profileId);
  assertEquals((await here.get(localPrincipal)).fontSize, 18);
  store.close();
});

Deno.test("what was stored and no longer fits the table is left out", async () => {
  const store = await openStore({ folder: ":memory:" });
  const stored = { theme: "gone", fontSize: 99, density: "compact", old: 1 } as never;
  await store.kv.set(keys.settings("local"), store.encode(records.settings, stored));
  const settings = await new Preferences(store, {}).get(localPrincipal);
  assertEquals(settings, { ...defaultUiSettings(), density: "compact" });
  store.close();
});

Deno.test("the schema takes every default of the table and nothing out of bounds", () => {
  assertEquals(settingsPatchSchema.safeParse(defaultUiSettings()).success, true);
  for (const [key, field] of Object.entries(SETTING_FIELDS)) {
    const wrong = field.control === "slider" ? field.max + 1 : field.control === "toggle" ? "yes" : 5;
    assertEquals(settingsPatchSchema.safeParse({ [key]: wrong }).success, false, key);
  }
  assertEquals(settingsPatchSchema.safeParse({ unknown: 1 }).success, false);
});
