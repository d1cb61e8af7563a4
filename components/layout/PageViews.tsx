interface View {
  id: string;
  path: string;
  label: string;
}

/** The ways between the pages of one area, at the end of their heading's line. */
export function PageViews({ views, shown, label }: {
  views: readonly View[];
  /** The id of the page that is shown. */
  shown: string;
  /** What the pages have in common, for who does not see them. */
  label: string;
}) {
  return (
    <nav class="page-views" aria-label={label}>
      {views.map(({ id, path, label }) => (
        <a
          key={id}
          class="page-views__view"
          href={path}
          {...(id === shown ? { "aria-current": "page" } : {})}
        >
          {label}
        </a>
      ))}
    </nav>
  );
}
