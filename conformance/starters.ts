import * as fs from 'node:fs';

type Link = readonly [id: number, parent: number];

/**
 * Calls back once when one of those that started this process is gone: npm, a shell and a task runner stand between it and whoever interrupts
 * it, and none of them passes on every signal. Who started their process group doesn't count, so that a run outlives the terminal that it is told to.
 */
export function onceAbandoned(act: () => void): void {
  const links = starters();
  const parent = process.ppid;
  const timer = setInterval(() => {
    if (process.ppid === parent && links.every(([id, its]) => statusOf(id)?.parent === its)) { return; }
    clearInterval(timer);
    act();
  }, 1000);
  timer.unref();
}

/** Each process of this one's group that led to it, with its parent; only Linux tells. */
function starters(): Link[] {
  const links: Link[] = [];
  const own = statusOf(process.pid);
  for (let id = process.ppid; own !== undefined && id !== own.group; id = links[links.length - 1][1]) {
    const status = statusOf(id);
    if (status?.group !== own.group) { break; }
    links.push([id, status.parent]);
  }
  return links;
}

function statusOf(id: number): { readonly parent: number; readonly group: number } | undefined {
  try {
    // The name before it may hold anything.
    const [, parent, group] = fs.readFileSync(`/proc/${id}/stat`, 'utf8').split(') ').pop()!.split(' ').map(Number);
    return { parent, group };
  } catch {
    return undefined;
  }
}
