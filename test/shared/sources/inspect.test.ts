import { describe, expect, test } from 'vitest';
import { addDays, type Day, toDay } from '../../../shared/basics/day.ts';
import { inspectSources } from '../../../shared/jobs/inspect-sources.ts';
import { openCompany } from '../../kit/features-of.ts';

const asOf = toDay('2026-11-22');
const ago = (days: number): Day => addDays(asOf, -days);

/** What the inspection says of a company whose news is so many days old, and of its odd rows. */
const inspected = async (news: {
  usage: number;
  tickets: number;
  surveys: number;
  firstDay: string;
  lastDay: string;
  orphanShare: number;
}) => {
  const tables = {
    accounts: 'account_id,name,parent_account_id\nA-1,Meridian Retail,A-404',
    contracts: `contract_id,account_id,start_date,end_date,arr,currency
C-1,A-1,${news.firstDay},2027-01-01,1200,USD
C-2,A-1,2026-01-01,${news.lastDay},1200,USD
C-3,A-1,2026-01-01,2027-01-01,1200,USD
C-4,A-404,2026-01-01,2027-01-01,1200,USD`,
    // A last complete day of yesterday is 0 days old.
    usage_daily: `account_id,day,sessions\nA-1,${ago(news.usage + 1)},5`,
    support_tickets: `ticket_id,account_id,opened_at\nT-1,A-1,${ago(news.tickets + 1)} 00:00:00`,
    survey_responses: `response_id,account_id,kind,score,responded_at
R-1,A-1,nps,9,${ago(news.surveys + 1)} 00:00:00`,
  };
  const extra = `data_quality: { orphan_share: ${news.orphanShare} }`;
  const { config, warehouse } = await openCompany({ tables, extra });
  const ownLimit = { ...config.sources.survey_responses, freshness_days: 2 };
  const sources = { ...config.sources, survey_responses: ownLimit } as typeof config.sources;
  const states = await inspectSources({ config: { ...config, sources }, asOf, warehouse });
  await warehouse.close();
  return {
    states: states
      .filter(({ status }) => status !== 'absent')
      .map(({ id, status, freshnessDays, reason }) =>
        status === 'broken' ? [id, status] : [id, status, freshnessDays, reason],
      ),
    findings: states.flatMap(({ findings }) =>
      findings.map(({ column, check, severity, examples }) => [
        column,
        check,
        severity,
        examples.join('; '),
      ]),
    ),
  };
};

const parent = ['parent_account_id', 'orphan', 'warning', 'A-1 (parent_account_id "A-404")'];

test('what stands at its limit is still used', async () => {
  const atLimit = {
    usage: 3,
    tickets: 7,
    surveys: 2,
    firstDay: '1970-01-01',
    lastDay: '2046-11-21',
    orphanShare: 0.25,
  };
  expect(await inspected(atLimit)).toEqual({
    states: [
      ['accounts', 'ready', null, ''],
      ['contracts', 'ready', null, ''],
      ['usage_daily', 'ready', 3, ''],
      ['support_tickets', 'ready', 7, ''],
      ['survey_responses', 'ready', 2, ''],
    ],
    findings: [parent, ['account_id', 'orphan', 'warning', 'C-4 / A-404']],
  });
});

test('what is one step beyond is not, or is told', async () => {
  const beyond = {
    usage: 4,
    tickets: 8,
    surveys: 3,
    firstDay: '1969-12-31',
    lastDay: '2046-11-22',
    orphanShare: 0.24,
  };
  const stale = (id: string, age: number, limit: number) =>
    `${id} is stale: its last day is ${ago(age + 1)}, ${age} days before the last complete day, limit ${limit}`;
  expect(await inspected(beyond)).toEqual({
    states: [
      ['accounts', 'ready', null, ''],
      ['contracts', 'broken'],
      ['usage_daily', 'stale', 3, stale('usage_daily', 4, 3)],
      ['support_tickets', 'stale', 7, stale('support_tickets', 8, 7)],
      ['survey_responses', 'stale', 2, stale('survey_responses', 3, 2)],
    ],
    findings: [
      parent,
      ['start_date', 'date_out_of_range', 'warning', 'C-1 / A-1 (start_date "1969-12-31")'],
      ['end_date', 'date_out_of_range', 'warning', 'C-2 / A-1 (end_date "2046-11-22")'],
      ['account_id', 'orphan', 'broken', 'C-4 / A-404'],
    ],
  });
});

const SOUND = {
  accounts: 'account_id,name\nA-1,Meridian Retail',
  contracts: `contract_id,account_id,start_date,end_date,arr,currency
C-1,A-1,2026-01-01,2027-01-01,1200,USD`,
};

