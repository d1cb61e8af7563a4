import type { State } from "../../../lib/app/mod.ts";
import { FreshetError } from "../../../lib/shared/mod.ts";
import { changesOfForm, settingsOfForm } from "./settings_form.ts";

/** Does what a form of a server's page asks for; resolves to the address to go to. Throws where that is refused. */
export async function actOnServer(
  { services, principal }: State,
  nodeId: string,
  form: URLSearchParams,
): Promise<string> {
  const { servers } = services.models;
  const path = `/models/servers/${encodeURIComponent(nodeId)}`;
  const model = form.get("model") ?? "";
  const name = form.get("backend") ?? "";
  const done = (action: string) => `${path}?${new URLSearchParams({ done: action, model })}`;
  switch (form.get("intent")) {
    case "load": {
      const { models } = await servers.survey(principal, nodeId);
      const fields = models.find(({ id }) => id === model)?.fields ?? [];
      await servers.load(principal, nodeId, model, settingsOfForm(form, fields));
      return done("load");
    }
    case "unload":
      await servers.unload(principal, nodeId, model);
      return done("unload");
    case "configure": {
      const { fields, values } = await servers.configuration(principal, nodeId, model);
      await servers.configure(principal, nodeId, model, changesOfForm(form, fields, values));
      return done("configure");
    }
    case "install-backend":
    case "delete-backend": {
      const change = form.get("intent") === "install-backend" ? "install" : "delete";
      const job = await servers.changeBackend(principal, nodeId, name, change);
      return `${path}?${new URLSearchParams({ backends: "1", job: job.id, name })}#backends`;
    }
    default:
      throw new FreshetError("invalid_request", "The form does not say what to do");
  }
}
