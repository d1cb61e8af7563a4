import type { Device } from "../../lib/client/studio/preview/devices.ts";
import { DEVICES } from "../../lib/client/studio/preview/devices.ts";
import type { PreviewModel } from "../../lib/client/studio/preview/preview_model.ts";
import type { Translate } from "../../lib/shared/texts/mod.ts";
import { ariaState } from "../aria.ts";
import { Icon, type IconName } from "../Icon.tsx";

const DEVICE_ICONS: Readonly<Record<Device, IconName>> = {
  responsive: "maximize",
  phone: "smartphone",
  tablet: "tablet",
  desktop: "monitor",
};

/** What can be done with a preview. */
export function PreviewTools({ t, model, onDraw }: {
  t: Translate;
  model: PreviewModel;
  onDraw: (() => void) | undefined;
}) {
  const load = model.load.value;
  const picking = model.picking.value;
  return (
    <div class="preview__tools" role="group" aria-label={t("preview.tools")}>
      <DeviceChoice t={t} model={model} />
      <div class="preview__actions">
        <Tool
          icon="square-mouse-pointer"
          label={t("preview.pick")}
          pressed={picking}
          disabled={!load}
          onClick={() => model.setPicking(!picking)}
        />
        {onDraw && <Tool icon="pen-line" label={t("preview.draw")} disabled={!load} onClick={onDraw} />}
        <Tool
          icon="refresh-cw"
          label={t("preview.reload")}
          disabled={model.state.value === "empty"}
          onClick={() => model.reload().catch(reportError)}
        />
        {load && (
          <a
            class="icon-button"
            href={load.address.url}
            target="_blank"
            rel="noopener noreferrer"
            title={t("preview.openTab")}
            aria-label={t("preview.openTab")}
          >
            <Icon name="external-link" />
          </a>
        )}
      </div>
    </div>
  );
}

function DeviceChoice({ t, model }: { t: Translate; model: PreviewModel }) {
  return (
    <div class="segmented preview__devices" role="radiogroup" aria-label={t("preview.device")}>
      {DEVICES.map((device) => (
        <label key={device} class="segmented__option" title={t(`preview.device.${device}`)}>
          <input
            class="visually-hidden"
            type="radio"
            name="preview-device"
            value={device}
            checked={device === model.device.value}
            onChange={() =>
              void (model.device.value = device)}
          />
          <Icon name={DEVICE_ICONS[device]} />
          <span class="preview__device-name">{t(`preview.device.${device}`)}</span>
        </label>
      ))}
    </div>
  );
}

function Tool({ icon, label, pressed, disabled, onClick }: {
  icon: IconName;
  label: string;
  pressed?: boolean;
  disabled: boolean;
  onClick: () => void;
}) {
  return (
    <button
      type="button"
      class="icon-button"
      title={label}
      aria-label={label}
      aria-pressed={pressed === undefined ? undefined : ariaState(pressed)}
      disabled={disabled}
      onClick={onClick}
    >
      <Icon name={icon} />
    </button>
  );
}
