/** What Trino answers to one statement, as its protocol has it. */
export interface TrinoAnswer {
  readonly columns: readonly { readonly name: string; readonly type: string }[];
  readonly rows: readonly (readonly unknown[])[];
}

/** Trino's refusal of a statement, in its own words. */
export class TrinoRefusal extends Error {
  override readonly name = 'TrinoRefusal';
}

export type TrinoClient = (sql: string) => Promise<TrinoAnswer>;

interface Page {
  readonly nextUri?: string;
  readonly columns?: TrinoAnswer['columns'];
  readonly data?: TrinoAnswer['rows'];
  readonly error?: { readonly message: string };
}

/** Asks a Trino over its REST protocol: post the statement, then follow the pages to their end. */
export const trinoClient =
  (address: string, catalog: string, schema: string): TrinoClient =>
  async (sql) => {
    const headers = {
      'X-Trino-User': 'holdfast',
      'X-Trino-Catalog': catalog,
      'X-Trino-Schema': schema,
      'X-Trino-Time-Zone': 'UTC',
      // Without it Trino rounds every moment to milliseconds on the way out.
      'X-Trino-Client-Capabilities': 'PARAMETRIC_DATETIME',
    };
    const rows: (readonly unknown[])[] = [];
    let columns: TrinoAnswer['columns'] = [];
    let page = await pageAt(`${address}/v1/statement`, { method: 'POST', headers, body: sql });
    for (;;) {
      if (page.error) throw new TrinoRefusal(page.error.message);
      columns = page.columns ?? columns;
      for (const row of page.data ?? []) rows.push(row);
      if (page.nextUri === undefined) return { columns, rows };
      page = await pageAt(page.nextUri, { headers });
    }
  };

async function pageAt(url: string, request: RequestInit): Promise<Page> {
  const reply = await fetch(url, request);
  if (!reply.ok) throw new Error(`${reply.status} from ${url}: ${await reply.text()}`);
  return (await reply.json()) as Page;
}
