import { createContext } from "preact";
import { useContext } from "preact/hooks";
import type { Painter } from "../../lib/client/canvas/painter.ts";
import type { EventStream } from "../../lib/client/event_stream.ts";
import type { SystemModel } from "../../lib/client/system/system_model.ts";
import type { ThresholdForm } from "../../lib/client/system/threshold_form.ts";
import type { Toasts } from "../../lib/client/toasts.ts";
import type { Translate } from "../../lib/shared/texts/mod.ts";

/** What the components of the machine's page share. */
export interface SystemScopeValue {
  t: Translate;
  /** "en" or "de". */
  language: string;
  model: SystemModel;
  thresholds: ThresholdForm;
  stream: EventStream;
  painter: Painter;
  toasts: Toasts;
  /** Tells of a failure in a toast. */
  report(error: unknown): void;
}

export const SystemContext = createContext<SystemScopeValue | null>(null);

/** What the machine's page shares. Throws outside of a `SystemPage`. */
export function useSystem(): SystemScopeValue {
  const value = useContext(SystemContext);
  if (!value) throw new Error("Cannot use the system's scope outside of a SystemPage");
  return value;
}
