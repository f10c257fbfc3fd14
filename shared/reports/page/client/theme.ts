import { element } from './elements.ts';

/** Dark and light follow the system until the reader says otherwise, for as long as the page is open. */
export const startTheme = (): void => {
  const button = element('theme', HTMLButtonElement);
  const system = matchMedia('(prefers-color-scheme: dark)');
  const root = document.documentElement;
  const isDark = (): boolean =>
    (root.dataset.theme ?? (system.matches ? 'dark' : 'light')) === 'dark';
  const tell = (): void => {
    button.ariaPressed = `${isDark()}`;
  };
  button.addEventListener('click', () => {
    root.dataset.theme = isDark() ? 'light' : 'dark';
    tell();
  });
  system.addEventListener('change', tell);
  button.hidden = false;
  tell();
};
