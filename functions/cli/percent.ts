/** A ratio as people read it: 104.6 %; a dash where there is none. */
export const percent = (ratio: number | null): string =>
  ratio === null ? '–' : `${(ratio * 100).toFixed(1)} %`;
