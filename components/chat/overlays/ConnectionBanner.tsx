import { Icon } from "../../Icon.tsx";
import { usePage } from "../context.ts";

/** Says that the connection is lost, and when it is tried again. */
export function ConnectionBanner() {
  const { events, chat, t } = usePage();
  const stream = events.value;
  const isLost = stream?.state.value === "waiting";
  const seconds = stream?.secondsLeft.value ?? 0;
  const retry = () => {
    stream?.retryNow();
    chat.retryNow();
  };
  return (
    <div role="alert">
      {isLost && (
        <div class="banner">
          <Icon name="wifi-off" />
          <span>{t("connection.lost")}</span>
          <span class="banner__count" aria-hidden="true">{t("connection.retryIn", { seconds })}</span>
          <button type="button" class="banner__button" onClick={retry}>{t("connection.retry")}</button>
        </div>
      )}
    </div>
  );
}
