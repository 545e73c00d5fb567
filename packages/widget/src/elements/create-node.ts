import { icon } from "./icon.ts";

/**
 * Creates an element with attributes and children. Text becomes text nodes and nothing is parsed as HTML, so
 * that it works under the strictest Content-Security-Policy and Trusted Types.
 */
export const createNode = <Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  attributes: Readonly<Record<string, string>>,
  ...children: readonly (Node | string)[]
): HTMLElementTagNameMap[Tag] => {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
  node.append(...children);
  return node;
};

/** Creates a button that shows its label, or an icon that is named by it. */
export const createButton = (
  part: string,
  label: string,
  onClick: () => void,
  iconName?: Parameters<typeof icon>[0],
): HTMLButtonElement => {
  const button = createNode("button", { part }, iconName ? icon(iconName) : label);
  if (iconName) button.ariaLabel = button.title = label;
  button.onclick = onClick;
  return button;
};

/** Shows or hides a node. Focus that would be lost with it goes to the heir, never to the page's body. */
export const show = (node: HTMLElement, visible: boolean, heir: HTMLElement): void => {
  const orphan = !visible && node.matches(":focus-within");
  node.hidden = !visible;
  if (orphan) heir.focus();
};
