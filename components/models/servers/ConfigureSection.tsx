import type { Translate } from "../../../lib/shared/texts/mod.ts";
import { Icon } from "../../Icon.tsx";
import type { ServerPageData } from "./page_data.ts";
import { SettingInput } from "./SettingInput.tsx";

/** The settings in the file of a model, where one was opened. */
export function ConfigureSection({ data, path, t }: { data: ServerPageData; path: string; t: Translate }) {
  const { configuration: open, refusal } = data;
  if (!open) return null;
  const { model, configuration: { fields, values } } = open;
  const refused = refusal?.intent === "configure" && refusal.model === model ? refusal : null;
  return (
    <section id="configure" class="server-section server-section--raised" aria-labelledby="server-configure">
      <h2 id="server-configure">{t("models.servers.configure")}: {model}</h2>
      <p class="muted">{t("models.servers.configureAbout")}</p>
      <form method="post" action={path} class="server-settings">
        <input type="hidden" name="intent" value="configure" />
        <input type="hidden" name="model" value={model} />
        {fields.map((field) => (
          <SettingInput
            key={field.name}
            prefix="configure"
            field={field}
            value={(refused?.values ?? values)[field.name]}
            problem={refused?.field === field.name ? refused.message : undefined}
            t={t}
          />
        ))}
        <p class="server-settings__end">
          <button type="submit" class="button button--primary">
            <Icon name="check" />
            {t("models.servers.save")}
          </button>
          <a class="button" href={path}>{t("models.servers.close")}</a>
        </p>
      </form>
    </section>
  );
}
