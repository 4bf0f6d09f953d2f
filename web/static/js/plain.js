/* Texts as one types them to find something: in small letters, without accents. */

export const plain = (text) =>
  text
    .normalize("NFD")
    .replace(/[\u0300-\u036f]/g, "")
    .toLowerCase();
