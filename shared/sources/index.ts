import { accounts } from './accounts.ts';
import { contracts } from './contracts.ts';
import type { Source } from './source.ts';
import { supportTickets } from './support-tickets.ts';
import { surveyResponses } from './survey-responses.ts';
import { usageDaily } from './usage-daily.ts';

/** Every source Holdfast knows, accounts first. A new one is a file beside these and a line here. */
export const sources = {
  accounts,
  contracts,
  usage_daily: usageDaily,
  support_tickets: supportTickets,
  survey_responses: surveyResponses,
} as const;

export type SourceId = keyof typeof sources;

export const sourceIds = Object.keys(sources) as SourceId[];

/** The same registry for code that treats all sources alike. */
export const sourceOf = (id: SourceId): Source => sources[id] as unknown as Source;

/** `usage_daily.sessions`: how a rule names what it needs. */
export type SourceColumn = {
  [Id in SourceId]: `${Id}.${keyof (typeof sources)[Id]['columns'] & string}`;
}[SourceId];
