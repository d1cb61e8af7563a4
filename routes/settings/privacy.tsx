import { resolve } from "node:path";
import { page } from "fresh";
import { PRIVACY_PERIODS, type PrivacyData, PrivacyPage } from "../../components/settings/PrivacyPage.tsx";
import { SettingsFrame } from "../../components/settings/SettingsFrame.tsx";
import { contactViews, define, folderSize, proxyVariables, readForm } from "../../lib/app/mod.ts";

export const handler = define.handlers({
  async GET({ state, url: { searchParams: query } }) {
    const { t, services, principal } = state;
    const { dataFolder, kvUrl } = services.config;
    state.title = `${t("settings.privacy")} · ${t("app.name")}`;
    const days = PRIVACY_PERIODS.find((period) => String(period) === query.get("days")) ?? 30;
    const folder = dataFolder === ":memory:" ? null : resolve(dataFolder);
    return page<PrivacyData>({
      folder,
      // A database's address may hold a secret after its host.
      database: kvUrl === undefined ? null : URL.parse(kvUrl)?.host ?? "KV Connect",
      size: folder === null ? null : await folderSize(folder),
      contacts: await contactViews(services, principal, days),
      days,
      proxies: proxyVariables(),
      searches: services.config.features.onlineSearch,
      confirming: query.get("ask") === "clear",
      cleared: query.has("cleared"),
    });
  },
  async POST(ctx) {
    const form = await readForm(ctx.req);
    if (form.get("intent") !== "clear") return ctx.redirect("/settings/privacy", 303);
    await ctx.state.services.contacts.clear();
    return ctx.redirect("/settings/privacy?cleared", 303);
  },
});

export default define.page<typeof handler>(({ data, state: { t, language } }) => (
  <SettingsFrame t={t} section="privacy">
    <PrivacyPage t={t} language={language} data={data} />
  </SettingsFrame>
));
