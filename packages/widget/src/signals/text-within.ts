/**
 * The text of an element or a shadow tree, with that of the open shadow trees inside it; of a selection, only as much of
 * it as is selected. Style sheets and scripts are no text.
 */
export const textWithin = (tree: Element | ShadowRoot, selected?: AbstractRange): string => {
  const root = tree.getRootNode();
  const range = document.createRange();
  range.selectNodeContents(root);
  if (selected) {
    // An end in another tree leaves this one open, unless it stands within: then its host is where it is.
    const start = standIn(root, selected.startContainer);
    const end = standIn(root, selected.endContainer);
    if (!start && !end) return "";
    if (start) range.setStart(start, start === selected.startContainer ? selected.startOffset : 0);
    if (end) range.setEnd(end, end === selected.endContainer ? selected.endOffset : 0);
  }
  const { startContainer, startOffset, endContainer, endOffset } = range;

  const read = (node: Node): string => {
    if (!range.intersectsNode(node) || /^(STYLE|SCRIPT)$/.test(node.nodeName)) return "";
    if (node instanceof Text)
      return node.data.slice(
        node === startContainer ? startOffset : 0,
        node === endContainer ? endOffset : undefined,
      );
    const { shadowRoot } = node as Element;
    const children = Array.from(node.childNodes, read).join("");
    if (!shadowRoot) return children;
    const isCut = node.contains(startContainer) || node.contains(endContainer);
    return textWithin(shadowRoot, isCut ? selected : undefined) + children;
  };
  return read(tree);
};

/** A node, or the host of the shadow tree it is in, as a node of the tree under `root`; nothing if it is elsewhere. */
const standIn = (root: Node, node: Node | undefined): Node | undefined =>
  !node || node.getRootNode() === root
    ? node
    : standIn(root, (node.getRootNode() as Partial<ShadowRoot>).host);
