/** Whether a click on a link means to follow it here; with a key it means a tab of its own, or something else. */
export function isPlainClick(event: MouseEvent): boolean {
  return event.button === 0 && !event.ctrlKey && !event.metaKey && !event.shiftKey && !event.altKey;
}
