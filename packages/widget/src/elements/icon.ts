const paths = {
  thumb:
    "M7.5 10.5 11 4c1.6 0 2.6 1.3 2.3 2.8l-.6 2.7h4.9q2.4 0 2 2.4l-1.2 5.9q-.4 1.7-2 1.7H7.5zm0 0H4v9h3.5",
  star: "m12 3.6 2.6 5.2 5.7.8-4.1 4 1 5.7-5.2-2.7-5.1 2.7 1-5.7-4.2-4 5.8-.8z",
  bubble: "M3.5 6.5q0-2 2-2h13q2 0 2 2v8q0 2-2 2h-6.3L8 20.2v-3.7H5.5q-2 0-2-2z",
  cross: "m7 7 10 10M17 7 7 17",
};

/** Draws an icon in the colour of the text, 24 units square. What it means is said by the control around it. */
export const icon = (name: keyof typeof paths): SVGElement => {
  const create = (tag: string) => document.createElementNS("http://www.w3.org/2000/svg", tag) as SVGElement;
  const svg = create("svg");
  const path = create("path");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.ariaHidden = "true";
  path.setAttribute("d", paths[name]);
  svg.append(path);
  return svg;
};
