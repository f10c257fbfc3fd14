import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addressFault } from '../../../shared/outbox/allowed-address.ts';

const allowed = ['allowed.example', 'xn--bcher-kva.example'];

describe('an address', () => {
  test.each([
    'anna@allowed.example',
    "Anna.O'Neil+qbr@ALLOWED.example",
    'a_b-c@xn--bcher-kva.example',
  ])('of an allowed domain may be written to: %s', (address) => {
    expect(addressFault(address, allowed)).toBeNull();
  });

  test.each([
    ['anna@elsewhere.example', /is of elsewhere\.example/],
    ['anna@mail.allowed.example', /is of mail\.allowed\.example/],
    ['anna@notallowed.example', /is of notallowed\.example/],
    ['anna@allowed.example.evil.example', /is of allowed\.example\.evil\.example/],
  ])('of another domain may not, however alike: %s', (address, says) => {
    expect(addressFault(address, allowed)).toMatch(says);
  });

  test.each([
    ['two @', 'x@allowed.example@evil.example'],
    ['two @ the other way', 'x@evil.example@allowed.example'],
    ['quotes', '"x@evil.example "@allowed.example'],
    ['a route', 'x%evil.example@allowed.example'],
    ['a bang path', 'evil.example!x@allowed.example'],
    ['a comment', 'x(y)@allowed.example'],
    ['a name', 'Anna <anna@allowed.example>'],
    ['a name with a comma', 'Doe, Anna <anna@allowed.example>'],
    ['two addresses', 'anna@allowed.example,eve@evil.example'],
    ['two addresses, and a semicolon', 'anna@allowed.example;eve@evil.example'],
    ['a header', 'anna@allowed.example\r\nBcc: eve@evil.example'],
    ['a line end', 'anna@allowed.example\n'],
    ['a space before', ' anna@allowed.example'],
    ['a NUL', 'anna@allowed.example\0.evil.example'],
    ['a trailing dot', 'anna@allowed.example.'],
    ['a literal', 'anna@[127.0.0.1]'],
    ['no domain', 'anna@'],
    ['nobody', '@allowed.example'],
    ['nothing', ''],
    ['a Cyrillic a', 'anna@\u0430llowed.example'],
    ['a full-width dot', 'anna@allowed\uff0eexample'],
    ['a full-width @', 'anna\uff20allowed.example'],
    ['a Kelvin sign', 'anna@bac\u212a.example'],
    ['a soft hyphen', 'anna@allo\u00adwed.example'],
    ['a right-to-left mark', 'anna@allowed.example\u200f'],
    ['a local part too long', `${'a'.repeat(65)}@allowed.example`],
    ['dots in a row', 'a..b@allowed.example'],
  ])('that is not one plain mailbox may not: %s', (_, address) => {
    expect(addressFault(address, [...allowed, 'back.example'])).toBe('is not one plain address');
  });

  test('may be written to only where all that follows its one @ is an allowed domain', () => {
    const piece = fc.constantFrom(
      ...[
        'anna',
        '@',
        '.',
        'allowed.example',
        'evil.example',
        ',',
        '<',
        '>',
        '"',
        ' ',
        '\r\n',
        '%',
      ],
      ...['\u0430', '\\', '(', ';', 'ALLOWED.EXAMPLE', '-', '\u200b'],
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 7 }), (pieces) => {
        const address = pieces.join('');
        if (addressFault(address, allowed) !== null) return;
        const [local, ...domains] = address.split('@');
        expect(local).toMatch(/^[\x21-\x7e]+$/);
        expect(domains.map((domain) => domain.toLowerCase())).toEqual(['allowed.example']);
        expect(address).not.toMatch(/[\s,;<>"()\\%!]/);
      }),
      { numRuns: 2_000 },
    );
  });
});
