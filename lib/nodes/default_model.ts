import type { ModelEntry } from "../shared/mod.ts";
import { canChat } from "./catalog.ts";

/** The model to answer with when nobody chose one: a wished one where it is there, else loaded, else first by priority. */
export function defaultModel(models: ModelEntry[], wished: string): string {
  const chatting = models.filter(canChat);
  if (wished && chatting.some(({ id }) => id === wished)) return wished;
  const real = chatting.filter(({ nodes }) => nodes.some(({ kind }) => kind !== "sketch"));
  const best = real.find(({ loaded }) => loaded) ?? real[0] ?? chatting[0];
  return best?.id ?? "";
}
