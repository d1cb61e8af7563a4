import type { ServerPreset } from "../../../lib/client/settings/node_draft.ts";
import type { Translate } from "../../../lib/shared/texts/mod.ts";
import { Icon, type IconName } from "../../Icon.tsx";

/** The servers that can be added, each leading to its form. */
export function PresetTiles({ t, presets }: { t: Translate; presets: readonly ServerPreset[] }) {
  const local = presets.filter(({ hosted, id }) => !hosted && id !== "other");
  const hosted = presets.filter((preset) => preset.hosted);
  return (
    <>
      <h2 class="settings-title">{t("nodes.choose.local")}</h2>
      <ul class="tiles">
        {local.map(({ id, name, baseUrl }) => (
          <Tile key={id} id={id} icon="house" name={name} about={hostOf(baseUrl)} />
        ))}
        <Tile id="other" icon="server" name={t("nodes.choose.other")} about={t("nodes.choose.otherHint")} />
      </ul>
      <h2 class="settings-title">{t("nodes.choose.hosted")}</h2>
      <ul class="tiles">
        {hosted.map(({ id, name, baseUrl }) => (
          <Tile key={id} id={id} icon="globe" name={name} about={hostOf(baseUrl)} />
        ))}
      </ul>
    </>
  );
}

function Tile({ id, icon, name, about }: { id: string; icon: IconName; name: string; about: string }) {
  return (
    <li>
      <a class="tile" href={`/settings/nodes/add?server=${id}`}>
        <Icon name={icon} />
        <span class="tile__text">
          <span class="tile__name">{name}</span>
          <span class="tile__about">{about}</span>
        </span>
      </a>
    </li>
  );
}

function hostOf(url: string): string {
  return URL.parse(url)?.host ?? url;
}
