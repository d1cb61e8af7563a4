import { requireScope } from "../../../lib/access/mod.ts";
import type { State } from "../../../lib/app/mod.ts";
import { modelsOf } from "../../../lib/client/nodes/alias_list.ts";
import { movedTo, placeOf, tiersOf } from "../../../lib/client/nodes/tiers.ts";
import { FreshetError } from "../../../lib/shared/mod.ts";

/** Does what a posted form asks for. Throws a `FreshetError` where that is refused. */
export async function act({ services: { nodes }, principal }: State, form: URLSearchParams): Promise<void> {
  requireScope(principal, "admin");
  const id = form.get("id") ?? "";
  const name = form.get("name")?.trim() ?? "";
  const intent = form.get("intent");
  switch (intent) {
    case "enable":
    case "disable":
      await nodes.update(principal, id, { enabled: intent === "enable" });
      return;
    case "drain":
    case "resume":
      await nodes.update(principal, id, { draining: intent === "drain" });
      return;
    case "earlier":
    case "later": {
      const all = await nodes.registry.list(principal);
      if (!all.some((node) => node.id === id && node.origin !== "builtin" && node.origin !== "config")) {
        throw new FreshetError("not_found", "There is no such node that can be moved");
      }
      const tiers = tiersOf(all);
      await nodes.reorder(
        principal,
        movedTo(tiers, id, placeOf(tiers, id) + (intent === "earlier" ? -1 : 1)),
      );
      return;
    }
    case "test": {
      const { ok, message, hint } = await nodes.test(principal, id);
      if (!ok) throw new FreshetError("upstream", message, hint ? { hint } : {});
      return;
    }
    case "cancel":
      nodes.cancelQueued(principal, id);
      return;
    case "alias":
      await nodes.aliases.set(principal, name, modelsOf({ name, models: form.get("models") ?? "" }));
      return;
    case "unalias":
      await nodes.aliases.delete(principal, name);
      return;
    default:
      throw new FreshetError("invalid_request", "The form does not say what to do");
  }
}
