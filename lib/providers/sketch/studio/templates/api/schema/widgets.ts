// #put schema
import type { Rules } from "../validation.ts";

/** What a client sends. */
export interface WidgetInput {
  title: string;
}

/** What each field takes. */
export const widgetRules: Rules<WidgetInput> = {
  title: { type: "text", maxLength: 200, required: true },
};
// #end
