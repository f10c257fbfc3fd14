import type { Segment } from './company.ts';
import { type RandomStream, randomStream } from './random-stream.ts';
import { sampleTable, type Window } from './sample-table.ts';
import { accountsPerTeam, books, emailOf } from './team.ts';

/** The people of customer success, and how much each can look after. */
export const teamMembers = sampleTable({
  name: 'team',
  columns: {
    email: 'VARCHAR',
    name: 'VARCHAR',
    manager_email: 'VARCHAR',
    region: 'VARCHAR',
    capacity_arr: 'DECIMAL(18,2)',
    capacity_accounts: 'INTEGER',
  },

  *companyRows({ seed, accounts }: Window) {
    yield { ...person(head, 1), manager_email: null, region: null, ...noBook };
    for (let team = 1; team <= Math.ceil(accounts / accountsPerTeam); team += 1) {
      for (const manager of new Set(books.map((book) => book.manager))) {
        yield { ...person(manager, team), manager_email: emailOf(head), region: null, ...noBook };
      }
      for (const { csms, manager, regions, segment } of books) {
        for (const csm of csms) {
          yield {
            ...person(csm, team),
            manager_email: emailOf(manager, team),
            region: regions[0] ?? null,
            ...capacityOf(segment, randomStream(seed, team, `capacity of ${csm}`)),
          };
        }
      }
    }
  },
});

const head = 'Imogen Clarke';

const noBook = { capacity_arr: null, capacity_accounts: null };

const person = (name: string, team: number) => ({
  email: emailOf(name, team),
  name: team === 1 ? name : `${name} ${team}`,
});

/** What one person can look after who works full time: US dollars a year, and accounts. */
const fullTime: Readonly<Record<Segment, readonly [arrUsd: number, accounts: number]>> = {
  Enterprise: [7_000_000, 20],
  'Mid-market': [3_500_000, 50],
  SMB: [3_000_000, 260],
};

function capacityOf(segment: Segment, random: RandomStream) {
  const [arrUsd, accounts] = fullTime[segment];
  const share = random.pick([1, 1, 1, 0.8, 0.6]);
  return {
    capacity_arr: Math.round(arrUsd * share) * 100,
    capacity_accounts: Math.round(accounts * share),
  };
}
