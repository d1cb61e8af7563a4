import { useEffect, useState } from "preact/hooks";

/** Whether the keyboard is a Mac's; known after the first rendering. */
export function useIsMac(): boolean {
  const [isMac, setIsMac] = useState(false);
  useEffect(() => setIsMac(/mac|iphone|ipad/i.test(navigator.platform)), []);
  return isMac;
}
