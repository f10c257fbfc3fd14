import { defineSource } from './source.ts';

/** What is heard once still matters this long. */
const HEARD_DAYS = 120;

/** Each topic of the account row, with the kinds of signal that speak of it. */
const TOPICS = {
  competitor: ['competitor'],
  budget: ['budget'],
  compliance: ['compliance', 'security'],
};

/** What somebody heard that no system measures: a competitor named, a budget cut, a takeover. */
export const signals = defineSource({
  id: 'signals',
  grain: 'one row per signal',
  required: false,
  key: ['account_id', 'kind', 'at', 'signal_id'],
  columns: {
    signal_id: {
      type: 'text',
      meaning: 'id of the signal, where several of a kind come at one time',
    },
    account_id: {
      type: 'text',
      required: true,
      refersTo: 'accounts',
      meaning: 'account it is about',
    },
    kind: {
      type: 'text',
      required: true,
      oneOf: [
        'competitor',
        'budget',
        'compliance',
        'security',
        'acquisition',
        'leadership_change',
        'other',
      ],
      meaning: 'what it is about',
    },
    at: { type: 'moment', required: true, meaning: 'when it was heard' },
    note: { type: 'text', meaning: 'what was heard, in a sentence' },
  },
  known: (asOf) => `"at" < CAST(${asOf} AS TIMESTAMP)`,
  freshBy: 'at',
  mayBeEmpty: true,
  features: {
    competitor_on: 'day',
    competitor_note: 'text',
    budget_on: 'day',
    budget_note: 'text',
    compliance_on: 'day',
    compliance_note: 'text',
  },
  reduce: (rows, { daysAgo }) => `
    SELECT account_id,
      ${Object.keys(TOPICS).map(latestOf).join(',\n      ')}
    FROM (
      SELECT account_id, topic, "at", note,
        row_number() OVER (PARTITION BY account_id, topic ORDER BY "at" DESC, note NULLS LAST)
          AS place
      FROM (
        SELECT account_id, "at", note, CASE ${topicCases} END AS topic
        FROM ${rows}
        WHERE "at" >= CAST(${daysAgo(HEARD_DAYS)} AS TIMESTAMP)
      ) heard
    ) ranked
    WHERE place = 1
    GROUP BY account_id`,
});

const topicCases = Object.entries(TOPICS)
  .flatMap(([topic, kinds]) => kinds.map((kind) => `WHEN kind = '${kind}' THEN '${topic}'`))
  .join(' ');

function latestOf(topic: string): string {
  return `max(CAST("at" AS DATE)) FILTER (WHERE topic = '${topic}') AS ${topic}_on,
      max(note) FILTER (WHERE topic = '${topic}') AS ${topic}_note`;
}
