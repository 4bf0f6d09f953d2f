/* What scripts say: the texts that the page brought along, in its language. */

const groups = JSON.parse(document.body.dataset.texts);

/** A text by its name, "group.name", with what stands for each `{value}`; of two the first is for one of
 * something. */
export function text(name, values = {}) {
  const [group, key] = name.split(".");
  const texts = [groups[group][key]].flat();
  return (values.count === 1 ? texts[0] : texts.at(-1)).replace(/\{(\w+)\}/g, (_, value) => values[value]);
}
