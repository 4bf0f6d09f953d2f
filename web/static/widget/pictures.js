/* A piece of /widget.js: the pictures of its buttons. */

const SVG = "http://www.w3.org/2000/svg";
const SPEECH = "M4 4h16v12H11l-5 4v-4H4z";
const CROSS = "M5 5l14 14M19 5L5 19";
const PLUS = "M12 5v14M5 12h14";
const THUMB = "M7 10v11H3V10zM9 10l4-8c1.7 0 3 1.3 3 3l-.6 4H20a2 2 0 0 1 2 2.3l-1.4 8A2 2 0 0 1 18.6 21H9z";
const TICK = "M5 12.5l4.5 4.5L19 7.5";
const SHEETS = "M9 9h11v11H9zM5 15H4V4h11v1";

/** A picture of one line. */
function icon(path) {
  const [svg, line] = ["svg", "path"].map((tag) => document.createElementNS(SVG, tag));
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("aria-hidden", "true");
  line.setAttribute("d", path);
  svg.append(line);
  return svg;
}

/** A button that is a picture. */
function pictured(name, path, attributes = {}) {
  return make("button", { type: "button", "aria-label": name, title: name, ...attributes }, icon(path));
}
