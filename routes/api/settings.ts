import { define, endpoint, methods, operations, type Services } from "../../lib/app/mod.ts";
import type { Principal } from "../../lib/access/mod.ts";
import type { UiSettings } from "../../lib/shared/mod.ts";

export const handler = define.handlers(methods({
  GET: endpoint(operations.getSettings, ({ services, principal }) => services.preferences.get(principal)),
  PATCH: endpoint(operations.updateSettings, async ({ services, principal, body }) => {
    return tell(services, principal, await services.preferences.update(principal, body));
  }),
  DELETE: endpoint(operations.resetSettings, async ({ services, principal }) => {
    return tell(services, principal, await services.preferences.reset(principal));
  }),
}));

function tell({ feed }: Services, { profileId }: Principal, settings: UiSettings): UiSettings {
  feed.publish(profileId, { type: "settings:changed", settings });
  return settings;
}
