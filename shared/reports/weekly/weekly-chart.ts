import type { Picture } from '../mail-content.ts';

/** A chart with the sentence that it shows; the same drawing stands in the mail and on the page. */
export interface WeeklyChart {
  readonly id: 'trend' | 'bridge' | 'health' | 'weeks';
  readonly title: string;
  readonly about: string | null;
  readonly svg: string;
  readonly alt: string;
  readonly width: number;
  readonly height: number;
}

/** What a mail has between its edges. */
const MAIL_WIDTH = 552;

/** As a mail shows it: by the attachment of that name. */
export const pictureOf = ({ id, alt, width, height }: WeeklyChart): Picture => ({
  ...{ kind: 'picture', cid: chartCid(id), alt },
  width: MAIL_WIDTH,
  height: Math.round((height * MAIL_WIDTH) / width),
});

/** What the HTML calls the attachment by. */
export const chartCid = (id: WeeklyChart['id']): string => `chart-${id}@holdfast`;
