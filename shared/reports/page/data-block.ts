import { Html, html } from '../escape.ts';

const MEANINGFUL = /[<>&\u2028\u2029]/g;

/**
 * Data for the script, as JSON that cannot end its element: `<` would close it or open a comment, and
 * U+2028 ends a line where an old engine reads it.
 */
export const dataBlock = (id: string, data: unknown): Html => {
  const json = JSON.stringify(data).replace(
    MEANINGFUL,
    (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
  return html`<script type="application/json" id="${id}">${new Html(json)}</script>`;
};
