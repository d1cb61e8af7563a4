import { z } from "zod";
import { defaultUiSettings, SETTING_FIELDS, type SettingField, type UiSettings } from "../shared/mod.ts";
import { keys, ReadCache, records, type Store } from "../store/mod.ts";
import type { Principal } from "./principal.ts";

/** What a person may change of the settings: any of them, within the bounds of the table. */
export const settingsPatchSchema = z.strictObject(
  Object.fromEntries(
    Object.entries(SETTING_FIELDS).map(([key, field]) => [key, fieldSchema(field).exactOptional()]),
  ),
).meta({ id: "SettingsPatch", description: "Settings to change; what is absent stays" });

/** A profile's choices, over the defaults of `fresh.config.ts`. */
export class Preferences {
  #store: Store;
  #defaults: UiSettings;
  #cache = new ReadCache((profileId) => this.#read(profileId));

  constructor(store: Store, fileDefaults: Partial<UiSettings>) {
    this.#store = store;
    this.#defaults = { ...defaultUiSettings(), ...fileDefaults };
  }

  /** All settings with their values. What was stored under bounds of an older table and no longer fits is left out. */
  get({ profileId }: Principal): Promise<UiSettings> {
    return this.#cache.get(profileId);
  }

  /** Keeps what the person changed; a value equal to the default is kept too, since defaults may change. */
  async update(principal: Principal, changes: Partial<UiSettings>): Promise<UiSettings> {
    const key = keys.settings(principal.profileId);
    for (;;) {
      const stored = await this.#store.get(records.settings, key);
      const value = { ...stored?.value, ...changes };
      const result = await this.#store.kv.atomic()
        .check({ key, versionstamp: stored?.versionstamp ?? null })
        .set(key, this.#store.encode(records.settings, value))
        .commit();
      if (result.ok) break;
    }
    this.#cache.forget(principal.profileId);
    return await this.get(principal);
  }

  /** Goes back to the defaults. */
  async reset(principal: Principal): Promise<UiSettings> {
    await this.#store.kv.delete(keys.settings(principal.profileId));
    this.#cache.forget(principal.profileId);
    return await this.get(principal);
  }

  /** Forgets what was read, as when another process has changed it. */
  forget(profileId: string): void {
    this.#cache.forget(profileId);
  }

  async #read(profileId: string): Promise<UiSettings> {
    const stored = await this.#store.get(records.settings, keys.settings(profileId));
    return { ...this.#defaults, ...stillValid(stored?.value ?? {}) };
  }
}

function fieldSchema(field: SettingField): z.ZodType {
  switch (field.control) {
    case "toggle":
      return z.boolean();
    case "slider":
      return z.number().min(field.min).max(field.max);
    case "select":
      return z.enum(field.options as readonly [string, ...string[]]);
    case "text":
      return z.string().max(field.maxLength);
    case "model":
      return z.string().max(300);
  }
}

function stillValid(stored: Partial<UiSettings>): Partial<UiSettings> {
  const entries = Object.entries(stored).filter(([key, value]) =>
    settingsPatchSchema.safeParse({ [key]: value }).success
  );
  return Object.fromEntries(entries) as Partial<UiSettings>;
}
