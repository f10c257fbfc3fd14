import { emailDomain, type Region, type Segment } from './company.ts';
import { randomStream } from './random-stream.ts';

/** Those who look after one account. */
export interface AccountTeam {
  readonly ownerName: string;
  readonly ownerEmail: string;
  readonly managerEmail: string;
  readonly aeEmail: string;
}

interface Book {
  readonly segment: Segment;
  readonly regions: readonly Region[];
  readonly csms: readonly string[];
  readonly manager: string;
  readonly ae: string;
}

/** Enough people for about so many accounts; a larger company has the team several times over. */
export const accountsPerTeam = 1_000;

/** Who looks after what: few large accounts each in Enterprise, a pooled desk in SMB. */
export const books: readonly Book[] = [
  {
    segment: 'Enterprise',
    regions: ['North America', 'LATAM'],
    csms: ['Priya Raman', 'Marcus Webb', 'Elena Castillo'],
    manager: 'Dana Whitfield',
    ae: 'Tom Okafor',
  },
  {
    segment: 'Enterprise',
    regions: ['EMEA'],
    csms: ['Anneke de Vries'],
    manager: 'Dana Whitfield',
    ae: 'Sophie Laurent',
  },
  {
    segment: 'Enterprise',
    regions: ['APAC'],
    csms: ['Kenji Morita'],
    manager: 'Dana Whitfield',
    ae: 'Mei Lin Tan',
  },
  {
    segment: 'Mid-market',
    regions: ['North America', 'LATAM'],
    csms: ['Jordan Ellis', 'Camila Duarte', 'Hannah Brooks'],
    manager: 'Rafael Nunes',
    ae: 'Chris Delaney',
  },
  {
    segment: 'Mid-market',
    regions: ['EMEA'],
    csms: ['Oisín Byrne', 'Katarzyna Nowak'],
    manager: 'Rafael Nunes',
    ae: 'Lukas Brandt',
  },
  {
    segment: 'Mid-market',
    regions: ['APAC'],
    csms: ['Arjun Mehta'],
    manager: 'Rafael Nunes',
    ae: 'Mei Lin Tan',
  },
  {
    segment: 'SMB',
    regions: ['North America', 'LATAM'],
    csms: ['Taylor Quinn', 'Beatriz Lima'],
    manager: 'Grace Adeyemi',
    ae: 'Sam Porter',
  },
  {
    segment: 'SMB',
    regions: ['EMEA', 'APAC'],
    csms: ['Noor Haddad', 'Wei Zhang'],
    manager: 'Grace Adeyemi',
    ae: 'Ingrid Solheim',
  },
];

/** The people on an account: its book settles them, chance only who of the book's CSMs. */
export const accountTeam = (
  seed: number,
  index: number,
  segment: Segment,
  region: Region,
): AccountTeam => {
  const book = books.find((one) => one.segment === segment && one.regions.includes(region));
  if (!book) throw new Error(`impossible state: nobody looks after ${segment} in ${region}`);
  const team = Math.floor(index / accountsPerTeam) + 1;
  const csm = randomStream(seed, index, 'team').pick(book.csms);
  return {
    ownerName: team === 1 ? csm : `${csm} ${team}`,
    ownerEmail: emailOf(csm, team),
    managerEmail: emailOf(book.manager, team),
    aeEmail: emailOf(book.ae, team),
  };
};

/** priya.raman@…; accents go, since mailboxes rarely have them. */
export const emailOf = (name: string, team = 1): string => {
  const plain = name.normalize('NFD').replace(/[^A-Za-z ]/g, '');
  const mailbox = plain.toLowerCase().replaceAll(' ', '.');
  return `${mailbox}${team === 1 ? '' : `.${team}`}@${emailDomain}`;
};
