import type { Feature, Features } from "../../lib/shared/mod.ts";
import type { TextKey, Translate } from "../../lib/shared/texts/mod.ts";
import { Icon } from "../Icon.tsx";
import { SectionHeader } from "./SectionHeader.tsx";

/** What the page about this Freshet says. */
export interface AboutData {
  facts: { label: TextKey; value: string; isCode?: boolean }[];
  features: Features;
}

/** Version, data, features, and where the API is described. */
export function AboutPage({ t, data }: { t: Translate; data: AboutData }) {
  const features = Object.entries(data.features) as [Feature, boolean][];
  return (
    <>
      <SectionHeader title={t("settings.about")} about={t("app.description")} />
      <dl class="settings-card facts">
        {data.facts.map(({ label, value, isCode }) => (
          <div key={label} class="facts__row">
            <dt>{t(label)}</dt>
            <dd>{isCode ? <code>{value}</code> : value}</dd>
          </div>
        ))}
      </dl>
      <h2 class="settings-title">{t("about.features")}</h2>
      <p class="muted settings-text">{t("about.features.text")}</p>
      <ul class="settings-card features">
        {features.map(([name, isOn]) => (
          <li key={name} class="setting setting--inline">
            <div class="setting__text">
              <span class="setting__label">{t(`about.feature.${name}`)}</span>
              <p class="setting__hint">
                {t(`about.feature.${name}.hint` as TextKey)}
              </p>
              <p class="setting__hint">
                <code>{`features.${name}: ${!isOn}`}</code> {t(isOn ? "about.switchOff" : "about.switchOn")}
              </p>
            </div>
            <span class={isOn ? "badge badge--accent" : "badge"}>
              {isOn && <Icon name="check" />}
              {t(isOn ? "about.on" : "about.off")}
            </span>
          </li>
        ))}
      </ul>
      <h2 class="settings-title">{t("about.api")}</h2>
      <p class="muted settings-text">{t("about.api.text")}</p>
      <p class="button-row">
        <a class="button" href="/docs/api">
          <Icon name="text-search" />
          {t("about.api.browse")}
        </a>
        <a class="button" href="/api/openapi.json">
          <Icon name="braces" />
          {t("about.api.openapi")}
        </a>
      </p>
    </>
  );
}
