import { formatBytes, formatWindow } from "../../../lib/client/format.ts";
import type { ServerModel, SettingValues } from "../../../lib/shared/mod.ts";
import type { Translate } from "../../../lib/shared/texts/mod.ts";
import { Icon } from "../../Icon.tsx";
import type { ServerPageData } from "./page_data.ts";
import { SettingInput } from "./SettingInput.tsx";

interface CardProps {
  data: ServerPageData;
  model: ServerModel;
  t: Translate;
  language: string;
}

/** A model of a server: whether it is in memory and with what, and what can be done with it. */
export function ServerModelCard({ data, model, t, language }: CardProps) {
  const { server } = data;
  const { id, title, loaded } = model;
  const path = `/models/servers/${encodeURIComponent(server.nodeId)}`;
  const can = (ability: typeof server.can[number]) => server.can.includes(ability);
  return (
    <li class="server-model" aria-label={id}>
      <div class="server-model__head">
        <h3 class="server-model__title">{title}</h3>
        {title !== id && <code class="server-model__id">{id}</code>}
        {loaded.length > 0 && <span class="badge badge--healthy">{t("models.servers.inMemory")}</span>}
        <span class="muted">{factsOf(model, language)}</span>
      </div>
      {loaded.map((instance) => (
        <LoadedWith key={instance.id} settings={instance.settings} model={model} t={t} />
      ))}
      <div class="server-model__actions">
        {can("load") && loaded.length === 0 && (
          <Act path={path} intent="load" model={id} icon="zap" label={t("models.load")} />
        )}
        {can("unload") && loaded.length > 0 && (
          <Act path={path} intent="unload" model={id} icon="power" label={t("models.unload")} />
        )}
        {can("configure") && (
          <a class="button button--small" href={`${path}?configure=${encodeURIComponent(id)}#configure`}>
            <Icon name="sliders-horizontal" />
            {t("models.servers.configure")}
          </a>
        )}
      </div>
      {can("settings") && model.fields.length > 0 && (
        <LoadForm {...{ data, model, t, language }} path={path} />
      )}
    </li>
  );
}

/** A button that posts; pages of servers work without a script. */
export function Act({ path, intent, model, icon, label }: {
  path: string;
  intent: string;
  model: string;
  icon: "zap" | "power";
  label: string;
}) {
  return (
    <form method="post" action={path}>
      <input type="hidden" name="intent" value={intent} />
      <input type="hidden" name="model" value={model} />
      <button type="submit" class="button button--small" aria-label={`${label}: ${model}`}>
        <Icon name={icon} />
        {label}
      </button>
    </form>
  );
}

function LoadForm({ data, model, t, path }: CardProps & { path: string }) {
  const { id, fields, loaded } = model;
  const refused = data.refusal?.intent === "load" && data.refusal.model === id ? data.refusal : null;
  const values = refused?.values ?? loaded[0]?.settings ?? {};
  return (
    <details class="server-model__settings" open={refused !== null}>
      <summary>
        {t(loaded.length > 0 ? "models.servers.reloadSettings" : "models.servers.loadSettings")}
      </summary>
      <form method="post" action={path} class="server-settings" aria-label={id}>
        <input type="hidden" name="intent" value="load" />
        <input type="hidden" name="model" value={id} />
        {fields.map((field) => (
          <SettingInput
            key={field.name}
            prefix={`load-${data.server.models.indexOf(model)}`}
            field={field}
            value={values[field.name]}
            problem={refused?.field === field.name ? refused.message : undefined}
            t={t}
          />
        ))}
        <p class="server-settings__end">
          <button type="submit" class="button button--primary">
            <Icon name="zap" />
            {t("models.load")}
          </button>
          <span class="muted">{t("models.servers.wait")}</span>
        </p>
      </form>
    </details>
  );
}

function LoadedWith({ settings, model, t }: { settings: SettingValues; model: ServerModel; t: Translate }) {
  const entries = Object.entries(settings);
  if (entries.length === 0) return <p class="muted">{t("models.servers.untold")}</p>;
  const nameOf = (name: string) => {
    const field = model.fields.find((one) => one.name === name);
    return field ? t(`models.setting.${field.text}`) : name;
  };
  const valueOf = (value: string | number | boolean) =>
    typeof value === "boolean" ? t(value ? "models.servers.on" : "models.servers.off") : `${value}`;
  return (
    <dl class="server-model__loaded" aria-label={t("models.servers.loadedWith")}>
      {entries.map(([name, value]) => (
        <div key={name}>
          <dt>{nameOf(name)}</dt>
          <dd>{valueOf(value)}</dd>
        </div>
      ))}
    </dl>
  );
}

function factsOf(
  { parameters, quantization, sizeBytes, contextLength }: ServerModel,
  language: string,
): string {
  return [
    parameters,
    quantization,
    sizeBytes === undefined ? undefined : formatBytes(sizeBytes, language),
    contextLength === undefined ? undefined : formatWindow(contextLength, language),
  ].filter(Boolean).join(" · ");
}
