/* A piece of /widget.js: whether the page is light or dark. */

const DARK = matchMedia("(prefers-color-scheme: dark)");

/**
 * The theme of the page around an element: "light", "dark", or "page" where it is inherited.
 *
 * A page that has a color scheme hands it on to the styles of the element. One that has none is as
 * bright as what it is painted with; one that paints nothing is white.
 * `probe` is an element that the styles of the page do not reach.
 */
function themeAround(element, probe) {
  const declared = getComputedStyle(element).colorScheme !== "normal";
  if (declared || document.querySelector("meta[name='color-scheme' i]")) return "page";
  const painted = [document.body, document.documentElement].map((root) => brightness(root, probe));
  const known = painted.find((value) => value !== null) ?? 1;
  return known < 0.5 ? "dark" : "light";
}

/** How bright the background of an element is, 0 to 1; null where it has none of its own. */
function brightness(element, probe) {
  // In whatever notation a color is given, a mix of it is computed in sRGB.
  const { backgroundColor } = getComputedStyle(element);
  probe.style.color = `color-mix(in srgb, ${backgroundColor} 100%, black 0%)`;
  const numbers = getComputedStyle(probe).color.match(/-?\d[\d.e-]*/g);
  const [red, green, blue, opacity = 1] = numbers.map(Number);
  return opacity > 0.5 ? 0.2126 * red + 0.7152 * green + 0.0722 * blue : null;
}

/** Call `changed` whenever the theme of the page may have changed, until `signal` stops it. */
function watchTheme(changed, signal) {
  const roots = [document.documentElement, document.body];
  const observer = new MutationObserver(changed);
  for (const root of roots) observer.observe(root, { attributes: true });
  signal.addEventListener("abort", () => observer.disconnect());
  DARK.addEventListener("change", changed, { signal });
  addEventListener("load", changed, { signal });
  // A background that fades has its new color in the end.
  const ended = ({ target }) => roots.includes(target) && changed();
  document.addEventListener("transitionend", ended, { signal });
}
