/* What scripts say: the texts that the page brought along, in its language. */

const groups = JSON.parse(document.body.dataset.texts);

/** A text by its name, "group.name", with what stands for each `{value}`. */
export function text(name, values = {}) {
  const [group, key] = name.split(".");
  return groups[group][key].replace(/\{(\w+)\}/g, (_, value) => values[value]);
}
