import { useEffect, useState } from "preact/hooks";
import { NoticeList, type NoticeTexts } from "../../components/system/NoticeList.tsx";
import { listenForAlerts } from "../../lib/client/system/alert_listener.ts";
import type { SystemAlert } from "../../lib/shared/mod.ts";

/** More at once would cover the page. */
const MOST = 3;

/**
 * Tells of the machine's thresholds on pages that do not listen to the profile's events for more. It shares no module with
 * other islands: all pages would load more pieces for it.
 */
export default function SystemNotices({ texts, icons }: {
  texts: NoticeTexts;
  /** Where the icons are. */
  icons: string;
}) {
  const [alerts, setAlerts] = useState<readonly SystemAlert[]>([]);
  useEffect(() =>
    listenForAlerts((alert) => {
      // A figure has one notice: that it is over takes the place of that it began.
      setAlerts((shown) => [...shown.filter((one) => !isSameFigure(one, alert)), alert].slice(-MOST));
    }), []);
  const dismiss = (alert: SystemAlert) => setAlerts((shown) => shown.filter((one) => one !== alert));
  return <NoticeList alerts={alerts} texts={texts} icons={icons} onDismiss={dismiss} />;
}

/** Budgets are those of a key, which stands in the place of the machine. */
function isSameFigure(a: SystemAlert, b: SystemAlert): boolean {
  return a.figure === b.figure && (a.figure !== "budget" || a.host === b.host);
}
