import { spawn } from 'node:child_process';
import { createWriteStream, mkdirSync, statSync } from 'node:fs';

const LOGS = '.cache/logs';
const TAIL = 60;
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'];
const TOTALS = /^(\d+) passed, (\d+) failed(?:, (\d+) skipped)?$/;

/**
 * A list of checks: each prints its name, time and result, a failing one the end of its log, and the last line is the totals of all.
 *
 * A step whose output ends with totals of its own (Jest's, or a line like ours) counts as that many checks, any other as one.
 */
export class Steps {
  passed = 0;
  failed = 0;
  skipped = 0;
  started = Date.now();

  /** Runs a command line. `echo` shows its output as it comes. Resolves to whether it passed. */
  async run(name, command, { echo = false, env = {} } = {}) {
    const start = Date.now();
    const log = `${LOGS}/${name.replace(/[^a-z0-9]+/gi, '-').toLowerCase()}.log`;
    if (echo) { console.log(`-- ${name}`); }
    const { code, output } = await execute(command, log, echo, env);
    const counts = totals(output) ?? { passed: code === 0 ? 1 : 0, failed: 0, skipped: 0 };
    if (code !== 0 && counts.failed === 0) { counts.failed = 1; }
    this.passed += counts.passed;
    this.failed += counts.failed;
    this.skipped += counts.skipped;
    const ok = code === 0 && counts.failed === 0;
    const detail = counts.passed + counts.failed + counts.skipped > 1 ? `, ${line(counts)}` : '';
    console.log(`${ok ? 'ok  ' : 'FAIL'} ${name} (${seconds(start)}${detail})`);
    if (!ok && !echo) {
      const titles = [...new Set(output.match(/^ {2}● .*$/gm))];
      console.log([`     ${command}`, ...titles.map(title => `     ${title.trim()}`), `     the end of ${log}:\n`].join('\n'));
      console.log(output.trimEnd().split('\n').slice(-TAIL).map(text => `     | ${text}`).join('\n') + '\n');
    }
    return ok;
  }

  /** Installs what package-lock.json names, unless that is done already. Nothing else can run when this fails. */
  async install() {
    if (modified('node_modules/.package-lock.json') < modified('package-lock.json')) {
      if (!await this.run('install', 'npm ci --no-audit --no-fund')) { this.finish(); process.exit(1); }
    }
  }

  /** Counts a check that can't run here. */
  skip(name, why) {
    this.skipped += 1;
    console.log(`skip ${name}: ${why}`);
  }

  /** Prints the totals and sets the exit code. */
  finish() {
    console.log(`${seconds(this.started)} in all`);
    console.log(line(this));
    process.exitCode = this.failed > 0 ? 1 : 0;
  }
}

function execute(command, log, echo, env) {
  mkdirSync(LOGS, { recursive: true });
  const file = createWriteStream(log);
  return new Promise(done => {
    let output = '';
    // its own group, so that what it starts hears of an interruption, too
    const child = spawn(command, { shell: true, detached: true, stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, FORCE_COLOR: '0', NO_COLOR: '1', ...env } });
    const interrupted = [];
    const passOn = signal => {
      interrupted.push(signal);
      process.kill(-child.pid, signal);
    };
    SIGNALS.forEach(signal => process.on(signal, passOn));
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8');
      stream.on('data', text => {
        output += text;
        file.write(text);
        if (echo) { process.stdout.write(text); }
      });
    }
    child.on('close', code => {
      SIGNALS.forEach(signal => process.off(signal, passOn));
      file.end(() => (interrupted.length > 0 ? process.exit(1) : done({ code: code ?? 1, output })));
    });
  });
}

/** The totals that a command printed last. */
function totals(output) {
  const lines = output.split('\n').map(text => text.trim()).reverse();
  const own = lines.filter(text => text !== '').slice(0, 5).find(text => TOTALS.test(text))?.match(TOTALS);
  if (own) { return { passed: Number(own[1]), failed: Number(own[2]), skipped: Number(own[3] ?? 0) }; }
  const jest = lines.find(text => /^Tests: .* total$/.test(text));
  const suites = lines.find(text => /^Test Suites: .* total$/.test(text));
  const count = (text, word) => Number(text?.match(new RegExp(`(\\d+) ${word}`))?.[1] ?? 0);
  if (!jest) { return undefined; }
  // a suite that does not even load has no failing test
  return { passed: count(jest, 'passed'), failed: count(jest, 'failed') || count(suites, 'failed'), skipped: count(jest, 'skipped') + count(jest, 'todo') };
}

function line({ passed, failed, skipped }) {
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`;
}

function seconds(since) {
  return `${((Date.now() - since) / 1000).toFixed(1)} s`;
}

function modified(file) {
  return statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0;
}
