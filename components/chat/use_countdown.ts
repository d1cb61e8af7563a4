import { useEffect, useMemo } from "preact/hooks";
import { Countdown } from "../../lib/client/countdown.ts";
import { usePage } from "./context.ts";

/** Seconds until a moment (ms since 1970); 0 where there is none. */
export function useCountdown(until: number | undefined): number {
  const { clock } = usePage();
  const countdown = useMemo(() => new Countdown(clock), []);
  useEffect(() => {
    const seconds = until === undefined ? 0 : (until - clock.now()) / 1000;
    if (seconds > 0) countdown.start(seconds);
    return () => countdown.stop();
  }, [until]);
  return countdown.secondsLeft.value;
}
