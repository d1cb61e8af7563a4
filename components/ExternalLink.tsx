import type { ComponentChildren } from "preact";
import { Icon } from "./Icon.tsx";

/** A link to another site, which opens in a tab of its own and says so. */
export function ExternalLink({ href, newTab, class: classes = "external-link", children }: {
  href: string;
  /** How "opens a new tab" reads in the page's language. */
  newTab: string;
  class?: string;
  children: ComponentChildren;
}) {
  return (
    <a class={classes} href={href} target="_blank" rel="noreferrer">
      {children}
      <Icon name="external-link" />
      <span class="visually-hidden">({newTab})</span>
    </a>
  );
}
