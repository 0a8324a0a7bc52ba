const UNITS: Record<string, number> = { '': 1, 'k': 1e3, 'M': 1e6, 'G': 1e9, 'Ki': 2 ** 10, 'Mi': 2 ** 20, 'Gi': 2 ** 30, 'Ti': 2 ** 40 };

/** A quantity of memory or disk in MiB. */
export function mebibytesOf(quantity: string): number {
  const [, number, unit] = /^(\d+(?:\.\d+)?)([A-Za-z]*)$/.exec(quantity)!;
  return Number(number) * UNITS[unit] / 2 ** 20;
}
