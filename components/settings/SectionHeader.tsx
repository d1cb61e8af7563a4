import type { ComponentChildren } from "preact";

/** What a section begins with. */
export function SectionHeader({ title, about, level = 1, children }: {
  title: string;
  about?: string;
  /** 2 where the list of sections has the page's heading. */
  level?: 1 | 2;
  /** Beside the title. */
  children?: ComponentChildren;
}) {
  const Heading = level === 1 ? "h1" : "h2";
  return (
    <header class="section-header">
      <div class="section-header__row">
        <Heading id="section-title" class="section-header__title" tabIndex={-1}>{title}</Heading>
        {children}
      </div>
      {about && <p class="muted">{about}</p>}
    </header>
  );
}
