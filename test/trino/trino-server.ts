import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';

const JAVA_AT_LEAST = 25;
const here = import.meta.dirname;
const cache = resolve(here, '../../node_modules/.cache/holdfast-trino');

export interface TrinoServer {
  readonly address: string;
  stop(): void;
}

/** Where a JDK new enough for Trino is, or a sentence that says why there is no test to run. */
export const findJdk = (): { home: string } | { missing: string } => {
  const places = [process.env.JAVA_HOME, ...jdksUnder('/usr/lib/jvm')];
  const home = places.find((place) => place !== undefined && javaVersion(place) >= JAVA_AT_LEAST);
  if (home === undefined) {
    const missing = `no JDK ${JAVA_AT_LEAST} or later in JAVA_HOME or /usr/lib/jvm: Trino not run`;
    return { missing };
  }
  return hasMaven() ? { home } : { missing: 'no mvn on the path: Trino not run' };
};

/** Starts the Trino of TrinoServer.java; it ends with `stop`, or with this process. */
export const startTrino = async (javaHome: string): Promise<TrinoServer> => {
  const child = spawn(
    join(javaHome, 'bin/java'),
    [
      '-Xmx2g',
      '--add-modules=jdk.incubator.vector',
      '--add-opens=java.base/java.nio=ALL-UNNAMED',
      '--enable-native-access=ALL-UNNAMED',
      '--sun-misc-unsafe-memory-access=allow',
      '-classpath',
      classPath(javaHome),
      join(here, 'TrinoServer.java'),
    ],
    { stdio: ['pipe', 'pipe', 'pipe'] },
  );
  const address = await addressOf(child);
  return { address, stop: () => void child.kill('SIGKILL') };
};

/** The server says where it listens in a line of its log. */
function addressOf(child: ChildProcess): Promise<string> {
  let log = '';
  return new Promise((settle, refuse) => {
    const read = (chunk: Buffer) => {
      log += chunk;
      const found = /TRINO AT (http:[\w/.:]+)/.exec(log)?.[1];
      if (found) settle(found);
    };
    child.stdout?.on('data', read);
    child.stderr?.on('data', read);
    child.on('exit', (code) => refuse(new Error(`Trino ended with ${code}:\n${log.slice(-4000)}`)));
  });
}

/** The jars that pom.xml asks for, resolved by Maven once and whenever the file changes. */
function classPath(javaHome: string): string {
  const file = join(cache, 'classpath.txt');
  const pom = join(here, 'pom.xml');
  if (!existsSync(file) || statSync(file).mtimeMs < statSync(pom).mtimeMs) {
    mkdirSync(cache, { recursive: true });
    const goal = 'org.apache.maven.plugins:maven-dependency-plugin:3.8.1:build-classpath';
    const options = ['-q', '-B', '-f', pom, goal, `-Dmdep.outputFile=${file}`];
    const env = { ...process.env, JAVA_HOME: javaHome };
    execFileSync('mvn', [...options, '-Dmdep.includeScope=runtime'], { env, stdio: 'inherit' });
  }
  return readFileSync(file, 'utf8').trim();
}

function jdksUnder(folder: string): string[] {
  return existsSync(folder) ? readdirSync(folder).map((name) => join(folder, name)) : [];
}

function javaVersion(home: string): number {
  const release = join(home, 'release');
  if (!existsSync(release) || !existsSync(join(home, 'bin/javac'))) return 0;
  return Number(/JAVA_VERSION="(\d+)/.exec(readFileSync(release, 'utf8'))?.[1] ?? 0);
}

function hasMaven(): boolean {
  try {
    execFileSync('mvn', ['-v'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}
