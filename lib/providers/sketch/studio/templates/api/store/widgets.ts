import type { WidgetInput } from "../schema/widgets.ts";
import { Collection } from "./collection.ts";

/** Where ~widgets~ are kept. */
export type Widgets = Collection<WidgetInput>;

/** An empty store of ~widgets~. */
export function createWidgets(): Widgets {
  return new Collection<WidgetInput>();
}
