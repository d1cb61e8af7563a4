import { createContext } from "preact";
import { useContext } from "preact/hooks";
import type { DownloadList } from "../../lib/client/models/download_list.ts";
import type { InstalledList } from "../../lib/client/models/installed_list.ts";
import type { OpenModel } from "../../lib/client/models/open_model.ts";
import type { Toasts } from "../../lib/client/toasts.ts";
import type { Translate } from "../../lib/shared/texts/mod.ts";

/** What the components of the page of models share. */
export interface ModelsScopeValue {
  t: Translate;
  /** "en" or "de". */
  language: string;
  /** Whether models may be changed, not only looked at. */
  canManage: boolean;
  installed: InstalledList;
  downloads: DownloadList;
  open: OpenModel;
  toasts: Toasts;
  /** The time that the page was rendered at (ms since 1970). */
  now: number;
  /** Tells of a failure in a toast. */
  report(error: unknown): void;
}

export const ModelsContext = createContext<ModelsScopeValue | null>(null);

/** What the page of models shares. Throws outside of a `ModelsScope`. */
export function useModels(): ModelsScopeValue {
  const value = useContext(ModelsContext);
  if (!value) throw new Error("Cannot use the models' scope outside of a ModelsScope");
  return value;
}
