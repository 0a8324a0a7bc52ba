import { isQualifiedName, quantity } from './formats';
import { Report } from './report';

const STANDARD = new Set(['cpu', 'memory', 'ephemeral-storage', 'storage']);
const QUANTITY_RULE = 'be a quantity, such as "500m" of CPU or "2Gi" of memory';

/** A container's requests and limits. */
export function checkResources(resources: unknown, at: string, report: Report): void {
  const { requests: given, limits: limited } = report.map(at, resources);
  const requests = checkAmounts(given, `${at}.requests`, report);
  const limits = checkAmounts(limited, `${at}.limits`, report);
  for (const name of Object.keys(requests)) {
    if (quantity(requests[name]) > quantity(limits[name])) {
      report.refuse(`${at}.requests.${name}`, requests[name], `be at most the limit, ${limits[name]}`, 'lower it or raise the limit');
    }
  }
  for (const name of new Set([...Object.keys(requests), ...Object.keys(limits)])) {
    if (!isExtended(name)) { continue; }
    // a scheduler can't promise a device twice
    if (limits[name] === undefined) {
      report.refuse(`${at}.limits.${name}`, undefined, `be ${requests[name]}, as requested`, 'give such a resource as a limit');
    } else if (requests[name] !== undefined && quantity(requests[name]) !== quantity(limits[name])) {
      report.refuse(`${at}.requests.${name}`, requests[name], `be equal to the limit, ${limits[name]}`, 'leave the request out');
    }
  }
}

/** Amounts of resources, by name. */
export function checkAmounts(amounts: unknown, at: string, report: Report): { [name: string]: any } {
  const map = report.map(at, amounts);
  for (const name of Object.keys(map)) {
    checkAmount(name, map[name], `${at}.${name}`, report);
    if (!STANDARD.has(name) && !name.startsWith('hugepages-') && !(name.includes('/') && isQualifiedName(name))) {
      report.refuse(at, name, 'be cpu, memory, ephemeral-storage or a resource with a domain', 'for example "nvidia.com/gpu"');
    }
  }
  return map;
}

/** An amount of one resource. */
export function checkAmount(name: string, amount: unknown, at: string, report: Report): void {
  const value = quantity(amount);
  if (Number.isNaN(value)) {
    report.refuse(at, amount, QUANTITY_RULE);
  } else if (value < 0) {
    report.refuse(at, amount, 'not be negative');
  } else if (name === 'cpu' && !isWhole(value * 1000)) {
    report.refuse(at, amount, 'be a whole number of thousandths of a CPU', 'give at least "1m"');
  } else if (STANDARD.has(name) && name !== 'cpu' && !isWhole(value) && value >= 1024) {
    // an API server takes it, and says so
    report.warn(`${at} is ${amount}, which is no whole number of bytes and is rounded up to ${Math.ceil(value)}; write a smaller unit, such as Mi in place of Gi`);
  } else if (name !== 'cpu' && !isWhole(value)) {
    report.refuse(at, amount, isExtended(name) ? 'be a whole number' : 'be a whole number of bytes', isExtended(name) ? undefined : 'the suffix "m" means thousandths: perhaps "M" or "Mi" is meant');
  }
}

/** Refuses what is there and is no quantity of more than zero. */
export function checkPositive(value: unknown, at: string, report: Report): void {
  if (value !== undefined && !(quantity(value) > 0)) { report.refuse(at, value, 'be a quantity of more than zero, such as "10Gi"'); }
}

function isExtended(name: string): boolean {
  return name.includes('/') && !name.startsWith('requests.') && !/^([^/]*\.)?kubernetes\.io\//.test(name);
}

function isWhole(value: number): boolean {
  return Math.abs(value - Math.round(value)) < 1e-6;
}
