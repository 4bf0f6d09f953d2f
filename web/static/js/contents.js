/* What a page contains: beside the page the list is open, and tells which part is being read; above it,
   on a phone, it is folded. */

const BESIDE = matchMedia("(min-width: 60rem)");
/* Pixels below the top of the window where a heading is read. */
const READ = 120;

const contents = document.querySelector(".contents");
const links = [...contents.querySelectorAll("a")];
const headings = links.map((link) => document.getElementById(decodeURIComponent(link.hash.slice(1))));

let waiting = false;
/* The part that the address leads to, and how far the page was scrolled then. */
let led = {};

/* Where one reads: near the top, and farther down the nearer the end of the page is, at which the
   window shows all that is left. */
function reading() {
  const left = document.documentElement.scrollHeight - innerHeight - scrollY;
  const passed = scrollY > 0 ? Math.max(0, 1 - left / innerHeight) : 0;
  return READ + passed * (innerHeight - READ);
}

function follow() {
  waiting = false;
  const line = reading();
  const passed = headings.findLastIndex((heading) => heading.getBoundingClientRect().top < line);
  if (led.at !== scrollY) led = {};
  const read = led.link ?? links[Math.max(0, passed)];
  if (!BESIDE.matches || read.ariaCurrent) return;
  for (const link of links) link.ariaCurrent = link === read ? "true" : null;
  // Only the list scrolls: what is being read stays.
  const [at, seen] = [read, contents].map((one) => one.getBoundingClientRect());
  if (at.top < seen.top || at.bottom > seen.bottom) contents.scrollTop += at.top - seen.top - seen.height / 2;
}

function arrive() {
  led = { at: scrollY, link: links.find((link) => link.hash === location.hash) };
  follow();
}

function stand() {
  contents.open = BESIDE.matches;
  follow();
}

addEventListener(
  "scroll",
  () => {
    if (!waiting) requestAnimationFrame(follow);
    waiting = true;
  },
  { passive: true },
);
BESIDE.addEventListener("change", stand);
addEventListener("hashchange", arrive);
stand();
