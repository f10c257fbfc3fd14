const ABBREVIATIONS = new Set(['nps', 'csat', 'arr']);

/** An id as people read it: seat_use is Seat use, arr_trend is ARR trend. */
export const measureWords = (id: string): string => {
  const words = id.split('_').map((word) => (ABBREVIATIONS.has(word) ? word.toUpperCase() : word));
  const text = words.join(' ').trim();
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
};
