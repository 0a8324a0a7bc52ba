import { setTimeout as sleep } from 'node:timers/promises';

/** Waits until something holds; fails with what was waited for when the time is over. */
export async function until(what: string, seconds: number, holds: () => Promise<boolean>, interval = 250): Promise<void> {
  const end = Date.now() + seconds * 1000;
  while (!await holds()) {
    if (Date.now() > end) { throw new Error(`not within ${seconds} s: ${what}`); }
    await sleep(interval);
  }
}
