import type { State } from "../../../../lib/app/mod.ts";

/** Names the page in the browser. */
export function setTitle(state: State, title: string): void {
  state.title = `${title} · ${state.t("app.name")}`;
}
