/**
 * The content security policy of a preview. `base` is the address below which its files are, ending in a slash.
 *
 * `sandbox` without `allow-same-origin` gives the page an origin of its own that is equal to no other, in a tab of its own too:
 * no cookies, no storage, no way into the page around it. That origin is why `'self'` is not used, which browsers read
 * differently there: sources are named by their address down to the token, so that nothing else of this server can be
 * loaded or asked, and nothing of the internet.
 *
 * `allow-downloads` lets a page hand over a file that it made, such as a calendar entry or an export. That is what any page may
 * do and no way out of the sandbox: the file is saved, not opened, under the browser's own checks, which also ask before a
 * page saves more than one without a click. What it can hold is what the page holds, which can read nothing but itself.
 */
export function previewPolicy(
  { base, bridge, embedders }: { base: string; bridge: string; embedders: readonly string[] },
): string {
  return [
    "sandbox allow-scripts allow-forms allow-downloads",
    "default-src 'none'",
    `script-src ${base} ${bridge} 'unsafe-inline' 'unsafe-eval' blob: data:`,
    `style-src ${base} 'unsafe-inline' blob: data:`,
    `img-src ${base} blob: data:`,
    `media-src ${base} blob: data:`,
    `font-src ${base} blob: data:`,
    `connect-src ${base} blob: data:`,
    `manifest-src ${base}`,
    "worker-src blob: data:",
    "frame-src 'none'",
    "object-src 'none'",
    `base-uri ${base}`,
    `form-action ${base}`,
    `frame-ancestors ${embedders.join(" ") || "'none'"}`,
  ].join("; ");
}
