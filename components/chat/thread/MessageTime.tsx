import { formatMoment, formatTime } from "../../../lib/client/format.ts";
import { usePage } from "../context.ts";

/** When a message was made. */
export function MessageTime({ at }: { at: number }) {
  const { language } = usePage().data;
  return (
    <time class="message__time" dateTime={new Date(at).toISOString()} title={formatMoment(at, language)}>
      {formatTime(at, language)}
    </time>
  );
}
