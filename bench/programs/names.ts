/** The names of a fleet's apps. */
export function names(count: number): string[] {
  return Array.from({ length: count }, (_, index) => `app-${String(index).padStart(5, '0')}`);
}
