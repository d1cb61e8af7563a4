import { Icon } from "../Icon.tsx";

/** The way from a page to the one that it belongs to, above its heading. */
export function BackLink({ href, label }: { href: string; label: string }) {
  return (
    <a class="page-back" href={href}>
      <Icon name="chevron-left" />
      {label}
    </a>
  );
}
