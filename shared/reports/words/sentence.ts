/** A reason as a sentence of its own. Ids of sources keep their small letters. */
export const sentence = (text: string): string => {
  const isName = /^[a-z]+_/.test(text);
  const first = isName ? text.charAt(0) : text.charAt(0).toUpperCase();
  return `${first}${text.slice(1)}${/[.!?…]$/.test(text) ? '' : '.'}`;
};
