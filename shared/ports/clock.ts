/** Time as the machine sees it. Rules never see a clock: they get days as arguments. */
export interface Clock {
  now(): Date;
  sleep(milliseconds: number): Promise<void>;
}
