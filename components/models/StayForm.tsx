import { useState } from "preact/hooks";
import { formatMoment } from "../../lib/client/format.ts";
import type { ModelHolder } from "../../lib/shared/mod.ts";
import { ariaState } from "../aria.ts";
import { Icon } from "../Icon.tsx";
import { useModels } from "./context.ts";
import { HolderForm } from "./HolderForm.tsx";

/** How long a model may stay in memory after its last use, as Ollama takes it; -1 is for ever. */
const TIMES = ["5m", "30m", "1h", "4h", "24h", "-1"] as const;
/** What is to stay for ever leaves memory in some hundred years. */
const EVER_MS = 10 * 365 * 86_400_000;

/** How long a model stays in memory: what its server says, and the choice of another time. */
export function StayForm({ model, holder }: { model: string; holder: ModelHolder }) {
  const { open, toasts, now, t, language } = useModels();
  const [time, setTime] = useState<(typeof TIMES)[number]>("30m");
  const { nodeId, loaded, expiresAt } = holder;
  const isBusy = open.busy.value !== null;
  const set = async () => {
    if (isBusy || !await open.load({ nodeId, model }, time === "-1" ? -1 : time)) return;
    toasts.show({
      kind: "success",
      message: t("models.done.stay", { model, time: t(`models.stay.${time}`) }),
    });
  };
  return (
    <HolderForm at={{ nodeId, model }} intent="stay" class="model-holder__copy" run={() => void set()}>
      <select
        name="time"
        class="field__control"
        aria-label={t("models.stay")}
        value={time}
        onChange={(event) => setTime(TIMES.find((one) => one === event.currentTarget.value) ?? "30m")}
      >
        {TIMES.map((one) => (
          <option key={one} value={one} selected={one === time}>{t(`models.stay.${one}`)}</option>
        ))}
      </select>
      <button type="submit" class="button button--small" aria-disabled={ariaState(isBusy)}>
        <Icon name="clock" />
        {t("models.stay.set")}
      </button>
      {loaded && expiresAt !== undefined && (
        <p class="muted model-holder__stay">
          {expiresAt - now > EVER_MS
            ? t("models.stay.ever")
            : t("models.stay.until", { time: formatMoment(expiresAt, language) })}
        </p>
      )}
    </HolderForm>
  );
}
