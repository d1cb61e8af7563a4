import type { ComponentChildren } from "preact";
import { momentWords, shortDigest } from "./config_words.ts";
import { useConfig } from "./context.ts";

/** A digest with its moment, and whether it is what the name leads to now; what else is told of it comes between and after. */
export function DigestEntry({ digest, at, isNow, words, children }: {
  digest: string;
  /** ms since 1970. */
  at: number;
  isNow: boolean;
  /** How it came to be. */
  words?: string;
  children?: ComponentChildren;
}) {
  const { t, language } = useConfig();
  return (
    <li class="config-history__entry">
      <code title={digest}>{shortDigest(digest)}</code>
      {words && <span>{words}</span>}
      <time class="muted" dateTime={new Date(at).toISOString()}>{momentWords(at, language)}</time>
      {isNow && <span class="badge">{t("modelConfig.now")}</span>}
      {children}
    </li>
  );
}
