/** px that are kept free around a popover. */
const MARGIN = 8;

/** Puts an open popover beside what it belongs to: below it where there is room, else above, and always within the page. */
export function placePopover(
  popover: HTMLElement,
  anchor: HTMLElement,
  align: "start" | "end" = "start",
): void {
  const at = anchor.getBoundingClientRect();
  const { offsetWidth: width, offsetHeight: height } = popover;
  const left = align === "start" ? at.left : at.right - width;
  const below = at.bottom + 4;
  const top = below + height > innerHeight - MARGIN ? at.top - height - 4 : below;
  popover.style.left = `${Math.max(MARGIN, Math.min(left, innerWidth - width - MARGIN))}px`;
  popover.style.top = `${Math.max(MARGIN, Math.min(top, innerHeight - height - MARGIN))}px`;
}
