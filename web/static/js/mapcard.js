/* The card on the map: what the entry is that one looks at, and what it is linked with. */

const MOST_LINKED = 12;

export class Card {
  constructor(element, map) {
    this.element = element;
    this.map = map;
  }

  show(spot, spots) {
    const link = this.element.querySelector("h2 a");
    link.textContent = spot.name;
    link.setAttribute("href", spot.path);
    const facts = this.element.querySelector(".facts");
    facts.replaceChildren(this.#category(spot.category));
    facts.hidden = this.map.querySelector(".legend ul").hidden;
    this.element.querySelector(".what").textContent = spot.element.querySelector("desc").textContent;
    const linked = spots.linked(spot).slice(0, MOST_LINKED);
    this.element.querySelector("h3").hidden = linked.length === 0;
    this.element.querySelector("ul").replaceChildren(...linked.map(item));
    this.element.classList.toggle("left", this.#isRight(spot.element));
    this.element.hidden = false;
  }

  // Shown over the dot that is looked at, the card would take the pointer from it.
  #isRight(dot) {
    const { left, width } = this.map.getBoundingClientRect();
    return dot.getBoundingClientRect().left > left + width / 2;
  }

  hide() {
    this.element.hidden = true;
  }

  #category(id) {
    const items = [...this.map.querySelectorAll(".legend li")];
    return items.find((one) => one.dataset.category === id).querySelector("a").cloneNode(true);
  }
}

function item({ name, path }) {
  const link = document.createElement("a");
  link.href = path;
  link.textContent = name;
  const item = document.createElement("li");
  item.append(link);
  return item;
}
