import { page } from "fresh";
import { type AboutData, AboutPage } from "../../components/settings/AboutPage.tsx";
import { SettingsFrame } from "../../components/settings/SettingsFrame.tsx";
import { type AppConfig, define } from "../../lib/app/mod.ts";
import { HOUSE_PROFILE } from "../../lib/shared/mod.ts";
import type { Translate } from "../../lib/shared/texts/mod.ts";
import project from "../../deno.json" with { type: "json" };

export const handler = define.handlers({
  async GET({ state, url }) {
    const { t, services } = state;
    const { config, profiles } = services;
    const isOpen = !services.needsLogin && !(await profiles.find(HOUSE_PROFILE))?.hasPassword;
    state.title = `${t("settings.about")} · ${t("app.name")}`;
    return page<AboutData>({ facts: factsOf(config, url.origin, isOpen, t), features: config.features });
  },
});

export default define.page<typeof handler>(({ data, state: { t } }) => (
  <SettingsFrame t={t} section="about">
    <AboutPage t={t} data={data} />
  </SettingsFrame>
));

function factsOf(config: AppConfig, origin: string, isOpen: boolean, t: Translate): AboutData["facts"] {
  return [
    { label: "about.version", value: project.version },
    { label: "about.address", value: origin, isCode: true },
    // A database's address may hold a secret after its host.
    config.kvUrl === undefined
      ? { label: "about.data", value: config.dataFolder, isCode: true }
      : { label: "about.database", value: URL.parse(config.kvUrl)?.host ?? "KV Connect", isCode: true },
    {
      label: "about.access",
      value: t(isOpen ? "about.access.open" : "about.access.login"),
    },
    {
      label: "about.encryption",
      value: t(config.encryptAll ? "about.encryption.all" : "about.encryption.keys"),
    },
    { label: "about.runtime", value: `Deno ${Deno.version.deno}, ${Deno.build.os} ${Deno.build.arch}` },
  ];
}
