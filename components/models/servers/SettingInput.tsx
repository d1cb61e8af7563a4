import type { ServerSetting, SettingValues } from "../../../lib/shared/mod.ts";
import type { Translate } from "../../../lib/shared/texts/mod.ts";

/** One setting of a server: what is left empty the server chooses. */
export function SettingInput({ field, value, problem, prefix, t }: {
  field: ServerSetting;
  value: SettingValues[string] | undefined;
  /** Why it was refused. */
  problem?: string | undefined;
  /** Tells the forms of a page apart. */
  prefix: string;
  t: Translate;
}) {
  const id = `${prefix}-${field.name.replaceAll(".", "-")}`;
  const range = field.type === "number"
    ? ` ${t("models.servers.range", { min: field.min, max: field.max })}.`
    : "";
  return (
    <div class={field.type === "text" && field.multiline ? "field server-setting--wide" : "field"}>
      <label class="field__label" for={id}>{t(`models.setting.${field.text}`)}</label>
      <Control field={field} id={id} value={value} isWrong={problem !== undefined} t={t} />
      <p id={`${id}-hint`} class="field__hint">{t(`models.setting.${field.text}.hint`)}.{range}</p>
      {problem && <p class="field__problem" role="alert">{problem}</p>}
    </div>
  );
}

function Control({ field, id, value, isWrong, t }: {
  field: ServerSetting;
  id: string;
  value: SettingValues[string] | undefined;
  isWrong: boolean;
  t: Translate;
}) {
  const common = {
    id,
    name: `setting.${field.name}`,
    class: "field__control",
    "aria-describedby": `${id}-hint`,
    ...(isWrong ? { "aria-invalid": "true" as const } : {}),
  };
  const text = value === undefined ? "" : `${value}`;
  const fallback = t("models.servers.default");
  switch (field.type) {
    case "number":
      return (
        <input
          {...common}
          type="number"
          inputMode="decimal"
          min={field.min}
          max={field.max}
          step={field.step}
          placeholder={fallback}
          value={text}
        />
      );
    case "text":
      return field.multiline
        ? <textarea {...common} rows={6} maxLength={field.maxLength} spellcheck={false}>{text}</textarea>
        : (
          <input
            {...common}
            type="text"
            maxLength={field.maxLength}
            placeholder={fallback}
            autocomplete="off"
            spellcheck={false}
            value={text}
          />
        );
    case "toggle":
    case "choice": {
      const options: [string, string][] = field.type === "choice"
        ? field.options.map((option) => [option, option])
        : [["true", t("models.servers.on")], ["false", t("models.servers.off")]];
      return (
        <select {...common}>
          <option value="">{fallback}</option>
          {options.map(([option, label]) => (
            <option key={option} value={option} selected={option === text}>{label}</option>
          ))}
        </select>
      );
    }
  }
}
