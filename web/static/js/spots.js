/* The dots of the map: where each is, which are lit, and which names have room. */

import { plain } from "./plain.js";

/* A dot grows with the zoom, but by less: at a phone's width dots would hide each other. */
const SMALLEST = 0.6;
const LARGEST = 1.25;

/* So many lit dots have their names shown, whether there is room or not. */
const MOST_TOLD = 12;

/* What a dot takes on either side, where its name begins, and the height of a line. */
const DOT = 8;
const NAME = 15;
const LINE = 16;
const NO_PLACE = Infinity;

export class Spots {
  /* The dot that is looked at, if any. */
  seen = null;
  #byElement;
  #category;
  /* The dots that are searched for, if any. */
  #sought;
  /* Whether there are so few that all names are shown. */
  #areFew;
  /* What lies over the drawing and hides names: left, right, top and bottom, in its pixels. */
  covered;

  constructor(svg, camera) {
    this.svg = svg;
    this.#areFew = svg.classList.contains("few");
    this.camera = camera;
    this.links = svg.querySelector(".links");
    this.paths = svg.querySelector(".paths");
    this.all = [...svg.querySelectorAll(".spot")].map((element) => ({
      element,
      ...placeOf(element),
      links: element.dataset.links.split(" ").filter(Boolean).map(Number),
      category: element.dataset.category,
      name: element.getAttribute("aria-label"),
      path: element.getAttribute("href"),
      given: element.classList.contains("lit"),
    }));
    this.#byElement = new Map(this.all.map((spot) => [spot.element, spot]));
    this.enter(this.all.at(-1));
    this.#light();
  }

  /** The dot that an element belongs to. */
  of(element) {
    return this.#byElement.get(element.closest?.(".spot"));
  }

  linked(spot) {
    return spot.links.map((number) => this.all[number]);
  }

  /** One dot is on the way of the Tab key, the arrows lead to the others. */
  enter(spot) {
    for (const { element } of this.all) element.setAttribute("tabindex", "-1");
    spot?.element.setAttribute("tabindex", "0");
  }

  /** The nearest dot in a direction, the straight way before the slanting one. */
  next(from, right, down) {
    let best;
    for (const spot of this.all) {
      const x = spot.x - from.x;
      const y = spot.y - from.y;
      const ahead = x * right + y * down;
      const aside = Math.abs(x * down) + Math.abs(y * right);
      const cost = ahead + 2 * aside;
      if (ahead > 0 && aside <= 2 * ahead && !(best?.cost <= cost)) best = { spot, cost };
    }
    return best?.spot;
  }

  /** The dot that is seen nearest to a point, if it is no further away than so many pixels. */
  nearest(x, y, within) {
    let best = { away: within };
    for (const spot of this.all) {
      const seen = this.camera.seen(spot);
      const away = Math.hypot(seen.x - x, seen.y - y);
      if (away <= best.away) best = { spot, away };
    }
    return best.spot;
  }

