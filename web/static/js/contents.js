/* What a page contains: beside the page the list is open, and tells which part is being read. */

const BESIDE = matchMedia("(min-width: 60rem)");
/* Pixels below the top of the window where a heading is read. */
const READ = 120;

const contents = document.querySelector(".contents");
const links = [...contents.querySelectorAll("a")];
const headings = links.map((link) => document.getElementById(decodeURIComponent(link.hash.slice(1))));
const { open } = contents;

let waiting = false;

function follow() {
  waiting = false;
  const passed = headings.findLastIndex((heading) => heading.getBoundingClientRect().top < READ);
  const ends = scrollY > 0 && scrollY + innerHeight >= document.documentElement.scrollHeight - 1;
  const read = ends ? links.at(-1) : links[Math.max(0, passed)];
  if (!BESIDE.matches || read.ariaCurrent) return;
  for (const link of links) link.ariaCurrent = link === read ? "true" : null;
  // Only the list scrolls: what is being read stays.
  const [at, seen] = [read, contents].map((one) => one.getBoundingClientRect());
  if (at.top < seen.top || at.bottom > seen.bottom) contents.scrollTop += at.top - seen.top - seen.height / 2;
}

function stand() {
  contents.open = open || BESIDE.matches;
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
stand();
