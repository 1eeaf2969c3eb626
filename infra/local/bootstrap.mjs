/**
 * Runs before `npm start`, `npm test` and the other scripts, on whatever Node (20 or newer) the machine has and with
 * nothing installed. Installs the packages when they are missing or no longer what package-lock.json names; among
 * them is Node 24 (the npm package `node`), which npm then finds first on the PATH of the script itself.
 *
 * `npm install --no-save` rather than `npm ci`: it leaves package.json and package-lock.json alone all the same, adds
 * only what is missing, mends a half-finished install, and does not take the folder from under a running platform.
 */
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

/** What the packages take on the disk, and npm on the way. */
const bytesNeeded = 1_200_000_000;

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');

/**
 * The packages that package-lock.json names and node_modules lacks or has in another version. npm writes
 * node_modules/.package-lock.json as its last step, so after a broken-off install everything is missing.
 */
export function missingPackages(lock, installed) {
  return Object.entries(lock.packages ?? {})
    .filter(([path, wanted]) => path.includes('node_modules/') && !wanted.optional)
    .filter(([path, wanted]) => {
      const present = installed.packages?.[path];
      return present === undefined || present.version !== wanted.version;
    })
    .map(([path]) => path);
}

/** A sentence that says what went wrong with an install and what to do about it. */
export function explainFailure(output) {
  if (/ENOSPC|no space left/i.test(output)) {
    return 'The disk is full: free about 2 GB and run the command again.';
  }
  if (
    /ENOTFOUND|EAI_AGAIN|ETIMEDOUT|ECONNREFUSED|ECONNRESET|ENETUNREACH|ERR_SOCKET_TIMEOUT|network/i.test(
      output,
    )
  ) {
    return 'The npm registry cannot be reached: check the network (or `npm config get registry` and the proxy) and run the command again.';
  }
  if (/EACCES|EPERM|EROFS/.test(output)) {
    return 'The project folder cannot be written: check who owns node_modules and run the command again.';
  }
  if (/E404|ETARGET|EINTEGRITY/.test(output)) {
    return 'The npm registry lacks a package that package-lock.json names (or serves another one): check `npm config get registry`.';
  }
  const lines = output.trim().split('\n').slice(-15).join('\n');
  return `npm could not install the packages. It said:\n${lines}`;
}

function readText(path) {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}

function readJson(path) {
  try {
    return JSON.parse(readText(path));
  } catch {
    return {};
  }
}

function isInstalled() {
  const node = join(
    root,
    'node_modules',
    '.bin',
    process.platform === 'win32' ? 'node.cmd' : 'node',
  );
  return (
    existsSync(node) &&
    missingPackages(
      readJson(join(root, 'package-lock.json')),
      readJson(join(root, 'node_modules', '.package-lock.json')),
    ).length === 0
  );
}

function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}

/** Waits while another process installs into the same folder; a dead one's claim is taken over. */
async function claimInstall() {
  const claim = join(root, 'node_modules', '.installing');
  mkdirSync(dirname(claim), { recursive: true });
  for (let told = false; ; ) {
    try {
      writeFileSync(claim, String(process.pid), { flag: 'wx' });
      return () => rmSync(claim, { force: true });
    } catch (error) {
      if (error.code !== 'EEXIST') throw error;
    }
    const owner = Number(readText(claim));
    if (owner > 0 && !isAlive(owner)) rmSync(claim, { force: true });
    else {
      if (!told) console.error('Another command installs the packages; waiting for it …');
      told = true;
      await new Promise((resolve) => setTimeout(resolve, 300));
    }
  }
}

function showProgress(startedAt) {
  const text = 'Installing the packages (once; about a minute)';
  if (!process.stderr.isTTY) {
    console.error(`${text} …`);
    return () => {};
  }
  const draw = () => {
    const seconds = Math.round((Date.now() - startedAt) / 1000);
    process.stderr.write(`\r\x1b[K${text} … ${seconds} s`);
  };
  draw();
  const timer = setInterval(draw, 1000);
  return () => {
    clearInterval(timer);
    process.stderr.write('\r\x1b[K');
  };
}

/** Runs npm, and resolves with its exit code and everything it said. */
function npm(...args) {
  const path = process.env.npm_execpath;
  const [command, before] = path === undefined ? ['npm', []] : [process.execPath, [path]];
  // A script started by `npm start -w services/courses` hands its workspace on by the environment; this is for all.
  const env = Object.fromEntries(
    Object.entries(process.env).filter(
      ([name]) => !/^npm_config_(workspace|prefix|local_prefix)/.test(name),
    ),
  );
  return new Promise((resolve) => {
    const child = spawn(command, [...before, ...args, '--loglevel=error'], { cwd: root, env });
    let output = '';
    child.stdout.on('data', (chunk) => (output += chunk));
    child.stderr.on('data', (chunk) => (output += chunk));
    child.on('error', (error) => resolve({ code: 1, output: String(error) }));
    child.on('close', (code) => resolve({ code: code ?? 1, output }));
  });
}

/** Installs everything; what can't succeed is found out in seconds, where npm would try for minutes. */
async function install() {
  const { bavail, bsize } = statfsSync(root);
  if (bavail * bsize < bytesNeeded) return { code: 1, output: 'ENOSPC' };
  const asked = await npm('view', 'node', 'version', '--fetch-retries=1', '--fetch-timeout=15000');
  if (asked.code !== 0) return asked;
  return npm('install', '--no-save', '--no-audit', '--no-fund', '--progress=false');
}

async function main() {
  const major = Number(process.versions.node.split('.')[0]);
  if (major < 20) {
    console.error(
      `Node ${process.versions.node} is too old to begin with: install Node 20 or newer.`,
    );
    return 1;
  }
  if (isInstalled()) return 0;
  const release = await claimInstall();
  try {
    if (isInstalled()) return 0;
    const startedAt = Date.now();
    const stop = showProgress(startedAt);
    const { code, output } = await install();
    stop();
    if (code !== 0) {
      console.error(explainFailure(output));
      return 1;
    }
    if (!existsSync(join(root, 'node_modules', '.bin', 'node'))) {
      console.error(
        'The npm package `node` (Node 24) was not completed: npm ran without install scripts. Allow them (`npm config set ignore-scripts false`), remove node_modules and run the command again.',
      );
      return 1;
    }
    console.error(`Packages installed in ${Math.round((Date.now() - startedAt) / 1000)} s.`);
    return 0;
  } catch (error) {
    console.error(explainFailure(String(error?.stack ?? error)));
    return 1;
  } finally {
    release();
  }
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  process.exitCode = await main();
}
