import { useEffect, useState } from "preact/hooks";
import { formatNumber } from "../../../lib/client/format.ts";
import type { SettingField, SettingKey } from "../../../lib/shared/mod.ts";
import { ariaState } from "../../aria.ts";
import { Icon } from "../../Icon.tsx";
import { useSettings } from "../context.ts";
import { useFields } from "./context.ts";
import { rowIds, SettingRow } from "./SettingRow.tsx";

type Slider = Extract<SettingField, { control: "slider" }>;

/** A number, to slide or to type. What is typed and no such number is marked and not taken. */
export function SliderRow({ name, field }: { name: SettingKey; field: Slider }) {
  const { t, language } = useSettings();
  const { model } = useFields();
  const { control, label, hint } = rowIds(name);
  const value = Number(model.values.value[name]);
  const [typed, setTyped] = useState(String(value));
  useEffect(() => setTyped(String(value)), [value]);
  const isInvalid = !isWithin(typed, field);
  const onType = (text: string) => {
    setTyped(text);
    if (isWithin(text, field)) model.change({ [name]: Number(text) }, { pause: true });
  };
  const { min, max, step, unit } = field;
  return (
    <SettingRow name={name} kind="field">
      <div class="slider-field">
        <input
          class="slider needs-script"
          type="range"
          min={min}
          max={max}
          step={step}
          value={value}
          aria-labelledby={label}
          aria-describedby={hint}
          onInput={(event) => model.change({ [name]: event.currentTarget.valueAsNumber }, { pause: true })}
        />
        <span class="slider-field__number">
          <input
            id={control}
            name={name}
            class="field__control"
            type="number"
            inputMode="decimal"
            min={min}
            max={max}
            step={Number.isInteger(step) ? 1 : step}
            value={typed}
            aria-invalid={ariaState(isInvalid)}
            aria-describedby={isInvalid ? `${control}-problem` : hint}
            onInput={(event) => onType(event.currentTarget.value)}
          />
          {unit && <span class="slider-field__unit">{t(`settings.unit.${unit}`)}</span>}
        </span>
      </div>
      {isInvalid && (
        <p id={`${control}-problem`} class="field__problem" role="alert">
          <Icon name="circle-alert" />
          {t("settings.number", { min: formatNumber(min, language, 2), max: formatNumber(max, language, 2) })}
        </p>
      )}
    </SettingRow>
  );
}

function isWithin(text: string, { min, max, step }: Slider): boolean {
  const value = Number(text);
  if (text.trim() === "" || !(value >= min && value <= max)) return false;
  return !Number.isInteger(step) || Number.isInteger(value);
}
