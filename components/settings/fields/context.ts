import { createContext } from "preact";
import { useContext } from "preact/hooks";
import type { ReadonlySignal } from "@preact/signals";
import type { SettingsModel } from "../../../lib/client/settings/settings_model.ts";
import type { ModelEntry } from "../../../lib/shared/mod.ts";

/** What the fields of a group of settings share. */
export interface FieldsValue {
  model: SettingsModel;
  models: ReadonlySignal<readonly ModelEntry[]>;
  /** The model that answers when nobody chose. */
  bestModel: string;
}

export const FieldsContext = createContext<FieldsValue | null>(null);

/** The settings that the fields edit. Throws outside of a group of settings. */
export function useFields(): FieldsValue {
  const value = useContext(FieldsContext);
  if (!value) throw new Error("Cannot use fields of settings outside of their group");
  return value;
}
