import { addDays, type Day } from '../basics/day.ts';
import type { Config } from '../config/schema.ts';
import type { ForecastWords } from '../finance/definitions-text.ts';

/** What the forecast means under a config, in the words that lie beside its figures. */
export const forecastWords = ({ renewals, currency }: Config, asOf: Day): ForecastWords => {
  const { forecast, stages } = renewals;
  const percent = (share: number) => `${Math.round(share * 100)} %`;
  return {
    currency: currency.reporting,
    horizon: `terms that end by ${addDays(asOf, forecast.horizon_days)}, those of the quarter that runs and those that are late`,
    method: [
      'A renewal is the end of the term of one contract line. Its identity is the contract id and the term end it was first seen with, and stays when the date moves.',
      'Due ARR is the annual value of the line on the day, at the rates of the day; all live lines together are the ARR of revenue_rollups, to the cent.',
      'Expected is what has stayed of renewals that are decided, and due ARR by probability of those that are not. What a renewal brings beyond what was due is upsell, and not part of it.',
      'The spread is the standard deviation of expected, as if renewals were independent of each other: the square root of the sum of due² · p · (1 − p).',
      'What the owner of a renewal says stands beside the figure and never enters it.',
    ],
    categories: [
      { term: 'won', meaning: 'a contract line renews it' },
      {
        term: 'commit',
        meaning: `probability of ${percent(forecast.commit_at)} or more, or its opportunity was won and the contract is to follow`,
      },
      {
        term: 'best_case',
        meaning: `probability of ${percent(forecast.best_case_at)} or more, below commit`,
      },
      { term: 'at_risk', meaning: `probability below ${percent(forecast.best_case_at)}` },
      {
        term: 'lost',
        meaning: 'cancelled, lapsed, or its opportunity was lost',
      },
    ],
    stages: [
      { term: 'not_opened', meaning: 'No opportunity tells of it.' },
      ...stages.map(({ id, definition }) => ({ term: id, meaning: definition })),
      { term: 'won, lost', meaning: 'It is decided.' },
      { term: 'unmapped', meaning: 'Its stage is none that the config knows.' },
    ],
    basis: [
      { term: 'decided', meaning: 'nothing is left to forecast' },
      {
        term: 'observed',
        meaning: `what stayed of the ARR of renewals of the past ${forecast.history_days} days that stood alike (health, segment, days to the decision), each renewal counting alike; a segment is shrunk to all segments as if ${forecast.shrinkage} of their renewals were its own`,
      },
      {
        term: 'starting_table',
        meaning: `the assumption of the config, until a year of forecasts frozen with health and ${forecast.fewest_renewals} renewals stand behind a rate`,
      },
    ],
  };
};
