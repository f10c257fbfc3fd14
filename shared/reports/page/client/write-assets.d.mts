export declare const builtAssets: () => Promise<{
  readonly script: string;
  readonly style: string;
}>;
