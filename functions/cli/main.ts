import { Argument, Command, CommanderError, Option } from 'commander';
import packageJson from '../../package.json' with { type: 'json' };
import { HoldfastError } from '../../shared/basics/problem.ts';
import { plainText } from '../../shared/basics/text.ts';
import { catalogue } from '../../shared/jobs/catalogue.ts';
import { compareDefinitions } from './commands/compare-definitions.ts';
import { definitions } from './commands/definitions.ts';
import { demo } from './commands/demo.ts';
import { doctor } from './commands/doctor.ts';
import { explain } from './commands/explain.ts';
import { model } from './commands/model.ts';
import { movements } from './commands/movements.ts';
import { outbox, outboxActions } from './commands/outbox.ts';
import { preview } from './commands/preview.ts';
import { run } from './commands/run.ts';
import { schema } from './commands/schema.ts';
import { verify } from './commands/verify.ts';
import { accountCount, asOfDay, portNumber, revisionNumber } from './option-values.ts';
import { printProblems } from './print-problems.ts';

/** 0 done, 1 findings or a failed run, 2 wrong usage or config. */
export type ExitCode = 0 | 1 | 2;

const asOf = () =>
  new Option('--as-of <day>', 'day the figures are for, YYYY-MM-DD').argParser(asOfDay);
const out = () =>
  new Option('--out <place>', 'folder, or s3://bucket/prefix, for the results').default(
    'holdfast-out',
  );
const config = () => new Option('--config <file>', 'the configuration').default('holdfast.yaml');

function program(finish: (code: ExitCode) => void): Command {
  const holdfast = new Command('holdfast')
    .description('Customer health, retention and renewals from your own warehouse.')
    .version(packageJson.version)
    .showHelpAfterError('(--help shows what is known)')
    .exitOverride();
  holdfast
    .command('demo')
    .description('writes the sample company and scores its accounts')
    .option('--out <folder>', 'folder for its warehouse, config and results', 'holdfast-demo')
    .addOption(
      new Option('--accounts <n>', 'how many accounts, 1 to 1,000,000')
        .default(912)
        .argParser(accountCount),
    )
    .action(async (options) => finish(await demo(options)));
  holdfast
    .command('doctor')
    .description('checks config, warehouse and sources, and says what to mend; writes nothing')
    .addOption(config())
    .addOption(asOf())
    .option('--out <place>', 's3://bucket/prefix that Athena may use; not needed for DuckDB')
    .action(async (options) => finish(await doctor(options)));
  holdfast
    .command('run')
    .description('runs a job')
    .argument('<job>', catalogue.map(({ job }) => `${job.name}: ${job.purpose}`).join('; '))
    .addOption(config())
    .addOption(asOf().makeOptionMandatory())
    .addOption(out())
    .addOption(
      new Option(
        '--revision <n>',
        'computes a day anew, after a correction in the warehouse, beside what was published of it',
      ).argParser(revisionNumber),
    )
    .option(
      '--bus <name>',
      'EventBridge bus for its events; without it they go to events.jsonl of a folder, or wait',
    )
    .action(async (job, options) => finish(await run(job, options)));
  holdfast
    .command('explain')
    .description('shows why an account has its score, why it moved, and what would turn it')
    .argument('<account_id>', 'the account')
    .addOption(out())
    .addOption(asOf())
    .action(async (accountId, options) => finish(await explain(accountId, options)));
  holdfast
    .command('model')
    .description('prints the weights of every segment and lifecycle stage')
    .addOption(config())
    .action(async (options) => finish(await model(options)));
  holdfast
    .command('definitions')
    .description('prints what the figures of revenue mean under a config')
    .addOption(config())
    .action(async (options) => finish(await definitions(options)));
  holdfast
    .command('compare-definitions')
    .description('prints the same data under every method and switch, side by side')
    .addOption(config())
    .addOption(asOf().makeOptionMandatory())
    .option('--out <place>', 's3://bucket/prefix that Athena may use; not needed for DuckDB')
    .action(async (options) => finish(await compareDefinitions(options)));
  holdfast
    .command('movements')
    .description('prints what moved ARR from one day to another, by segment')
    .addOption(config())
    .addOption(
      new Option('--from <day>', 'day of the opening ARR').argParser(asOfDay).makeOptionMandatory(),
    )
    .addOption(
      new Option('--to <day>', 'day of the closing ARR').argParser(asOfDay).makeOptionMandatory(),
    )
    .addOption(
      new Option('--as-of <day>', 'what is known on that day; default today').argParser(asOfDay),
    )
    .option('--out <place>', 's3://bucket/prefix that Athena may use; not needed for DuckDB')
    .action(async (options) => finish(await movements(options)));
  holdfast
    .command('verify')
    .description('checks a forecast that finance has fetched: hashes, rows and totals')
    .argument('<place>', 'its folder, or s3://bucket/prefix; with --as-of that of all results')
    .addOption(asOf())
    .action(async (place, options) => finish(await verify(place, options)));
  holdfast
    .command('outbox')
    .description('shows the mails of the last two weeks, and lets go what is held')
    .addArgument(
      new Argument(
        '<action>',
        'list; show, release (one that is held), resend (one that may have arrived)',
      ).choices(outboxActions),
    )
    .argument('[ids...]', 'the mails; the first six digits or more of each are enough')
    .addOption(out())
    .addOption(config())
    .option('--all-held', 'release every mail that is held', false)
    .option('--all-refused', 'release every mail that was refused', false)
    .option('--yes', 'resend although it may have arrived already; release all of them', false)
    .action(async (action, ids, options) => finish(await outbox({ action, ids, ...options })));
  holdfast
    .command('preview')
    .description('shows mails and report pages in a browser of this machine, until Ctrl-C')
    .addOption(new Option('--out <folder>', 'folder of the results').default('holdfast-out'))
    .addOption(
      new Option('--port <n>', 'where it answers; 0: any that is free')
        .default(4173)
        .argParser(portNumber),
    )
    .action(async (options) => finish(await preview(options)));
  holdfast
    .command('schema')
    .description('prints the JSON Schema of holdfast.yaml, for editors')
    .option('--events <folder>', 'writes the JSON Schemas of the events into a folder instead')
    .action(async (options) => finish(await schema(options)));
  // A subcommand does not inherit these.
  for (const command of holdfast.commands)
    command.exitOverride().showHelpAfterError('(--help shows what is known)');
  return holdfast;
}

/** Runs one command line; every error comes out as words and an exit code, never as a stack. */
export const main = async (argv: readonly string[]): Promise<ExitCode> => {
  let code: ExitCode = 0;
  try {
    await program((given) => {
      code = given;
    }).parseAsync(argv);
    return code;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
    if (!(error instanceof HoldfastError)) return unexpected(error);
    printProblems(error);
    return error.kind === 'usage' || error.kind === 'config' ? 2 : 1;
  }
};

/** A fault of ours, in words; the stack is for those who ask for it. */
function unexpected(error: unknown): ExitCode {
  const words = error instanceof Error ? error.message : String(error);
  console.error(`\nThat should not happen: ${plainText(words, 600)}`);
  console.error('Run it again with HOLDFAST_DEBUG=1 for the place, and please report it.');
  if (process.env.HOLDFAST_DEBUG) console.error(error);
  return 1;
}
