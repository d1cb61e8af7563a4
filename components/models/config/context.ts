import { createContext } from "preact";
import { useContext } from "preact/hooks";
import type { ConfigForm } from "../../../lib/client/models/config/config_form.ts";
import type { ConfigModel } from "../../../lib/client/models/config/config_model.ts";
import type { Toasts } from "../../../lib/client/toasts.ts";
import type { Translate } from "../../../lib/shared/texts/mod.ts";
import type { ConfigNode } from "./page_data.ts";

/** What the components of the page share. */
export interface ConfigScopeValue {
  t: Translate;
  /** "en" or "de". */
  language: string;
  model: ConfigModel;
  form: ConfigForm;
  nodes: readonly ConfigNode[];
  toasts: Toasts;
  /** The time that the page was rendered at (ms since 1970). */
  now: number;
  report(error: unknown): void;
}

export const ConfigContext = createContext<ConfigScopeValue | null>(null);

/** What the page of a configuration shares. Throws outside of its scope. */
export function useConfig(): ConfigScopeValue {
  const value = useContext(ConfigContext);
  if (!value) throw new Error("Cannot use the configuration's scope outside of a ConfigScope");
  return value;
}