/** What the inspection finds in tables beside two sound ones. */
const findingsIn = async (tables: Readonly<Record<string, string>>) => {
  const { config, warehouse } = await openCompany({ tables: { ...SOUND, ...tables } });
  const states = await inspectSources({ config, asOf, warehouse });
  await warehouse.close();
  return states
    .filter(({ id }) => id in tables)
    .map(({ status, findings }) => [
      status,
      ...findings.map(({ check, severity, rows, examples }) => [
        check,
        severity,
        rows,
        ...examples,
      ]),
    ]);
};

test('no news is no fault where there may be none, and a broken feed elsewhere', async () => {
  const overrides = 'account_id,band,owner_email,reason,expires_on';
  const signals = 'account_id,kind,at';
  const contacts = 'contact_id,account_id,role';
  expect(await findingsIn({ contacts, signals, overrides })).toEqual([
    ['broken', ['empty', 'broken', 0]],
    ['ready'],
    ['ready'],
  ]);
  const expired = `${overrides}\nA-1,red,a@x.example,Fire,2026-11-22`;
  expect(await findingsIn({ overrides: expired })).toEqual([['ready']]);
});

test('an optional column of a key tells apart what else would be the same', async () => {
  const header = 'account_id,course,completed_on,role';
  const alike = 'A-1,Reporting,2026-11-01,';
  const shown = 'A-1 / Reporting / 2026-11-01 / null';
  expect(await findingsIn({ enablement: [header, alike, alike].join('\n') })).toEqual([
    ['broken', ['duplicate_key', 'broken', 2, shown]],
  ]);
  const told = [`${header},completion_id`, `${alike},1`, `${alike},2`, `${alike},`];
  expect(await findingsIn({ enablement: told.join('\n') })).toEqual([['ready']]);
  expect(await findingsIn({ enablement: [...told, `${alike},2`].join('\n') })).toEqual([
    ['broken', ['duplicate_key', 'broken', 2, `${shown} / 2`]],
  ]);
});

describe('a day of a daily feed that stands twice', () => {
  const header = 'account_id,day,sessions';
  /** 200 days up to the last one, with two more rows of one day. */
  const withTwice = (last: number, twice: number) => {
    const all = Array.from({ length: 200 }, (_, index) => `A-1,${ago(last + index)},5`);
    return [header, ...all, `A-1,${ago(twice)},5`, `A-1,${ago(twice)},6`].join('\n');
  };
  const told = (day: Day) => [['broken', ['duplicate_key', 'broken', 3, `A-1 / ${day}`]]];

  // The ends of the words of bits, and of the twelve weeks that are read.
  test.each([1, 2, 42, 43, 83, 84])(
    '%s days ago is found, and all its rows counted',
    async (day) => {
      expect(await findingsIn({ usage_daily: withTwice(1, day) })).toEqual(told(ago(day)));
    },
  );

  test('is nobody’s trouble on a day that is not read', async () => {
    expect(await findingsIn({ usage_daily: withTwice(1, 85) })).toEqual([['ready']]);
  });

  test('is sought from the last day of the feed on, though that be late or stale', async () => {
    for (const last of [3, 30]) {
      const twice = last + 83;
      expect(await findingsIn({ usage_daily: withTwice(last, twice) })).toEqual(told(ago(twice)));
    }
  });

  test('is told with the day since when it was sought', async () => {
    const { config, warehouse } = await openCompany({
      tables: { ...SOUND, usage_daily: withTwice(1, 1) },
    });
    const states = await inspectSources({ config, asOf, warehouse });
    await warehouse.close();
    expect(states.find(({ id }) => id === 'usage_daily')?.reason).toBe(
      'usage_daily is broken: account_id, day has a key that another row has too, since 2026-08-30, in 3 rows of 202',
    );
  });

  test('is found of one feature, where another of the same day is none', async () => {
    const rows = ['A-1,2026-11-20,reports,4', 'A-1,2026-11-20,boards,4', 'A-1,2026-11-19,boards,4'];
    const feed = (more: string[]) => ({
      feature_usage: ['account_id,day,feature,events', ...rows, ...more].join('\n'),
    });
    expect(await findingsIn(feed([]))).toEqual([['ready']]);
    expect(await findingsIn(feed(['A-1,2026-11-19,boards,1']))).toEqual([
      ['broken', ['duplicate_key', 'broken', 2, 'A-1 / 2026-11-19 / boards']],
    ]);
  });
});
