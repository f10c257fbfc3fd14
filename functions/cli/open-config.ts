import { readFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { HoldfastError } from '../../shared/basics/problem.ts';
import { loadConfig } from '../../shared/config/load-config.ts';
import type { Config } from '../../shared/config/schema.ts';

/** Reads a config file for use on this machine: paths resolved against it, $NAME filled in. */
export const openConfig = async (file: string): Promise<Config> => {
  const config = loadConfig({ text: await readText(file), file });
  const { warehouse } = config;
  if (warehouse.kind !== 'duckdb') return config;
  const path = resolve(dirname(file), withEnvironment(warehouse.path, file));
  return { ...config, warehouse: { ...warehouse, path } };
};

async function readText(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (cause) {
    const found = cause instanceof Error ? cause.message : String(cause);
    const fix =
      'Name the file with --config; docs/configuration.md shows a small one to begin with.';
    throw new HoldfastError(
      'config',
      [{ where: file, found, expected: 'a configuration file', fix }],
      { cause },
    );
  }
}

function withEnvironment(path: string, file: string): string {
  return path.replace(/\$\{?([A-Z_][A-Z0-9_]*)\}?/g, (_, name: string) => {
    const value = process.env[name];
    if (value !== undefined && value !== '') return value;
    throw new HoldfastError('config', [
      {
        where: `${file} warehouse.path`,
        found: `${path}, and no variable ${name} in the environment`,
        expected: 'a path that can be completed',
        fix: `Set ${name}, or write the path out.`,
      },
    ]);
  });
}
