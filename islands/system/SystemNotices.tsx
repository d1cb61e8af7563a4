import { useEffect, useMemo } from "preact/hooks";
import { ToastList } from "../../components/ToastList.tsx";
import { ApiClient } from "../../lib/client/api_client.ts";
import { browserClock } from "../../lib/client/clock.ts";
import { EventStream } from "../../lib/client/event_stream.ts";
import { streamWhileSeen } from "../../lib/client/nodes/watch_nodes.ts";
import { alertToast } from "../../lib/client/system/alert_toast.ts";
import { Toasts } from "../../lib/client/toasts.ts";
import type { ProfileEvent } from "../../lib/shared/mod.ts";
import { type Texts, translateWith } from "../../lib/shared/texts/mod.ts";

const EVENTS = { headers: { accept: "text/event-stream" } };

/** Tells of the machine's thresholds on pages that do not listen to the profile's events for more. */
export default function SystemNotices({ texts }: { texts: Texts }) {
  const t = useMemo(() => translateWith(texts), [texts]);
  const toasts = useMemo(() => new Toasts(browserClock), []);
  useEffect(() => {
    const client = new ApiClient();
    const stream = new EventStream({
      clock: browserClock,
      open: (_, signal) => client.request("/api/events", EVENTS, { signal }),
      onEvent: ({ event, data }) => {
        if (event !== "system:alert" || !data) return;
        const told = JSON.parse(data) as ProfileEvent;
        if (told.type === "system:alert") toasts.show(alertToast(told.alert, t));
      },
    });
    return streamWhileSeen(stream, browserClock);
  }, []);
  return <ToastList toasts={toasts} t={t} label={t("alert.title")} place="top" />;
}
