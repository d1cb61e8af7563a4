import type { ReadonlySignal } from "@preact/signals";
import type { SaveState } from "../../lib/client/settings/settings_model.ts";
import { Icon } from "../Icon.tsx";
import { useSettings } from "./context.ts";

/** Says quietly that changes are kept. */
export function SaveStatus({ state }: { state: ReadonlySignal<SaveState> }) {
  const { t } = useSettings();
  return (
    <span class={`save-status save-status--${state.value}`} role="status">
      {state.value === "saving" && t("settings.saving")}
      {state.value === "saved" && (
        <>
          <Icon name="check" />
          {t("settings.saved")}
        </>
      )}
    </span>
  );
}
