/** A switch. */
interface ToggleField {
  control: "toggle";
  default: boolean;
}

/** A number within bounds. */
interface SliderField {
  control: "slider";
  default: number;
  min: number;
  max: number;
  step: number;
  unit?: "px" | "tokens" | "ms";
}

/** One of a few values. */
interface SelectField<Value extends string = string> {
  control: "select";
  default: Value;
  options: readonly Value[];
}

/** Free text of at most `maxLength` characters. */
interface TextField {
  control: "text";
  default: string;
  maxLength: number;
  multiline?: boolean;
}

/** The id of a model, or "" for the best one found. */
interface ModelField {
  control: "model";
  default: string;
}

/** How one setting is edited, and its default. */
export type SettingField = ToggleField | SliderField | SelectField | TextField | ModelField;

function select<const Value extends string>(
  options: readonly Value[],
  fallback: NoInfer<Value>,
): SelectField<Value> {
  return { control: "select", default: fallback, options };
}

function toggle(fallback: boolean): ToggleField {
  return { control: "toggle", default: fallback };
}

/**
 * Everything a person may customise about the interface, by group. The Settings page, the validation of what is stored and
 * the `ui` part of `fresh.config.ts` all come from this table; labels are the texts `settings.<key>`.
 */
export const SETTING_GROUPS = {
  appearance: {
    theme: select(["system", "deep-dark", "teal-lime", "llama", "light", "high-contrast"], "deep-dark"),
    density: select(["compact", "comfortable", "spacious"], "comfortable"),
    language: select(["auto", "en", "de"], "auto"),
    fontSize: { control: "slider", default: 16, min: 13, max: 22, step: 1, unit: "px" },
    codeFontSize: { control: "slider", default: 14, min: 10, max: 22, step: 1, unit: "px" },
    wrapCode: toggle(false),
    animations: toggle(true),
  },
  panels: {
    sidebar: toggle(true),
    runSettingsPanel: toggle(true),
    statusBar: toggle(true),
    tokenMeter: toggle(true),
  },
  chat: {
    defaultModel: { control: "model", default: "" },
    temperature: { control: "slider", default: 0.7, min: 0, max: 2, step: 0.05 },
    maxTokens: { control: "slider", default: 0, min: 0, max: 32768, step: 256, unit: "tokens" },
    systemPrompt: { control: "text", default: "", maxLength: 8000, multiline: true },
    sendWith: select(["enter", "ctrl-enter"], "enter"),
    localOnly: toggle(false),
    autoTitles: toggle(true),
    showReasoning: toggle(false),
    showMetrics: toggle(true),
    smoothText: toggle(true),
    followStream: toggle(true),
  },
} as const satisfies Record<string, Record<string, SettingField>>;

type Groups = typeof SETTING_GROUPS;
type FieldsOf<Group> = { [Key in keyof Group]: ValueOf<Group[Key]> };
type ValueOf<Field> = Field extends SelectField<infer Value> ? Value
  : Field extends ToggleField ? boolean
  : Field extends SliderField ? number
  : string;

/** The name of a group of settings. */
export type SettingGroup = keyof Groups;

/** All settings with their values. */
export type UiSettings =
  & FieldsOf<Groups["appearance"]>
  & FieldsOf<Groups["panels"]>
  & FieldsOf<Groups["chat"]>;

/** The name of a setting. */
export type SettingKey = keyof UiSettings;

/** Every field by its key, whatever its group. */
export const SETTING_FIELDS: Readonly<Record<SettingKey, SettingField>> = {
  ...SETTING_GROUPS.appearance,
  ...SETTING_GROUPS.panels,
  ...SETTING_GROUPS.chat,
};

/** The defaults of the table, before `fresh.config.ts` and a person's choices. */
export function defaultUiSettings(): UiSettings {
  return Object.fromEntries(
    Object.entries(SETTING_FIELDS).map(([key, field]) => [key, field.default]),
  ) as UiSettings;
}
