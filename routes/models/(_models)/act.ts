import { requireScope } from "../../../lib/access/mod.ts";
import type { State } from "../../../lib/app/mod.ts";
import { FreshetError } from "../../../lib/shared/mod.ts";

/** Does what a posted form asks for. Throws a `FreshetError` where that is refused. */
export async function act({ services: { models }, principal }: State, form: URLSearchParams): Promise<void> {
  requireScope(principal, "admin");
  const id = form.get("id") ?? "";
  const place = { nodeId: form.get("node") ?? "", model: form.get("model")?.trim() ?? "" };
  switch (form.get("intent")) {
    case "download":
      await models.downloads.add(principal, place);
      return;
    case "pause":
      await models.downloads.pause(principal, id);
      return;
    case "resume":
      await models.downloads.resume(principal, id);
      return;
    case "remove":
      await models.downloads.remove(principal, id);
      return;
    case "load":
      await models.load(principal, place);
      return;
    case "keep":
      await models.load(principal, place, -1);
      return;
    case "stay": {
      const time = form.get("time") ?? "";
      if (!/^(-1|\d+[smh])$/.test(time)) {
        throw new FreshetError("invalid_request", "Choose how long it is to stay", { field: "time" });
      }
      await models.load(principal, place, time === "-1" ? -1 : time);
      return;
    }
    case "unload":
      await models.unload(principal, place);
      return;
    case "copy": {
      const name = form.get("name")?.trim() ?? "";
      if (name === "") throw new FreshetError("invalid_request", "Name the copy", { field: "name" });
      await models.copy(principal, place, name);
      return;
    }
    case "delete":
      await models.delete(principal, place);
      return;
    default:
      throw new FreshetError("invalid_request", "The form does not say what to do");
  }
}
