/* Texts as one types them to find something: in small letters, without accents. */

export const plain = (text) =>
  text
    .normalize("NFD")
    .replace(/[\u0300-\u036f]/g, "")
    .toLowerCase();

/** Whether two texts are the same but for case, accents and signs: "what is tea" and "What is tea?". */
export const isAlike = (one, other) => words(one) === words(other);

const words = (text) => plain(text).match(/[\p{L}\p{N}]+/gu)?.join(" ");
