/** Puts an element into the document's head: in the place of the entry that it stands for, else at the end. */
export function placeHeadEntry(wanted: Element): void {
  if (wanted.localName === "title") {
    document.title = wanted.textContent ?? "";
    return;
  }
  const present = findEntry(wanted);
  if (present === undefined) document.head.append(wanted);
  else if (!present.isEqualNode(wanted)) present.replaceWith(wanted);
}

/** The entry with the same key; without one that with the same id, a `<meta>` of the same name, or an equal one. */
function findEntry(wanted: Element): Element | undefined {
  const rivals = [...document.head.querySelectorAll(wanted.localName)];
  const same = (name: string) => {
    const value = wanted.getAttribute(name);
    return value === null ? undefined : rivals.find((rival) => rival.getAttribute(name) === value);
  };
  if (wanted.hasAttribute("data-key")) return same("data-key");
  return same("id") ?? (wanted.localName === "meta" ? same("name") : undefined) ??
    rivals.find((rival) => rival.isEqualNode(wanted));
}
