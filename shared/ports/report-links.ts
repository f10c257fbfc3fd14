/** Signs links to the pages of the report site, for readers who have no account there. */
export interface ReportLinks {
  /** So many days a link leads there. */
  readonly days: number;
  /**
   * The link to a page, by its path on the site, that leads there until an instant. Throws
   * HoldfastError where no link that works can be signed.
   */
  signed(path: string, until: Date): Promise<string>;
}
