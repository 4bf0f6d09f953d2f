/* The window on a map: which part of the drawing is seen, and how large. */

const CLOSEST = 12;
const MARGIN = 28;
/* Names stand beside the dots that a window is put around, and what is near them tells more. */
const AROUND = 120;
const NEAR = 3;

export class Camera {
  /* Where the drawing's corner is seen, in pixels, and how much closer than the whole one looks. */
  left = 0;
  top = 0;
  zoomed = 1;
  #whole = { x: 1, y: 1 };

  /** A window on a drawing of this size. */
  constructor(width, height) {
    this.width = width;
    this.height = height;
  }

  /** The pixels of a unit of the drawing. It is stretched to the window: only nearness counts. */
  get scale() {
    return { x: this.#whole.x * this.zoomed, y: this.#whole.y * this.zoomed };
  }

  /** Show the whole drawing in a window of so many pixels, the first `covered` of which are not seen. */
  showAll(width, height, covered = 0) {
    this.#whole = {
      x: (width - covered - 2 * MARGIN) / this.width,
      y: (height - 2 * MARGIN) / this.height,
    };
    this.zoomed = 1;
    this.left = covered + MARGIN;
    this.top = MARGIN;
  }

  /** Where a point of the drawing is seen. */
  seen({ x, y }) {
    const { scale } = this;
    return { x: x * scale.x + this.left, y: y * scale.y + this.top };
  }

  /** Zoom by a factor; what is seen at (x, y) stays there. */
  zoom(factor, x, y) {
    const zoomed = Math.min(CLOSEST, Math.max(1, this.zoomed * factor));
    this.left = x - ((x - this.left) * zoomed) / this.zoomed;
    this.top = y - ((y - this.top) * zoomed) / this.zoomed;
    this.zoomed = zoomed;
  }

  /** Come as close to these points as their surroundings can be seen. */
  frame(points, width, height) {
    const seen = points.map((point) => this.seen(point));
    const [left, right] = ends(seen.map(({ x }) => x));
    const [top, bottom] = ends(seen.map(({ y }) => y));
    const room = (size, length) => (size - 2 * AROUND) / Math.max(length, 1);
    const fits = Math.min(room(width, right - left), room(height, bottom - top), NEAR);
    const x = (left + right) / 2;
    const y = (top + bottom) / 2;
    if (fits <= 1) return;
    this.zoom(fits, x, y);
    this.pan(width / 2 - x, height / 2 - y);
  }

  pan(right, down) {
    this.left += right;
    this.top += down;
  }
}

/** Move a camera by pointer, wheel and two fingers over an element; `changed` is told. */
export function steer(element, camera, changed) {
  const pointers = new Map();

  function place(event) {
    const box = element.getBoundingClientRect();
    return { x: event.clientX - box.left, y: event.clientY - box.top };
  }

  element.addEventListener("pointerdown", (event) => {
    if (event.button === 0) pointers.set(event.pointerId, place(event));
  });
  addEventListener("pointermove", (event) => {
    const before = pointers.get(event.pointerId);
    if (!before) return;
    const now = place(event);
    const other = [...pointers].find(([id]) => id !== event.pointerId)?.[1];
    if (other) {
      camera.zoom(distance(now, other) / Math.max(distance(before, other), 1), other.x, other.y);
    } else {
      camera.pan(now.x - before.x, now.y - before.y);
    }
    pointers.set(event.pointerId, now);
    changed();
  });
  for (const end of ["pointerup", "pointercancel"]) {
    addEventListener(end, (event) => pointers.delete(event.pointerId));
  }
  element.addEventListener(
    "wheel",
    (event) => {
      // The wheel alone scrolls the page; two fingers on a touchpad arrive as a wheel with Ctrl.
      if (!event.ctrlKey && !event.metaKey) return;
      event.preventDefault();
      const { x, y } = place(event);
      camera.zoom(Math.exp(-event.deltaY * (event.deltaMode ? 0.05 : 0.0018)), x, y);
      changed();
    },
    { passive: false },
  );
}

function ends(numbers) {
  return [Math.min(...numbers), Math.max(...numbers)];
}

function distance(one, other) {
  return Math.hypot(one.x - other.x, one.y - other.y);
}
