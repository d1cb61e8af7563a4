import type { ContainerNode } from "preact";

/**
 * Lets Preact render between two comments, as if the nodes there were the children of an element of their own: an island may
 * have siblings, and any number of nodes at its top.
 */
export function rootBetween(start: Comment, end: Comment): ContainerNode {
  const parent = () => end.parentNode as ParentNode & Node;
  const isBeforeEnd = (node: Node) =>
    (end.compareDocumentPosition(node) & Node.DOCUMENT_POSITION_PRECEDING) !== 0;
  const root = {
    nodeType: 1,
    ownerDocument: document,
    namespaceURI: (parent() as Element).namespaceURI,
    get parentNode() {
      return parent();
    },
    get childNodes() {
      const nodes: Node[] = [];
      for (let node = start.nextSibling; node && node !== end; node = node.nextSibling) nodes.push(node);
      return nodes;
    },
    get firstChild() {
      return start.nextSibling === end ? null : start.nextSibling;
    },
    contains: (node: Node) => parent().contains(node),
    // Preact looks past comments for the node to insert before, so it may name one behind the end.
    insertBefore: (node: Node, before: Node | null) =>
      parent().insertBefore(node, before && isBeforeEnd(before) ? before : end),
    appendChild: (node: Node) => parent().insertBefore(node, end),
    removeChild: (node: Node) => parent().removeChild(node),
  };
  return root as unknown as ContainerNode;
}
