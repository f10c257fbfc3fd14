import type { Problem } from '../basics/problem.ts';
import { plainText } from '../basics/text.ts';
import { addressFault } from './allowed-address.ts';
import type { MailRules } from './mail-rules.ts';

/**
 * Addresses, by where they stand, that the last door would refuse, told before a week has passed without mail. In
 * review mode nobody may have said yet which domains are allowed; then the address alone is looked at.
 */
export const unreachable = (
  rules: Pick<MailRules, 'mode' | 'from' | 'allowed_domains' | 'redirect_to'>,
  recipients: Readonly<Record<string, readonly string[]>>,
): Problem[] => {
  const { mode, from, allowed_domains: allowed, redirect_to: instead } = rules;
  const isDecided = mode === 'send' || allowed.length > 0;
  const written =
    instead === null
      ? Object.entries(recipients).flatMap(([where, addresses]) =>
          addresses.map((address) => ({ where, address })),
        )
      : [{ where: 'mail.redirect_to', address: instead }];
  const refused = written.flatMap(({ where, address }): Problem[] => {
    const fault = addressFault(address, isDecided ? allowed : [domainOf(address)]);
    return fault === null ? [] : [problem(where, address, fault)];
  });
  const fault = from === null ? null : addressFault(from, [domainOf(from)]);
  if (mode !== 'send' || from === null || fault === null) return refused;
  const found = `${plainText(from, 100)}, which ${fault}`;
  const expected = 'one plain address';
  return [
    ...refused,
    { where: 'mail.from', found, expected, fix: 'Correct it: SES would refuse it.' },
  ];
};

/** What the company sends from need not be a domain that it sends to. */
const domainOf = (address: string): string => address.slice(address.lastIndexOf('@') + 1);

const problem = (where: string, address: string, fault: string): Problem => ({
  where,
  found: `${plainText(address, 100)}, which ${fault}`,
  expected: 'one plain address of a domain that mail.allowed_domains names',
  fix: 'Correct the address, or name its domain; mail to it would be refused.',
});