  /** Put every dot where the camera sees it. */
  draw() {
    const { scale, left, top } = this.camera;
    const smaller = Math.min(scale.x, scale.y);
    for (const spot of this.all) {
      const { x, y } = this.camera.seen(spot);
      spot.element.setAttribute("transform", `translate(${x.toFixed(1)} ${y.toFixed(1)})`);
      spot.element.classList.toggle("named", this.#areFew || smaller >= spot.from);
    }
    if (this.#areFew) this.#placeNames();
    for (const path of [this.links, this.paths]) {
      path.setAttribute("transform", `matrix(${scale.x} 0 0 ${scale.y} ${left} ${top})`);
    }
    const size = Math.min(Math.max(Math.sqrt(smaller), SMALLEST), LARGEST);
    this.svg.style.setProperty("--size", size);
    this.#makeRoom();
  }

  /** Look at one dot, or at none: it, its links and what they lead to stand out. */
  look(spot) {
    this.seen = spot;
    const near = new Set(spot ? [spot, ...this.linked(spot)] : []);
    for (const one of this.all) {
      one.element.classList.toggle("near", near.has(one));
      one.element.classList.toggle("seen", one === spot);
    }
    this.svg.classList.toggle("looking", spot !== null);
    this.#drawLinks();
    this.#makeRoom();
  }

  /** Light up what has these letters in its name, and tell what has; nothing typed, what the page has lit. */
  find(text) {
    const query = plain(text);
    return this.#seek(query && this.all.filter(({ name }) => plain(name).includes(query)));
  }

  /** Light up the first dots that lead to these paths, in their order, and tell which these are. */
  choose(paths, most) {
    const found = paths.flatMap((path) => this.all.filter((spot) => spot.path === path));
    return this.#seek(found.slice(0, most));
  }

  #seek(spots) {
    this.#sought = spots || undefined;
    this.#light();
    return spots || [];
  }

  /** Light up one category, or, without one, what was lit before. */
  only(category) {
    this.#category = category;
    this.#light();
  }

  /** Move to where the dots of another view are, in so many milliseconds, until `signal` ends it. */
  glide(elements, duration, signal) {
    const targets = [...elements].map(placeOf);
    const starts = this.all.map(({ x, y }) => ({ x, y }));
    this.all.forEach((spot, number) => {
      spot.from = targets[number].from;
      spot.element.classList.toggle("leftward", elements[number].classList.contains("leftward"));
    });
    const began = performance.now();
    const step = (now) => {
      if (signal.aborted) return;
      const share = duration ? Math.min(Math.max(now - began, 0) / duration, 1) : 1;
      const eased = share * share * (3 - 2 * share);
      this.all.forEach((spot, number) => {
        spot.x = starts[number].x + (targets[number].x - starts[number].x) * eased;
        spot.y = starts[number].y + (targets[number].y - starts[number].y) * eased;
      });
      this.#drawLinks();
      this.draw();
      if (share < 1) requestAnimationFrame(step);
    };
    requestAnimationFrame(step);
  }

  #light() {
    const chosen = (spot) => {
      if (this.#category !== undefined) return spot.category === this.#category;
      if (this.#sought) return this.#sought.includes(spot);
      return spot.given;
    };
    const lit = this.all.filter(chosen);
    const asked = this.#category !== undefined || this.#sought;
    for (const spot of this.all) {
      spot.element.classList.toggle("lit", lit.includes(spot));
      spot.element.classList.toggle("told", lit.includes(spot) && lit.length <= MOST_TOLD);
    }
    this.svg.classList.toggle("lights", lit.length > 0 || Boolean(asked));
    this.#makeRoom();
  }

  /** A name that would cover another of what is looked at, or lit, stays away. The last dots have
      the most links. */
  #makeRoom() {
    for (const { element } of this.all) element.classList.remove("crowded");
    const lit = this.all.filter(({ element }) => element.classList.contains("told"));
    const told = this.seen ? [...this.linked(this.seen), this.seen] : lit;
    const boxes = told.map(({ element }) => element.querySelector("text").getBoundingClientRect());
    const shown = [];
    for (const [number, box] of [...boxes.entries()].reverse()) {
      if (shown.some((other) => overlap(box, other))) told[number].element.classList.add("crowded");
      else shown.push(box);
    }
  }

  /** Each name beside, above or below its dot, where it covers fewest dots, nothing of it is cut off
      and no name is covered; one that has no such place waits for a closer look. */
  #placeNames() {
    const { width } = this.svg.getBoundingClientRect();
    const dots = this.all.map((spot) => box(this.camera.seen(spot), -DOT, DOT));
    const names = this.covered ? [this.covered] : [];
    for (const spot of this.all.toReversed()) {
      const seen = this.camera.seen(spot);
      const length = spot.element.querySelector("text").getComputedTextLength();
      const above = { x: seen.x, y: seen.y - LINE };
      const below = { x: seen.x, y: seen.y + LINE };
      const sides = {
        rightward: box(seen, DOT, length + NAME),
        leftward: box(seen, -length - NAME, -DOT),
        above: box(above, -length / 2, length / 2),
        below: box(below, -length / 2, length / 2),
      };
      const cost = (side) => {
        const covers = (other) => overlap(sides[side], other);
        const cut = sides[side].left < 0 || sides[side].right > width;
        return cut || names.some(covers) ? NO_PLACE : dots.filter(covers).length;
      };
      const best = Object.keys(sides).reduce((one, other) => (cost(other) < cost(one) ? other : one));
      for (const side of Object.keys(sides)) spot.element.classList.toggle(side, side === best);
      spot.element.classList.toggle("named", cost(best) < NO_PLACE);
      if (cost(best) < NO_PLACE) names.push(sides[best]);
    }
  }

  #drawLinks() {
    const line = (one, other) => `M${one.x} ${one.y}L${other.x} ${other.y}`;
    const lines = this.all.flatMap((spot, number) =>
      spot.links.filter((other) => other > number).map((other) => line(spot, this.all[other])),
    );
    this.links.setAttribute("d", lines.join(""));
    const near = this.seen ? this.linked(this.seen).map((other) => line(this.seen, other)) : [];
    this.paths.setAttribute("d", near.join(""));
  }
}

function box({ x, y }, left, right) {
  return { left: x + left, right: x + right, top: y - LINE / 2, bottom: y + LINE / 2 };
}

function placeOf(element) {
  const { x, y, from } = element.dataset;
  return { x: Number(x), y: Number(y), from: Number(from) };
}

function overlap(one, other) {
  const apart = one.right <= other.left || other.right <= one.left;
  return !apart && one.top < other.bottom && other.top < one.bottom;
}
