import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { script, style } from '../../../../shared/reports/page/assets.ts';
import { builtAssets } from '../../../../shared/reports/page/client/write-assets.mjs';
import { dataBlock } from '../../../../shared/reports/page/data-block.ts';
import { reportPage } from '../../../../shared/reports/page/report-page.ts';
import {
  hostileReport,
  hostileTexts,
  manyAccounts,
  pageAccount,
  pageReport,
} from './sample-report.ts';

const hashOf = (text: string | undefined): string =>
  `'sha256-${createHash('sha256')
    .update(text ?? '')
    .digest('base64')}'`;

describe('the report page', () => {
  const page = reportPage(pageReport());

  test('allows its one script and its one style, and nothing else', () => {
    const policy = /http-equiv="Content-Security-Policy" content="([^"]+)"/.exec(page)?.[1];
    expect(policy).toBe(
      [
        "default-src 'none'",
        `style-src ${hashOf(/<style>([\s\S]*?)<\/style>/.exec(page)?.[1])}`,
        `script-src ${hashOf(/<script>([\s\S]*?)<\/script>/.exec(page)?.[1])}`,
        "img-src data:; base-uri 'none'; form-action 'none'",
      ].join('; '),
    );
  });

  test('script and style are those of client/; npm run page writes them', async () => {
    expect({ script, style }).toEqual(await builtAssets());
    expect(script).not.toMatch(/<\/script|<!--/i);
    expect(style).not.toMatch(/<\/style|url\(|@import/i);
  });

  test.each([
    ['a week', page],
    ['a hostile company', reportPage(hostileReport())],
  ])('%s: no style attribute, no handler, no address beyond mail', (_, text) => {
    const bare = text.replace(/<(script|style)\b[\s\S]*?<\/\1>/g, '');
    const tags = bare.match(/<[a-z][^>]*>/gi) ?? [];
    expect(tags.filter((tag) => /\sstyle=|\son\w+=/i.test(tag.replace(/"[^"]*"/g, '""')))).toEqual(
      [],
    );
    const targets = [...bare.matchAll(/\s(?:href|src|action)="([^"]*)"/g)].map(
      ([, target]) => target,
    );
    expect(
      targets.filter((target) => !/^(#[a-z]+|data:,|mailto:[^\s]+)$/.test(target ?? '')),
    ).toEqual([]);
  });

  test('is the same page for the same report', () => {
    expect(reportPage(pageReport())).toBe(page);
  });

  test('does not ask for accounts in an order', () => {
    const accounts = manyAccounts(30);
    const of = (given: typeof accounts) => reportPage(pageReport({ accounts: given }));
    expect(of([...accounts].reverse())).toBe(of(accounts));
  });

  test('holds 10,000 accounts and counts the others', () => {
    const accounts = Array.from({ length: 10_003 }, (_, at) =>
      pageAccount({ accountId: `A-${at}`, receipt: null }),
    );
    const text = reportPage(pageReport({ accounts, accountsLeftOut: 1_000 }));
    expect(text).toContain('And 1,003 more accounts in the table account_health.');
  });

  test.each([
    ['a style attribute', '<svg><rect style="fill:red"/></svg>'],
    ['a style', '<svg><style>a{}</style></svg>'],
    ['a script', '<svg><script>1</script></svg>'],
    ['a handler', '<svg onload="1"></svg>'],
    ['HTML within', '<svg><foreignObject/></svg>'],
    ['a file from elsewhere', '<svg><image href="https://elsewhere.example/x.png"/></svg>'],
    ['no picture', 'plain words'],
  ])('refuses a chart with %s', (_, svg) => {
    const [chart] = pageReport().charts;
    const charts = [{ title: 'A', alt: 'a', ...chart, svg }];
    expect(() => reportPage(pageReport({ charts }))).toThrow(/a chart holds/);
  });

  test('takes a chart that refers to its own parts', () => {
    const svg = '<svg><use href="#dot"/><rect fill="url(#shade)"/></svg>';
    const charts = [{ title: 'A', alt: 'a', svg }];
    expect(reportPage(pageReport({ charts }))).toContain(svg);
  });
});

describe('a block of data', () => {
  test.each(hostileTexts.map((text) => [JSON.stringify(text).slice(0, 40), text]))(
    'holds %s, and only its own end ends it',
    (_, text) => {
      const { markup } = dataBlock('x', { [text]: [text] });
      const inside = markup.slice(markup.indexOf('>') + 1, -'</script>'.length);
      expect(inside).not.toMatch(/[<>&\u2028\u2029]/);
      expect(JSON.parse(inside)).toEqual(JSON.parse(JSON.stringify({ [text]: [text] })));
    },
  );
});
