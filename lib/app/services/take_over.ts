import { endRevokedElsewhere, localPrincipal, profilesChangedElsewhere } from "../../access/mod.ts";
import { nodesChangedElsewhere } from "../../nodes/mod.ts";
import type { SharedFeedOptions } from "../../store/mod.ts";
import type { Access } from "./access.ts";
import type { Foundation } from "./foundation.ts";
import type { InferenceServices } from "./inference.ts";

/** What keeps copies of records in this process. */
type Caches =
  & Pick<Foundation, "revocations" | "store" | "feed">
  & Pick<Access, "preferences" | "profiles" | "apiKeys">
  & Pick<InferenceServices, "nodes" | "models">;

/** Drops what another instance has changed, or may have; without an event, that is everything. */
export async function takeOver(
  { nodes, models, preferences, profiles, apiKeys, revocations, store, feed }: Caches,
  profileId: string,
  event: Parameters<SharedFeedOptions["onElsewhere"]>[1],
): Promise<void> {
  if (!event || event.type === "settings:changed") preferences.forget(profileId);
  if (!event || event.type === "profiles:changed") {
    await profilesChangedElsewhere(profiles, revocations);
    for (const { id } of await profiles.list()) void feed.hear(id);
  }
  if (!event || event.type === "api_keys:changed" || event.type === "sessions:changed") {
    await endRevokedElsewhere(store, revocations, profileId);
    await apiKeys.changedElsewhere(profileId);
  }
  if (!event || event.type === "nodes:changed") {
    models.digests.forget();
    await nodesChangedElsewhere(nodes, { ...localPrincipal, profileId });
  }
}
