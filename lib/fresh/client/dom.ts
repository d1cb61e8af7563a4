/** Whether a node is a comment that starts with this marker; `/fi` is the end of `fi`. */
export function isMarker(node: Node, marker: string): node is Comment {
  return node.nodeType === Node.COMMENT_NODE && (node as Comment).data.split(":")[0] === marker;
}

/** What a marker says after its name, decoded. */
export function markerParts(marker: Comment): string[] {
  return marker.data.split(":").slice(1).map(decodeURIComponent);
}

/** The comment that ends what a marker starts: siblings of the same marker may be nested in between. */
export function endOf(start: Comment, marker: string): Comment {
  let depth = 1;
  for (let node = start.nextSibling; node; node = node.nextSibling) {
    if (isMarker(node, marker)) depth++;
    else if (isMarker(node, `/${marker}`) && --depth === 0) return node;
  }
  // The HTML parser moves some markup, such as a <tr> that is in no <tbody>.
  throw new Error(`Cannot revive ${start.data}: its end is not beside it (is its markup valid where it is?)`);
}

/** The attributes of an element as Preact's props. */
export function attributesOf(element: Element): Record<string, unknown> {
  const props: Record<string, unknown> = {};
  for (const { name, value } of element.attributes) {
    // Preact would take these for listeners and refs; on the element itself they stay as they are.
    if (name.startsWith("on") || name === "ref") continue;
    const isFlag = value === "" && typeof (element as unknown as Record<string, unknown>)[name] === "boolean";
    props[name] = isFlag || value;
  }
  return props;
}
