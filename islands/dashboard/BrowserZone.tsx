import { useEffect } from "preact/hooks";
import { tellZone } from "../../lib/client/dashboard/browser_zone.ts";

/** Tells the server the browser's time zone; it is nothing to see. */
export default function BrowserZone({ used, isChosen }: { used: string; isChosen: boolean }) {
  useEffect(() => {
    const page = {
      get cookie() {
        return document.cookie;
      },
      set cookie(text: string) {
        document.cookie = text;
      },
      reload: () => location.reload(),
    };
    tellZone(page, Intl.DateTimeFormat().resolvedOptions().timeZone, { used, isChosen });
  }, []);
  return null;
}
